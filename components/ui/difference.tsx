import { isZero } from '@/lib/presentation/exact'
import type { Unit } from '@/lib/presentation/money'
import { Amount } from './amount'

/** A difference with its sign; none is a dash. */
export function Difference({ amount, unit, digits }: { amount: string; unit: Unit; digits: number }) {
  if (isZero(amount)) return <span className="text-subtle">–</span>
  return (
    <span className="whitespace-nowrap">
      {!amount.startsWith('-') && '+'}
      <Amount amount={amount} unit={unit} digits={digits} />
    </span>
  )
}
