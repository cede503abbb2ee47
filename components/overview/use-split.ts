'use client'
import { useQueryStates } from 'nuqs'
import { type AllocationsQuery, useAllocations } from '@/lib/client/allocations'
import type { Metric } from '@/lib/contract/common'
import type { WorkspaceState } from '@/lib/contract/workspace'
import { type DateRange, defaultRange } from '@/lib/presentation/date-range'
import { isZero } from '@/lib/presentation/exact'
import { overviewParams } from '@/lib/presentation/search-params'

const NOWHERE: DateRange = { from: '1970-01-01', to: '1970-01-02' }

/** What the overview shows: the URL, completed by what the workspace has. */
export function useSplit(workspace: WorkspaceState) {
  const [params, setParams] = useQueryStates(overviewParams)
  const { first_day: first, last_day: last, allocation_dimensions: dimensions } = workspace
  const bill = first && last ? { firstDay: first, lastDay: last } : null
  const whole = bill ? defaultRange(bill.firstDay, bill.lastDay) : NOWHERE
  const range = params.from && params.to && params.from < params.to ? { from: params.from, to: params.to } : whole
  const asked = params.dimension
  const dimension = dimensions.find(({ id, name }) => id === asked || name === asked) ?? dimensions[0]
  const base = { dimension: dimension?.id ?? '', ...range, currency: params.currency }

  const { fallback, zeroOf } = useFallbackMetric(base)
  const metric = params.metric ?? fallback
  const query: AllocationsQuery | null = metric && { ...base, metric, granularity: params.granularity }
  const report = useAllocations(query)
  return { params, setParams, bill, range, dimension, dimensions, query, report, metric, zeroOf }
}

/** EffectiveCost, unless all of it is zero here while something was billed. */
function useFallbackMetric(base: Omit<AllocationsQuery, 'metric' | 'granularity'>) {
  const effective = useAllocations({ ...base, granularity: 'total', metric: 'EffectiveCost' })
  const billed = useAllocations({ ...base, granularity: 'total', metric: 'BilledCost' })
  const zero = { EffectiveCost: costIsZero(effective), BilledCost: costIsZero(billed) }
  const settled = (effective.data || effective.error) && (billed.data || billed.error)
  const fallback: Metric | null = settled
    ? zero.EffectiveCost && zero.BilledCost === false
      ? 'BilledCost'
      : 'EffectiveCost'
    : null
  return { fallback, zeroOf: zero }
}

function costIsZero({ data }: ReturnType<typeof useAllocations>): boolean | null {
  return data ? isZero(data.totals.cost) : null
}
