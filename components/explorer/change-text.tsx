import { isZero } from '@/lib/presentation/exact'
import type { Change } from '@/lib/presentation/explorer/report'
import { formatAmount, formatShown, type Unit } from '@/lib/presentation/money'

/** `+$1.20`, `−$0.03`, `$0.00`; an arrow is not needed where a sign stands. */
export function ChangeAmount({ change, unit, digits }: { change: Change; unit: Unit; digits: number }) {
  const { difference, shownDifference: shown } = change
  const text = formatShown({ amount: difference, shown, unit, digits })
  const rises = !difference.startsWith('-') && !isZero(difference)
  return (
    <span className="tnum whitespace-nowrap" title={`Exactly ${formatAmount(difference, unit)}`}>
      {rises && !text.startsWith('<') ? `+${text}` : text}
    </span>
  )
}

/** In percent of what was before; something out of nothing is new. */
export function ChangePercent({ change, cost }: { change: Change; cost: string }) {
  if (change.percent !== null) return change.percent
  return isZero(cost) ? '–' : 'new'
}
