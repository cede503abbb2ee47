'use client'
import { Select } from '@/components/ui/select'

/** Only where there is a choice: amounts of different currencies are never added. */
export function CurrencySelect({
  value,
  currencies,
  onChange,
}: {
  value: string | null
  currencies: readonly string[]
  onChange: (currency: string) => void
}) {
  if (currencies.length < 2 || value === null) return null
  return (
    <Select
      label="Currency"
      value={value}
      options={currencies.map((currency) => ({ value: currency, label: currency }))}
      onChange={onChange}
    />
  )
}
