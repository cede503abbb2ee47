'use client'
import { CurrencySelect } from '@/components/controls/currency-select'
import { MetricSelect } from '@/components/controls/metric-select'
import { RangePicker } from '@/components/controls/range-picker'
import { Segmented } from '@/components/ui/segmented'
import { Select } from '@/components/ui/select'
import { Switch } from '@/components/ui/switch'
import { TOPS } from './tops'
import type { Explorer } from './use-explorer'

const GRANULARITIES = [
  { value: 'hourly', label: 'Hour' },
  { value: 'daily', label: 'Day' },
  { value: 'weekly', label: 'Week' },
  { value: 'monthly', label: 'Month' },
  { value: 'total', label: 'Total' },
] as const
/** Billing periods are months. */
const BILLING_GRANULARITIES = GRANULARITIES.filter(({ value }) => value === 'monthly' || value === 'total')

const BASES = [
  { value: 'charge', label: 'Charged in', hint: 'When a charge was incurred; a correction counts where it belongs' },
  { value: 'billing', label: 'Billed in', hint: 'The billing period that carries it, as invoices do; whole months' },
] as const

export function ExplorerControls({ explorer }: { explorer: Explorer }) {
  const { params, setParams, bill, range, metric, report } = explorer
  const top = String(params.top)
  const tops = [...new Set([...TOPS.map(String), top])].sort((a, b) => Number(a) - Number(b))
  return (
    <section aria-label="What is shown" className="flex flex-wrap items-center gap-2">
      <Select label="Time basis" value={params.basis} options={BASES} onChange={(basis) => setParams({ basis })} />
      {range && <RangePicker range={range} bill={bill} onChange={({ from, to }) => setParams({ from, to })} />}
      <Segmented
        label="Granularity"
        value={params.granularity}
        options={params.basis === 'billing' ? BILLING_GRANULARITIES : GRANULARITIES}
        onChange={(granularity) => setParams({ granularity })}
      />
      <MetricSelect value={metric} onChange={(next) => setParams({ metric: next })} />
      <CurrencySelect
        value={report.data?.currency ?? null}
        currencies={report.data?.currencies ?? []}
        onChange={(currency) => setParams({ currency })}
      />
      <Select
        label="How many groups"
        value={top}
        options={tops.map((value) => ({ value, label: `Top ${value}` }))}
        onChange={(value) => setParams({ top: Number(value) })}
      />
      <Switch
        label="Compare with the period before"
        checked={params.compare}
        onChange={(compare) => setParams({ compare })}
      />
    </section>
  )
}
