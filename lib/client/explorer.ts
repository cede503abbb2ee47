'use client'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import type { Metric } from '@/lib/contract/common'
import { type Basis, type CostGranularity, costKeys, explorerReport, valuesReport } from '@/lib/contract/explorer'
import { queryKeys } from './query-keys'
import { request, withQuery } from './request'

export interface ExplorerQuery {
  from: string
  to: string
  granularity: CostGranularity
  basis: Basis
  metric: Metric
  currency: string | null
  group_by: string[]
  filter: string[]
  top: number
  compare: 'previous' | null
}

export function useExploredCosts(query: ExplorerQuery | null) {
  return useQuery({
    queryKey: [...queryKeys.costs, 'explorer', query],
    queryFn: ({ signal }) => request({ path: '/api/v1/costs', query: { ...query }, schema: explorerReport, signal }),
    enabled: query !== null,
    placeholderData: keepPreviousData,
    // A split that waits is computed within seconds; one whose run failed is not asked for all the time.
    refetchInterval: ({ state }) => (state.data?.up_to_date === false ? (state.data.failure ? 15_000 : 2000) : false),
  })
}

/** Where the CSV of a query is: the same report, as a file. */
export function costsCsvPath(query: ExplorerQuery): string {
  return withQuery('/api/v1/costs', { ...query, format: 'csv' })
}

/** What cost can be cut and filtered by. */
export function useCostKeys() {
  return useQuery({
    queryKey: [...queryKeys.costs, 'keys'],
    queryFn: ({ signal }) => request({ path: '/api/v1/cost-keys', schema: costKeys, signal }),
  })
}

export function useValues({ key, search }: { key: string; search: string }) {
  return useQuery({
    queryKey: [...queryKeys.costs, 'values', key, search],
    queryFn: ({ signal }) => request({ path: '/api/v1/values', query: { key, search }, schema: valuesReport, signal }),
    placeholderData: keepPreviousData,
    staleTime: 60_000,
  })
}
