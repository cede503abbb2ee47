'use client'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { z } from 'zod'
import { health, workspaceState } from '@/lib/contract/workspace'
import { queryKeys } from './query-keys'
import { request } from './request'

export function useWorkspace({ watch = false }: { watch?: boolean } = {}) {
  return useQuery({
    queryKey: queryKeys.workspace,
    queryFn: ({ signal }) => request({ path: '/api/v1/workspace', schema: workspaceState, signal }),
    refetchInterval: (query) => (watch || query.state.data?.import_running ? 1000 : false),
  })
}

export function useHealth() {
  return useQuery({
    queryKey: queryKeys.health,
    queryFn: ({ signal }) => request({ path: '/api/v1/health', schema: health, signal }),
    refetchInterval: 5000,
  })
}

export function useLoadExample() {
  const client = useQueryClient()
  return useMutation({
    mutationFn: () =>
      request({ path: '/api/v1/example', method: 'POST', body: {}, schema: z.object({ import_id: z.string() }) }),
    onSuccess: () => client.invalidateQueries(),
  })
}
