'use client'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { batchAccepted, batchList } from '@/lib/contract/streams'
import { queryKeys } from './query-keys'
import { request, requestText } from './request'
import { streamPath } from './streams'

export function useBatches(name: string) {
  return useQuery({
    queryKey: queryKeys.batches(name),
    queryFn: ({ signal }) => request({ path: `${streamPath(name)}/batches`, schema: batchList, signal }),
    refetchInterval: ({ state }) => (state.data?.batches.some((batch) => batch.status !== 'Available') ? 2000 : 15_000),
  })
}

export function useUndoBatch(name: string) {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (id: number) =>
      requestText({ path: `${streamPath(name)}/batches/${id}/undo`, method: 'POST', body: {} }),
    onSuccess: () => client.invalidateQueries(),
  })
}

export function useUploadCsv(name: string) {
  const client = useQueryClient()
  return useMutation({
    mutationFn: ({ file, operation }: { file: File; operation: 'replace' | 'sum' }) =>
      request({
        path: `${streamPath(name)}/csv`,
        method: 'POST',
        query: { operation },
        body: file,
        contentType: 'text/csv',
        schema: batchAccepted,
      }),
    onSuccess: () => client.invalidateQueries(),
  })
}
