'use client'
import { useQueryStates } from 'nuqs'
import { CurrencySelect } from '@/components/controls/currency-select'
import { MetricSelect } from '@/components/controls/metric-select'
import { RangePicker } from '@/components/controls/range-picker'
import { Select } from '@/components/ui/select'
import type { Dimension } from '@/lib/contract/costformation'
import { defaultRange } from '@/lib/presentation/date-range'
import { coverageParams } from '@/lib/presentation/search-params'
import { CoverageReportView } from './coverage-report'
import { LateSelect } from './late-select'
import { useCoverageOf } from './use-coverage-of'

export function CoverageView({
  splits,
  bill,
}: {
  splits: readonly Dimension[]
  bill: { firstDay: string; lastDay: string }
}) {
  const [params, setParams] = useQueryStates(coverageParams)
  const dimension = splits.find(({ id, name }) => id === params.dimension || name === params.dimension) ?? splits[0]
  const whole = defaultRange(bill.firstDay, bill.lastDay)
  const range = params.from && params.to && params.from < params.to ? { from: params.from, to: params.to } : whole
  const { query, metric } = useCoverageOf({
    ...{ dimension: dimension?.id ?? '', ...range, currency: params.currency },
    ...{ metric: params.metric, late_hours: Math.min(8784, Math.max(1, params.late)) },
  })
  return (
    <>
      <section aria-label="What is shown" className="flex flex-wrap items-center gap-2">
        <Select
          label="Split"
          value={dimension?.id ?? ''}
          options={splits.map(({ id, name }) => ({ value: id, label: name }))}
          onChange={(id) => setParams({ dimension: id })}
        />
        <RangePicker range={range} bill={bill} onChange={({ from, to }) => setParams({ from, to })} />
        <MetricSelect value={metric} onChange={(next) => setParams({ metric: next })} />
        <CurrencySelect
          value={query.data?.currency ?? null}
          currencies={query.data?.currencies ?? []}
          onChange={(currency) => setParams({ currency })}
        />
        <LateSelect value={params.late} onChange={(late) => setParams({ late })} />
      </section>
      <CoverageReportView query={query} />
    </>
  )
}
