'use client'
import { useQueryStates } from 'nuqs'
import { MetricSelect } from '@/components/controls/metric-select'
import { RangePicker } from '@/components/controls/range-picker'
import { useWorkspace } from '@/lib/client/workspace'
import { defaultRange } from '@/lib/presentation/date-range'
import { coverageParams } from '@/lib/presentation/search-params'
import { CoverageReportView } from './coverage-report'
import { LateSelect } from './late-select'
import { useCoverageOf } from './use-coverage-of'

/** A stream's days beside the cost of every split that goes by it. */
export function StreamCoverage({ name }: { name: string }) {
  const { data: workspace } = useWorkspace({ watch: false })
  const { first_day: first, last_day: last } = workspace ?? {}
  if (!workspace) return null
  if (!first || !last) return <p className="p-5 text-[13px] text-soft">There is no cost yet to be covered.</p>
  return <Coverage name={name} bill={{ firstDay: first, lastDay: last }} />
}

function Coverage({ name, bill }: { name: string; bill: { firstDay: string; lastDay: string } }) {
  const [params, setParams] = useQueryStates(coverageParams)
  const whole = defaultRange(bill.firstDay, bill.lastDay)
  const range = params.from && params.to && params.from < params.to ? { from: params.from, to: params.to } : whole
  const { query, metric } = useCoverageOf({
    ...{ stream: name, ...range, currency: params.currency, metric: params.metric },
    late_hours: Math.min(8784, Math.max(1, params.late)),
  })
  return (
    <div className="grid min-w-0 gap-4 p-4 sm:p-5">
      <section aria-label="What is shown" className="flex flex-wrap items-center gap-2">
        <RangePicker range={range} bill={bill} onChange={({ from, to }) => setParams({ from, to })} />
        <MetricSelect value={metric} onChange={(next) => setParams({ metric: next })} />
        <LateSelect value={params.late} onChange={(late) => setParams({ late })} />
      </section>
      <CoverageReportView query={query} />
    </div>
  )
}
