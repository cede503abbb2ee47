'use client'
import { BarList } from '@/components/charts/bar-list'
import { ErrorState } from '@/components/feedback/error-state'
import { SkeletonRows } from '@/components/ui/skeleton'
import { useElements } from '@/lib/client/costformation'
import type { Metric } from '@/lib/contract/common'
import type { DateRange } from '@/lib/presentation/date-range'
import { unitOf } from '@/lib/presentation/metrics'
import { rankBars } from '@/lib/presentation/ranked-bars'

export function DimensionElements({
  id,
  name,
  range,
  metric,
}: {
  id: string
  name: string
  range: DateRange
  metric: Metric
}) {
  const { data, error, refetch } = useElements({ id, ...range, metric })
  if (error && !data) return <ErrorState error={error} onRetry={refetch} />
  if (!data) return <SkeletonRows rows={2} label={`Loading the elements of ${name}`} />
  const ranked = rankBars({
    items: data.elements.map(({ element, cost }) => ({ label: element, amount: cost })),
    none: 'Not in dimension',
    top: 20,
  })
  return (
    <BarList caption={`Elements of ${name}`} heading="Element" ranked={ranked} unit={unitOf(metric, data.currency)} />
  )
}
