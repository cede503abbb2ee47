'use client'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect, useRef } from 'react'
import { type CostImport, costImport, costImportList } from '@/lib/contract/costs'
import { queryKeys } from './query-keys'
import { request, requestText } from './request'

const isActive = (item: CostImport) => item.status === 'queued' || item.status === 'running'

/** The imports, live while one runs; what depends on costs is asked for again when it ends. */
export function useCostImports() {
  const client = useQueryClient()
  const query = useQuery({
    queryKey: queryKeys.imports,
    queryFn: ({ signal }) => request({ path: '/api/v1/cost-imports', schema: costImportList, signal }),
    refetchInterval: ({ state }) => (state.data?.imports.some(isActive) ? 1000 : 15_000),
  })
  const running = query.data?.imports.some(isActive) ?? false
  const wasRunning = useRef(false)
  useEffect(() => {
    if (wasRunning.current && !running) {
      for (const queryKey of [queryKeys.costs, queryKeys.catalogue, queryKeys.workspace, queryKeys.allocations]) {
        client.invalidateQueries({ queryKey })
      }
    }
    wasRunning.current = running
  }, [running, client])
  return query
}

export function useCostImport(id: string | null) {
  return useQuery({
    queryKey: [...queryKeys.imports, id],
    queryFn: ({ signal }) => request({ path: `/api/v1/cost-imports/${id}`, schema: costImport, signal }),
    enabled: id !== null,
    refetchInterval: ({ state }) => (state.data === undefined || isActive(state.data) ? 1000 : false),
  })
}

export function useCancelImport() {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (id: string) => requestText({ path: `/api/v1/cost-imports/${id}/cancel`, method: 'POST', body: {} }),
    onSuccess: () => client.invalidateQueries({ queryKey: queryKeys.imports }),
  })
}
