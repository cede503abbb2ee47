'use client'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { allocationsReport, explanation } from '@/lib/contract/allocations'
import type { Metric, ReportGranularity } from '@/lib/contract/common'
import { queryKeys } from './query-keys'
import { request } from './request'

export interface AllocationsQuery {
  dimension: string
  from: string
  to: string
  metric: Metric
  granularity: ReportGranularity
  currency: string | null
}

/** The split of a range; asked for again every second while days of it wait to be computed. */
export function useAllocations(query: AllocationsQuery | null) {
  return useQuery({
    queryKey: [...queryKeys.allocations, query],
    queryFn: ({ signal }) => fetchAllocations(query, signal),
    enabled: query !== null,
    placeholderData: keepPreviousData,
    refetchInterval: ({ state }) => (state.data?.up_to_date === false ? (state.data.failure ? 15_000 : 1000) : false),
  })
}

function fetchAllocations(query: AllocationsQuery | null, signal: AbortSignal) {
  const { dimension = '', ...params } = query ?? {}
  return request({
    path: `/api/v1/allocations/${encodeURIComponent(dimension)}`,
    query: params,
    schema: allocationsReport,
    signal,
  })
}

export interface ExplainQuery extends AllocationsQuery {
  /** Null: what stayed unallocated. */
  element: string | null
  /** Null: the whole range. */
  period: string | null
  parts: number
}

export function useExplanation(query: ExplainQuery | null) {
  return useQuery({
    queryKey: [...queryKeys.explanation, query],
    queryFn: ({ signal }) => {
      const { dimension = '', ...params } = query ?? {}
      return request({
        path: `/api/v1/allocations/${encodeURIComponent(dimension)}/explain`,
        query: params,
        schema: explanation,
        signal,
      })
    },
    enabled: query !== null,
    // Of the same amount: fewer parts stay until more have come.
    placeholderData: (previous, before) => {
      const [, asked] = before?.queryKey ?? []
      const same = (a: ExplainQuery | null) => JSON.stringify({ ...a, parts: 0 })
      return same((asked as ExplainQuery | null | undefined) ?? null) === same(query) ? previous : undefined
    },
  })
}
