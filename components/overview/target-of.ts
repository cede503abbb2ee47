import type { ExplainTarget } from '@/lib/presentation/explain-target'
import type { SplitSeries } from '@/lib/presentation/split'

export function targetOf(series: SplitSeries): ExplainTarget {
  return series.kind === 'unallocated' ? { kind: 'unallocated' } : { kind: 'element', element: series.name }
}
