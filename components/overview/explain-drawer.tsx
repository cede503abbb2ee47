'use client'
import { useQueryState, useQueryStates } from 'nuqs'
import { useState } from 'react'
import { ErrorState } from '@/components/feedback/error-state'
import { Sheet } from '@/components/ui/sheet'
import { SkeletonRows } from '@/components/ui/skeleton'
import { type AllocationsQuery, useExplanation } from '@/lib/client/allocations'
import { describeRange } from '@/lib/presentation/date-range'
import { parseTarget } from '@/lib/presentation/explain-target'
import { readTrail, stepTitle, writeStep } from '@/lib/presentation/explain-trail'
import { chargePeriodWords } from '@/lib/presentation/explain-words'
import { METRIC_WORDS } from '@/lib/presentation/metrics'
import { periodTitle } from '@/lib/presentation/periods'
import { explainParams, overviewParams } from '@/lib/presentation/search-params'
import { ExplainTrail } from './explain-trail'
import { ExplanationView } from './explanation-view'

/** Parts shown in full: at first, after one more click, and after all. */
const PARTS = [12, 60, 200] as const

/** The chain behind one amount, step by step. Open while the URL names one. */
export function ExplainDrawer({ query, dimension }: { query: AllocationsQuery; dimension: string }) {
  const [params, setParams] = useQueryStates(explainParams, { history: 'push' })
  const [exact, setExact] = useQueryState('exact', overviewParams.exact)
  const target = parseTarget(params.explain)
  const first = target?.kind === 'element' ? target.element : null
  const trail = readTrail(params.via)
  const step = trail.at(-1)
  const element = step ? step.element : first
  const asked = step
    ? { ...query, dimension: step.dimensionId, from: step.from, to: step.to, currency: step.currency }
    : query
  // More parts are of the one amount that they were asked of.
  const id = JSON.stringify([target, params.period, params.via])
  const [more, setMore] = useState({ id, level: 0 })
  const level = more.id === id ? more.level : 0
  const { data, error, refetch, isPlaceholderData } = useExplanation(
    target && {
      ...{ ...asked, ...(step && { granularity: 'total' }), element, period: step ? null : params.period },
      parts: PARTS[level] ?? PARTS[0],
    },
  )
  const when = step
    ? chargePeriodWords({ start: step.from, end: step.to })
    : params.period
      ? periodTitle(params.period, query.granularity)
      : describeRange(query)
  const levels = [{ dimension, element: first }, ...trail]
  return (
    <Sheet
      open={target !== null}
      onOpenChange={(open) => !open && setParams({ explain: null, period: null, via: null })}
      title={element === null ? 'Why is this unallocated?' : `Why does ${element} pay this?`}
      description={`${step?.dimension ?? dimension} · ${METRIC_WORDS[query.metric].label} · ${when}`}
    >
      <ExplainTrail levels={levels.map(stepTitle)} onBack={(level) => setParams({ via: params.via.slice(0, level) })} />
      {data ? (
        <ExplanationView
          key={params.via.join()}
          explanation={data}
          when={when}
          exact={exact}
          onExact={setExact}
          onMore={level + 1 < PARTS.length ? () => setMore({ id, level: level + 1 }) : null}
          loadingMore={isPlaceholderData}
          onFollow={(next) => setParams({ via: [...params.via.slice(0, trail.length), writeStep(next, data)] })}
        />
      ) : error ? (
        <ErrorState error={error} onRetry={refetch} />
      ) : (
        <SkeletonRows label="Loading the explanation" rows={6} />
      )}
    </Sheet>
  )
}
