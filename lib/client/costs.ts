'use client'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import type { Metric, ReportGranularity } from '@/lib/contract/common'
import { catalogue, costsReport } from '@/lib/contract/costs'
import { queryKeys } from './query-keys'
import { request } from './request'

export interface CostsQuery {
  from: string
  to: string
  granularity: ReportGranularity
  group_by: string[]
  metric: Metric
  currency: string | null
}

export function useCosts(query: CostsQuery | null) {
  return useQuery({
    queryKey: [...queryKeys.costs, query],
    queryFn: ({ signal }) => request({ path: '/api/v1/costs', query: { ...query }, schema: costsReport, signal }),
    enabled: query !== null,
    placeholderData: keepPreviousData,
  })
}

/** What the bills hold: range, currencies, and the keys that filters may name. */
export function useCatalogue() {
  return useQuery({
    queryKey: queryKeys.catalogue,
    queryFn: ({ signal }) => request({ path: '/api/v1/catalogue', schema: catalogue, signal }),
  })
}
