import type { CostGranularity } from '@/lib/contract/explorer'
import type { Explored } from '@/lib/presentation/explorer/report'
import { formatAmount, formatShown } from '@/lib/presentation/money'
import { periodLabel, periodTitle } from '@/lib/presentation/periods'
import { seriesFill } from './series-fill'

const SHOWN = 12

/** One period's amounts, the largest groups of the range first. */
export function ExplorerTooltip({
  explored,
  at,
  granularity,
}: {
  explored: Explored
  at: number
  granularity: CostGranularity
}) {
  const { series, unit, digits } = explored
  const period = explored.periods[at]
  if (!period) return null
  const present = series.filter((one) => one.amounts[at])
  return (
    <div className="grid min-w-52 gap-1.5 rounded-lg border bg-surface px-3 py-2.5 text-xs shadow-float">
      <p className="font-medium">{periodTitle(period.period, granularity)}</p>
      {period.shownTotal === null ? (
        <p className="text-soft">No cost in this period</p>
      ) : (
        <>
          {present.slice(0, SHOWN).map((one) => (
            <p key={one.id} className="flex items-center gap-2 text-soft">
              <span aria-hidden className="size-2.5 shrink-0 rounded-[3px]" style={{ background: seriesFill(one) }} />
              <span className="max-w-52 truncate">{one.name}</span>
              <span className="tnum ml-auto pl-3 text-fg">
                {formatShown({ amount: one.amounts[at] ?? '0', shown: one.shownAmounts[at] ?? '0', unit, digits })}
              </span>
            </p>
          ))}
          {present.length > SHOWN && <p className="text-soft">and {present.length - SHOWN} more</p>}
          <p className="flex justify-between gap-3 border-t pt-1.5 font-medium">
            Total<span className="tnum">{formatAmount(period.shownTotal, unit, digits)}</span>
          </p>
        </>
      )}
      {explored.change && period.previousPeriod && (
        <p className="flex justify-between gap-3 text-soft">
          {periodLabel(period.previousPeriod, granularity)}, before
          <span className="tnum">{period.previous ? formatAmount(period.previous, unit, digits) : 'No cost'}</span>
        </p>
      )}
    </div>
  )
}
