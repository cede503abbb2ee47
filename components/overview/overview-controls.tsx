'use client'
import { CurrencySelect } from '@/components/controls/currency-select'
import { MetricSelect } from '@/components/controls/metric-select'
import { RangePicker } from '@/components/controls/range-picker'
import { Segmented } from '@/components/ui/segmented'
import { Select } from '@/components/ui/select'
import type { useSplit } from './use-split'

const GRANULARITIES = [
  { value: 'hourly', label: 'Hour' },
  { value: 'daily', label: 'Day' },
  { value: 'monthly', label: 'Month' },
  { value: 'total', label: 'Total' },
] as const

export function OverviewControls({ split }: { split: ReturnType<typeof useSplit> }) {
  const { params, setParams, bill, range, dimension, dimensions, metric, report } = split
  return (
    <section aria-label="What is shown" className="flex flex-wrap items-center gap-2">
      <Select
        label="Dimension"
        value={dimension?.id ?? ''}
        options={dimensions.map(({ id, name }) => ({ value: id, label: name }))}
        onChange={(id) => setParams({ dimension: id })}
      />
      <RangePicker range={range} bill={bill} onChange={({ from, to }) => setParams({ from, to })} />
      {metric && <MetricSelect value={metric} onChange={(next) => setParams({ metric: next })} />}
      <CurrencySelect
        value={report.data?.currency ?? null}
        currencies={report.data?.currencies ?? []}
        onChange={(currency) => setParams({ currency })}
      />
      <Segmented
        label="Granularity"
        value={params.granularity}
        options={GRANULARITIES}
        onChange={(granularity) => setParams({ granularity })}
      />
    </section>
  )
}
