'use client'
import { useQueryStates } from 'nuqs'
import { useState } from 'react'
import { CurrencySelect } from '@/components/controls/currency-select'
import { MetricSelect } from '@/components/controls/metric-select'
import { RangePicker } from '@/components/controls/range-picker'
import { ErrorState } from '@/components/feedback/error-state'
import { cn } from '@/components/ui/cn'
import { Select } from '@/components/ui/select'
import { Skeleton } from '@/components/ui/skeleton'
import { useMethods, useSaveComparison } from '@/lib/client/what-if'
import type { Metric } from '@/lib/contract/common'
import type { Dimension } from '@/lib/contract/costformation'
import { defaultRange, describeRange } from '@/lib/presentation/date-range'
import { compareParams } from '@/lib/presentation/search-params'
import { prepareMethods } from '@/lib/presentation/what-if/comparison'
import { ComparisonReport } from './comparison-report'

const NONE = ''

export function CompareView({
  splits,
  bill,
  defaultMetric,
}: {
  splits: readonly Dimension[]
  bill: { firstDay: string; lastDay: string }
  defaultMetric: Metric
}) {
  const [params, setParams] = useQueryStates(compareParams)
  const [all, setAll] = useState(false)
  const csv = useSaveComparison()
  const asked = params.dimension
  const dimension = splits.find(({ id, name }) => id === asked || name === asked) ?? splits[0]
  const whole = defaultRange(bill.firstDay, bill.lastDay)
  const range = params.from && params.to && params.from < params.to ? { from: params.from, to: params.to } : whole
  const metric = params.metric ?? defaultMetric
  const input = dimension
    ? {
        ...{ dimension: dimension.id, ...range, metric },
        ...(params.currency === null ? {} : { currency: params.currency }),
        ...(params.by === null ? {} : { across: params.by }),
      }
    : null
  const { data: report, error, refetch, isPlaceholderData } = useMethods(input)
  const others = [{ value: NONE, label: 'Not by own cost' }].concat(
    (report?.dimensions ?? []).map(({ id, name }) => ({ value: id, label: `By own cost of ${name}` })),
  )
  return (
    <>
      <section aria-label="What is compared" className="flex flex-wrap items-center gap-2">
        <Select
          label="Split"
          value={dimension?.id ?? ''}
          options={splits.map(({ id, name }) => ({ value: id, label: name }))}
          onChange={(id) => setParams({ dimension: id, by: null })}
        />
        <RangePicker range={range} bill={bill} onChange={({ from, to }) => setParams({ from, to })} />
        <MetricSelect value={metric} onChange={(next) => setParams({ metric: next })} />
        <CurrencySelect
          value={report?.currency ?? null}
          currencies={report?.currencies ?? []}
          onChange={(currency) => setParams({ currency })}
        />
        <Select
          label="In proportion to"
          value={params.by ?? NONE}
          options={others}
          onChange={(by) => setParams({ by: by === NONE ? null : by })}
        />
      </section>
      {error ? (
        <ErrorState error={error} onRetry={refetch} />
      ) : report && input ? (
        <div className={cn('grid min-w-0 gap-5', isPlaceholderData && 'opacity-60')} aria-busy={isPlaceholderData}>
          <ComparisonReport
            comparison={prepareMethods({ report, ...(all ? { top: Number.POSITIVE_INFINITY } : {}) })}
            title={`${report.dimension}, ${describeRange({ from: report.from.slice(0, 10), to: report.to.slice(0, 10) })}`}
            upToDate={report.up_to_date}
            failure={report.failure}
            csv={csv}
            onCsv={() => csv.mutate({ name: `methods-${report.dimension_id}`, methods: input })}
            all={all}
            onAll={() => setAll(!all)}
          />
        </div>
      ) : (
        <div role="status" aria-label="Splitting the pool by each method" className="grid gap-5">
          <Skeleton className="h-80 rounded-xl" />
          <Skeleton className="h-64 rounded-xl" />
        </div>
      )}
    </>
  )
}
