import { Swatch } from '@/components/ui/swatch'
import type { ReportGranularity } from '@/lib/contract/common'
import { formatAmount, formatShown } from '@/lib/presentation/money'
import { periodTitle } from '@/lib/presentation/periods'
import type { Split } from '@/lib/presentation/split'
import { GapBadge } from './gap-badge'

export function SplitTooltip({ split, at, granularity }: { split: Split; at: number; granularity: ReportGranularity }) {
  const period = split.periods[at]
  if (!period) return null
  return (
    <div className="grid min-w-52 gap-1.5 rounded-lg border bg-surface px-3 py-2.5 text-xs shadow-float">
      <p className="font-medium">{periodTitle(period.period, granularity)}</p>
      {period.shownTotal === null ? (
        <p className="text-soft">No cost in this period</p>
      ) : (
        <>
          {split.series.map((series) => {
            const shown = series.shownAmounts[at]
            const amount = series.amounts[at]
            return amount && shown ? (
              <p key={`${series.kind}:${series.name}`} className="flex items-center gap-2 text-soft">
                <Swatch kind={series.kind} slot={series.slot} />
                <span className="max-w-44 truncate">{series.name}</span>
                <GapBadge gaps={series.gaps[at] ?? []} />
                <span className="tnum ml-auto pl-3 text-fg">
                  {formatShown({ amount, shown, unit: split.unit, digits: split.digits })}
                </span>
              </p>
            ) : null
          })}
          <p className="flex justify-between gap-3 border-t pt-1.5 font-medium">
            Total<span className="tnum">{formatAmount(period.shownTotal, split.unit, split.digits)}</span>
          </p>
        </>
      )}
    </div>
  )
}
