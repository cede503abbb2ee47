'use client'
import { keepPreviousData, useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import type { z } from 'zod'
import { recordList, type Stream, stream, type streamDefinition, streamList } from '@/lib/contract/streams'
import { streamRefetchInterval } from '@/lib/presentation/stream-status'
import { queryKeys } from './query-keys'
import { request, requestText } from './request'

export const streamPath = (name: string) => `/api/v1/streams/${encodeURIComponent(name)}`

export function useStreams() {
  return useQuery({
    queryKey: queryKeys.streams,
    queryFn: ({ signal }) => request({ path: '/api/v1/streams', schema: streamList, signal }),
    refetchInterval: ({ state }) => streamRefetchInterval(state.data?.streams),
  })
}

export function useStream(name: string) {
  return useQuery({
    queryKey: queryKeys.stream(name),
    queryFn: ({ signal }) => request({ path: streamPath(name), schema: stream, signal }),
    refetchInterval: ({ state }) => streamRefetchInterval(state.data && [state.data]),
  })
}

/** Page by page; begun anew when the stream has received or lost something. */
export function useRecords({ name, records, last_received_at }: Pick<Stream, 'name' | 'records' | 'last_received_at'>) {
  return useInfiniteQuery({
    queryKey: [...queryKeys.records(name), records, last_received_at],
    queryFn: ({ pageParam, signal }) =>
      request({
        path: `${streamPath(name)}/records`,
        query: { limit: 50, cursor: pageParam },
        schema: recordList,
        signal,
      }),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next_cursor,
    placeholderData: keepPreviousData,
  })
}

export function useDefineStream() {
  const client = useQueryClient()
  return useMutation({
    mutationFn: ({ name, ...body }: z.input<typeof streamDefinition> & { name: string }) =>
      request({ path: streamPath(name), method: 'PUT', body, schema: stream }),
    onSuccess: () => client.invalidateQueries({ queryKey: queryKeys.streams }),
  })
}

export function useDeleteStream(name: string) {
  const client = useQueryClient()
  return useMutation({
    mutationFn: () => requestText({ path: streamPath(name), method: 'DELETE' }),
    // The stream itself is gone, and its page is about to be left: asking for it again would only fail.
    onSuccess: () => {
      client.invalidateQueries({ predicate: ({ queryKey }) => queryKey[0] !== 'streams' || queryKey[1] !== name })
    },
  })
}
