import { Amount } from '@/components/ui/amount'
import type { ExplorerReport } from '@/lib/contract/explorer'
import { describeRange } from '@/lib/presentation/date-range'
import type { Explored } from '@/lib/presentation/explorer/report'
import { METRIC_WORDS } from '@/lib/presentation/metrics'
import { formatCount } from '@/lib/presentation/money'
import { ChangeAmount, ChangePercent } from './change-text'

const day = (time: string) => time.slice(0, 10)

/** The total of the range, and how it stands to the range before. */
export function ExplorerSummary({ report, explored }: { report: ExplorerReport; explored: Explored }) {
  const { unit, digits, change } = explored
  const { previous } = report
  return (
    <dl className="flex flex-wrap gap-x-10 gap-y-3 rounded-xl border bg-surface px-4 py-3.5 shadow-card sm:px-5">
      <Figure label={METRIC_WORDS[report.metric].label}>
        <Amount amount={report.total} shown={explored.shownTotal} unit={unit} digits={digits} />
      </Figure>
      {change && previous && (
        <>
          <Figure label={`Before, ${describeRange({ from: day(previous.from), to: day(previous.to) })}`}>
            <Amount amount={change.previous} shown={change.shownPrevious} unit={unit} digits={digits} />
          </Figure>
          <Figure label="Change">
            <ChangeAmount change={change} unit={unit} digits={digits} />{' '}
            <span className="text-[13px] font-normal text-soft">
              <ChangePercent change={change} cost={report.total} />
            </span>
          </Figure>
        </>
      )}
      <Figure label="Cost lines">
        <span className="tnum">{formatCount(report.lines)}</span>
      </Figure>
    </dl>
  )
}

function Figure({ label, children }: { label: string; children: React.ReactNode }) {
  return (
    <div className="grid gap-0.5">
      <dt className="text-xs text-soft">{label}</dt>
      <dd className="text-lg font-semibold tracking-tight">{children}</dd>
    </div>
  )
}
