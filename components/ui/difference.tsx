import { isZero } from '@/lib/presentation/exact'
import type { Unit } from '@/lib/presentation/money'
import { Amount } from './amount'

/** A difference with its sign; none is a dash. */
export function Difference({
  amount,
  shown,
  unit,
  digits,
}: {
  amount: string
  /** As its statement shows it. */
  shown?: string
  unit: Unit
  digits: number
}) {
  if (isZero(amount)) return <span className="text-subtle">–</span>
  return (
    <span className="whitespace-nowrap">
      {!amount.startsWith('-') && '+'}
      <Amount amount={amount} {...(shown === undefined ? {} : { shown })} unit={unit} digits={digits} />
    </span>
  )
}
