'use client'
import { Receipt } from 'lucide-react'
import { useQueryStates } from 'nuqs'
import { CurrencySelect } from '@/components/controls/currency-select'
import { MetricSelect } from '@/components/controls/metric-select'
import { RangePicker } from '@/components/controls/range-picker'
import { EmptyState } from '@/components/feedback/empty-state'
import { ErrorState } from '@/components/feedback/error-state'
import { Card } from '@/components/ui/card'
import { Skeleton } from '@/components/ui/skeleton'
import { useCosts } from '@/lib/client/costs'
import { useWorkspace } from '@/lib/client/workspace'
import { defaultRange, describeRange } from '@/lib/presentation/date-range'
import { costsParams } from '@/lib/presentation/search-params'
import { CostOverTime } from './cost-over-time'
import { ServiceTotals } from './service-totals'

export function CostTotals() {
  const [params, setParams] = useQueryStates(costsParams)
  const { data: workspace } = useWorkspace()
  const [first, last] = [workspace?.first_day, workspace?.last_day]
  const bill = first && last ? { firstDay: first, lastDay: last } : null
  const range =
    params.from && params.to && params.from < params.to
      ? { from: params.from, to: params.to }
      : bill && defaultRange(bill.firstDay, bill.lastDay)
  const base = range && { ...range, metric: params.metric, currency: params.currency }
  const daily = useCosts(base && { ...base, granularity: 'daily', group_by: [] })
  const services = useCosts(base && { ...base, granularity: 'total', group_by: ['service'] })

  if (workspace && !bill) {
    return (
      <Card title="What they add up to">
        <EmptyState icon={Receipt} title="No cost yet">
          Upload a bill to see it by service and day.
        </EmptyState>
      </Card>
    )
  }
  if (!range) return <Skeleton className="h-80 rounded-xl" />
  const error = daily.error ?? services.error
  return (
    <div className="grid gap-5">
      <section aria-label="What is shown" className="flex flex-wrap items-center gap-2">
        <RangePicker range={range} bill={bill} onChange={({ from, to }) => setParams({ from, to })} />
        <MetricSelect value={params.metric} onChange={(metric) => setParams({ metric })} />
        <CurrencySelect
          value={services.data?.currency ?? null}
          currencies={services.data?.currencies ?? []}
          onChange={(currency) => setParams({ currency })}
        />
      </section>
      {error && !services.data ? (
        <ErrorState error={error} onRetry={() => Promise.all([daily.refetch(), services.refetch()])} />
      ) : (
        <div className="grid items-start gap-5 xl:grid-cols-2">
          <Card title="By service" description={describeRange(range)}>
            {services.data ? <ServiceTotals report={services.data} /> : <Skeleton className="h-72" />}
          </Card>
          <Card title="By day" description={describeRange(range)}>
            {daily.data ? <CostOverTime report={daily.data} /> : <Skeleton className="h-72" />}
          </Card>
        </div>
      )}
    </div>
  )
}
