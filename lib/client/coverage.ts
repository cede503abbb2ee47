'use client'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import type { Metric } from '@/lib/contract/common'
import { coverageReport } from '@/lib/contract/coverage'
import { queryKeys } from './query-keys'
import { request } from './request'

export interface CoverageQuery {
  dimension?: string
  stream?: string
  from: string
  to: string
  metric: Metric
  currency: string | null
  late_hours: number
}

/** Asked for again while days wait to be computed. */
export function useCoverage(query: CoverageQuery | null) {
  return useQuery({
    queryKey: [...queryKeys.coverage, query],
    queryFn: ({ signal }) => request({ path: '/api/v1/coverage', query: { ...query }, schema: coverageReport, signal }),
    enabled: query !== null,
    placeholderData: keepPreviousData,
    refetchInterval: ({ state }) => {
      const waiting = state.data?.splits.filter((split) => !split.up_to_date) ?? []
      if (waiting.length === 0) return false
      return waiting.some(({ failure }) => !failure) ? 2000 : 15_000
    },
  })
}
