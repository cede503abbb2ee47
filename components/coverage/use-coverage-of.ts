'use client'
import { type CoverageQuery, useCoverage } from '@/lib/client/coverage'
import { useCostKeys } from '@/lib/client/explorer'
import type { Metric } from '@/lib/contract/common'

/** Coverage by the metric that is chosen, or the one that the bills have most of. */
export function useCoverageOf({ metric, ...asked }: Omit<CoverageQuery, 'metric'> & { metric: Metric | null }) {
  const { data: keys } = useCostKeys()
  const chosen = metric ?? keys?.default_metric ?? null
  const query = useCoverage(chosen === null ? null : { ...asked, metric: chosen })
  return { query, metric: chosen ?? ('EffectiveCost' as const) }
}
