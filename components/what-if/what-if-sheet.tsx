'use client'
import { useState } from 'react'
import { MetricSelect } from '@/components/controls/metric-select'
import { RangePicker } from '@/components/controls/range-picker'
import { ErrorState } from '@/components/feedback/error-state'
import { cn } from '@/components/ui/cn'
import { Select } from '@/components/ui/select'
import { Sheet } from '@/components/ui/sheet'
import { SkeletonRows } from '@/components/ui/skeleton'
import { useCostKeys } from '@/lib/client/explorer'
import { useSaveComparison, useWhatIf } from '@/lib/client/what-if'
import type { Metric } from '@/lib/contract/common'
import type { PreviewDimension } from '@/lib/contract/definition-preview'
import { type DateRange, defaultRange, describeRange } from '@/lib/presentation/date-range'
import { prepareWhatIf } from '@/lib/presentation/what-if/comparison'
import { ComparisonReport } from './comparison-report'

/** What the text that is being written would have split, over any range of the bills. */
export function WhatIfSheet({
  open,
  onOpenChange,
  yaml,
  dimensions,
  initialMetric,
}: {
  open: boolean
  onOpenChange: (open: boolean) => void
  /** Valid, and not saved. */
  yaml: string
  /** Those that it changes. */
  dimensions: readonly Pick<PreviewDimension, 'id' | 'name'>[]
  initialMetric: Metric
}) {
  const { data: keys } = useCostKeys()
  const [chosen, setChosen] = useState<string | null>(null)
  const [range, setRange] = useState<DateRange | null>(null)
  const [metric, setMetric] = useState(initialMetric)
  const [all, setAll] = useState(false)
  const csv = useSaveComparison()
  const { first_day: first, last_day: last } = keys ?? {}
  const bill = first && last ? { firstDay: first, lastDay: last } : null
  const days = range ?? (bill && defaultRange(bill.firstDay, bill.lastDay))
  const dimension = dimensions.find(({ id }) => id === chosen) ?? dimensions[0]
  const input = open && days && dimension ? { yaml, dimension: dimension.id, ...days, metric } : null
  const { data: report, error, refetch, isPlaceholderData } = useWhatIf(input)
  return (
    <Sheet
      open={open}
      onOpenChange={onOpenChange}
      title="What if"
      description="What the unsaved definition would have given each element. Nothing is stored."
    >
      <div className="grid grid-cols-[minmax(0,1fr)] gap-4">
        <section aria-label="What is asked" className="flex flex-wrap items-center gap-2">
          <Select
            label="Dimension"
            value={dimension?.id ?? ''}
            options={dimensions.map(({ id, name }) => ({ value: id, label: name }))}
            onChange={setChosen}
          />
          {days && <RangePicker range={days} bill={bill} onChange={setRange} />}
          <MetricSelect value={metric} onChange={setMetric} />
        </section>
        {error ? (
          <ErrorState error={error} onRetry={refetch} />
        ) : report && input && days ? (
          <div
            className={cn('grid grid-cols-[minmax(0,1fr)] gap-4', isPlaceholderData && 'opacity-60')}
            aria-busy={isPlaceholderData}
          >
            <ComparisonReport
              comparison={prepareWhatIf({ report, ...(all ? { top: Number.POSITIVE_INFINITY } : {}) })}
              title={`${report.dimension}, ${describeRange({ from: report.from.slice(0, 10), to: report.to.slice(0, 10) })}`}
              upToDate={report.up_to_date}
              failure={report.failure}
              csv={csv}
              onCsv={() => csv.mutate({ name: `what-if-${report.dimension_id}`, whatIf: input })}
              all={all}
              onAll={() => setAll(!all)}
            />
          </div>
        ) : (
          <SkeletonRows label="Trying the definition out" />
        )}
      </div>
    </Sheet>
  )
}
