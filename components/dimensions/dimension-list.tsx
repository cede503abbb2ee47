'use client'
import { Shapes } from 'lucide-react'
import { useQueryStates } from 'nuqs'
import { MetricSelect } from '@/components/controls/metric-select'
import { EmptyState } from '@/components/feedback/empty-state'
import { ErrorState } from '@/components/feedback/error-state'
import { Card } from '@/components/ui/card'
import { SkeletonRows } from '@/components/ui/skeleton'
import { useDimensions } from '@/lib/client/costformation'
import { useWorkspace } from '@/lib/client/workspace'
import { defaultRange, describeRange } from '@/lib/presentation/date-range'
import { dimensionsParams } from '@/lib/presentation/search-params'
import { DimensionItem } from './dimension-item'

export function DimensionList() {
  const [{ open, metric }, setParams] = useQueryStates(dimensionsParams)
  const { data, error, refetch } = useDimensions()
  const { data: workspace } = useWorkspace()
  const [first, last] = [workspace?.first_day, workspace?.last_day]
  const range = first && last ? defaultRange(first, last) : null
  const shown = metric ?? 'BilledCost'
  return (
    <Card
      title="Elements"
      description={range ? `What each costs, ${describeRange(range)}` : 'Elements appear once a bill is loaded'}
      actions={<MetricSelect value={shown} onChange={(next) => setParams({ metric: next })} />}
      flush
    >
      {data ? (
        data.dimensions.length > 0 ? (
          <ul className="divide-y border-t">
            {data.dimensions.map((dimension) => (
              <DimensionItem
                key={dimension.id}
                dimension={dimension}
                open={open === dimension.id}
                onToggle={() => setParams({ open: open === dimension.id ? null : dimension.id })}
                range={range}
                metric={shown}
              />
            ))}
          </ul>
        ) : (
          <EmptyState icon={Shapes} title="No dimensions yet">
            Write a definition and save it: its dimensions appear here, with what each element costs.
          </EmptyState>
        )
      ) : error ? (
        <ErrorState error={error} onRetry={refetch} />
      ) : (
        <SkeletonRows label="Loading the dimensions" />
      )}
    </Card>
  )
}
