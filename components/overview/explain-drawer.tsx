'use client'
import { useQueryStates } from 'nuqs'
import { ErrorState } from '@/components/feedback/error-state'
import { Sheet } from '@/components/ui/sheet'
import { SkeletonRows } from '@/components/ui/skeleton'
import { type AllocationsQuery, useExplanation } from '@/lib/client/allocations'
import { describeRange } from '@/lib/presentation/date-range'
import { parseTarget } from '@/lib/presentation/explain-target'
import { METRIC_WORDS } from '@/lib/presentation/metrics'
import { periodTitle } from '@/lib/presentation/periods'
import { explainParams } from '@/lib/presentation/search-params'
import { ExplanationView } from './explanation-view'

/** The chain behind one amount. Open while the URL names one. */
export function ExplainDrawer({ query, dimension }: { query: AllocationsQuery; dimension: string }) {
  const [params, setParams] = useQueryStates(explainParams, { history: 'push' })
  const target = parseTarget(params.explain)
  const element = target?.kind === 'element' ? target.element : null
  const { data, error, refetch } = useExplanation(target && { ...query, element, period: params.period })
  const when = params.period ? periodTitle(params.period, query.granularity) : describeRange(query)
  return (
    <Sheet
      open={target !== null}
      onOpenChange={(open) => !open && setParams({ explain: null, period: null })}
      title={target?.kind === 'unallocated' ? 'Why is this unallocated?' : `Why does ${element} bear this?`}
      description={`${dimension} · ${METRIC_WORDS[query.metric].label} · ${when}`}
    >
      {data ? (
        <ExplanationView explanation={data} when={when} />
      ) : error ? (
        <ErrorState error={error} onRetry={refetch} />
      ) : (
        <SkeletonRows label="Loading the explanation" rows={6} />
      )}
    </Sheet>
  )
}
