import Link from 'next/link'
import { FailureNote } from '@/components/runs/failure-note'
import { Card } from '@/components/ui/card'
import type { SplitCoverage as Coverage, CoverageReport } from '@/lib/contract/coverage'
import { lackingOf, prepareCoverage } from '@/lib/presentation/coverage/days'
import { isZero } from '@/lib/presentation/exact'
import { counted } from '@/lib/presentation/explain-words'
import { METRIC_WORDS, unitOf } from '@/lib/presentation/metrics'
import { formatAmount, statementDigits } from '@/lib/presentation/money'
import { percentOf } from '@/lib/presentation/shares'
import { CoverageLegend } from './coverage-legend'
import { DayStrip } from './day-strip'
import { WorstDays } from './worst-days'

/** A split's pool and its streams, day by day, and the days to look at. */
export function SplitCoverage({ report, split }: { report: CoverageReport; split: Coverage }) {
  const strips = prepareCoverage({ report, split })
  const unit = unitOf(report.metric, report.currency)
  const { cost } = split.total
  const digits = statementDigits(cost)
  const lacking = lackingOf(split)
  const share = percentOf(lacking, cost, 1)
  return (
    <>
      <FailureNote failure={split.failure} />
      <Card
        title={split.dimension}
        description={
          <>
            {isZero(cost)
              ? split.days.length === 0
                ? 'There is no cost of this pool in the range.'
                : `${METRIC_WORDS[report.metric].label} of this pool is zero in the range.`
              : isZero(lacking)
                ? `All of ${formatAmount(cost, unit, digits)} had something to be split by.`
                : `${formatAmount(lacking, unit, digits)} of ${formatAmount(cost, unit, digits)}${share ? ` (${share})` : ''} had nothing to be split by.`}
            {!isZero(split.total.filled) &&
              ` A gap policy stepped in for ${formatAmount(split.total.filled, unit, digits)}.`}
            {!split.up_to_date && !split.failure && ' Some days are being computed again.'}
          </>
        }
        actions={
          <Link
            href={`/?${new URLSearchParams({ dimension: split.dimension_id, from: report.from.slice(0, 10), to: report.to.slice(0, 10), metric: report.metric })}`}
            className="text-[13px] text-accent underline underline-offset-4"
          >
            See the split
          </Link>
        }
        flush
      >
        <div className="grid gap-4 px-4 pb-4 sm:px-5">
          {strips.map((strip) => (
            <section key={strip.key} aria-label={strip.stream ?? 'Pool'} className="grid gap-1.5">
              <h3 className="flex flex-wrap items-baseline gap-x-2 text-[13px] font-medium">
                {strip.stream === null ? (
                  'Pool'
                ) : (
                  <Link
                    href={`/streams/${encodeURIComponent(strip.stream)}?tab=coverage`}
                    className="break-all underline decoration-line underline-offset-4 hover:decoration-current"
                  >
                    {strip.stream}
                  </Link>
                )}
                <span className="text-xs font-normal text-soft">
                  {strip.bad === 0 ? 'nothing missing' : `${counted(strip.bad, 'day')} to look into`}
                </span>
              </h3>
              <DayStrip strip={strip} unit={unit} />
            </section>
          ))}
          <CoverageLegend strips={strips} />
        </div>
        <WorstDays strips={strips} unit={unit} total={cost} />
      </Card>
    </>
  )
}
