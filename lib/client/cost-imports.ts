'use client'
import { type QueryClient, useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect, useRef } from 'react'
import { type CostImport, costImport, costImportList } from '@/lib/contract/costs'
import { queryKeys } from './query-keys'
import { request, requestText } from './request'

/** What was computed from bills is asked for again. */
function refreshCosts(client: QueryClient): void {
  for (const queryKey of [queryKeys.costs, queryKeys.catalogue, queryKeys.workspace, queryKeys.allocations]) {
    client.invalidateQueries({ queryKey })
  }
}

const isActive = (item: CostImport) => item.status === 'queued' || item.status === 'running'

/** The imports, live while one runs; what depends on costs is asked for again when it ends. */
export function useCostImports() {
  const client = useQueryClient()
  const query = useQuery({
    queryKey: queryKeys.imports,
    queryFn: ({ signal }) => request({ path: '/api/v1/cost-imports', schema: costImportList, signal }),
    refetchInterval: ({ state }) => (state.data?.imports.some(isActive) ? 1000 : false),
  })
  const settled = query.data?.imports
    .filter((item) => !isActive(item))
    .map(({ id }) => id)
    .join()
  const known = useRef(settled)
  useEffect(() => {
    if (settled === known.current) return
    // The first answer says what had ended before.
    if (known.current !== undefined) refreshCosts(client)
    known.current = settled
  }, [settled, client])
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

export type ImportTurn = 'rollback' | 'restore'

/** Lets what counted before an import count again, or the import itself. */
export function useTurnImport() {
  const client = useQueryClient()
  return useMutation({
    mutationFn: ({ id, turn }: { id: string; turn: ImportTurn }) =>
      request({ path: `/api/v1/cost-imports/${id}/${turn}`, method: 'POST', body: {}, schema: costImport }),
    onSuccess: async () => {
      await client.invalidateQueries({ queryKey: queryKeys.imports })
      refreshCosts(client)
    },
  })
}
