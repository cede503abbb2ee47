import { formatAmount, formatShown, type Unit } from '@/lib/presentation/money'
import { cn } from './cn'

/** An amount as its statement shows it; every digit of it is in the tooltip. */
export function Amount({
  amount,
  shown,
  unit,
  digits,
  className,
}: {
  amount: string
  /** The amount as rounded by its statement; without, it is rounded by itself. */
  shown?: string
  unit: Unit
  digits: number
  className?: string
}) {
  return (
    <span className={cn('tnum whitespace-nowrap', className)} title={`Exactly ${formatAmount(amount, unit)}`}>
      {shown === undefined ? formatAmount(amount, unit, digits) : formatShown({ amount, shown, unit, digits })}
    </span>
  )
}
