import { Card } from '@/components/ui/card'
import { CopyButton } from '@/components/ui/copy-button'
import type { AllocationsReport } from '@/lib/contract/allocations'
import { exactEquation } from '@/lib/presentation/equation'
import { isZero } from '@/lib/presentation/exact'
import { formatAmount } from '@/lib/presentation/money'
import { prepareSplit } from '@/lib/presentation/split'
import { EquationTerm } from './equation-term'
import { ShareBar } from './share-bar'
import type { OnExplain } from './split-report'

/** Pool = elements + unallocated, as one statement that adds up. */
export function EquationStrip({
  report,
  dimension,
  onExplain,
}: {
  report: AllocationsReport
  dimension: string
  onExplain: OnExplain
}) {
  const split = prepareSplit({ report, granularity: 'total', top: 4 })
  const money = (amount: string) => formatAmount(amount, split.unit, split.digits)
  return (
    <Card
      title={`Pool of ${dimension}`}
      actions={<CopyButton text={exactEquation(report, dimension)} label="Copy exact" variant="ghost" />}
    >
      <ShareBar series={split.series} />
      <div className="mt-3 flex flex-wrap items-stretch gap-x-1.5 gap-y-2 sm:gap-x-2.5">
        <div className="grid content-start gap-0.5 py-1.5 pr-1">
          <span className="text-xs text-soft">Pool</span>
          <span
            className="tnum text-xl font-semibold tracking-tight"
            title={`Exactly ${formatAmount(split.totals.cost, split.unit)}`}
          >
            {money(split.shown.cost)}
          </span>
          <span className="text-xs text-subtle">{isZero(split.totals.cost) ? '–' : '100%'}</span>
        </div>
        {split.series.map((series, at) => (
          <div key={`${series.kind}:${series.name}`} className="flex min-w-0 items-stretch gap-1 sm:gap-1.5">
            <span className="grid w-4 place-content-center text-lg text-subtle">{at === 0 ? '=' : '+'}</span>
            <EquationTerm series={series} unit={split.unit} digits={split.digits} onExplain={onExplain} />
          </div>
        ))}
      </div>
      <p className="mt-3 border-t pt-3 text-[13px] text-soft">
        Allocated <strong className="tnum font-medium text-fg">{money(split.shown.allocated)}</strong>
        {split.shares.allocated && ` (${split.shares.allocated})`} + unallocated{' '}
        <strong className="tnum font-medium text-fg">{money(split.shown.unallocated)}</strong>
        {split.shares.unallocated && ` (${split.shares.unallocated})`} = pool, equal in every digit.
      </p>
    </Card>
  )
}
