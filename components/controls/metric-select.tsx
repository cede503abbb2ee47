'use client'
import { Select } from '@/components/ui/select'
import { METRICS, type Metric } from '@/lib/contract/common'
import { METRIC_WORDS } from '@/lib/presentation/metrics'

const OPTIONS = METRICS.map((value) => ({ value, ...METRIC_WORDS[value] }))

export function MetricSelect({ value, onChange }: { value: Metric; onChange: (metric: Metric) => void }) {
  return <Select label="Metric" value={value} options={OPTIONS} onChange={onChange} />
}
