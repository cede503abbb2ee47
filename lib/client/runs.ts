'use client'
import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { type AllocationRun, allocationRun, type RunList, runList } from '@/lib/contract/runs'
import { queryKeys } from './query-keys'
import { request } from './request'

/** Runs, newest first, a page after the other; often asked for again while one goes on. */
export function useRuns(status: AllocationRun['status'] | null) {
  return useInfiniteQuery({
    queryKey: [...queryKeys.runs, 'list', status],
    queryFn: ({ pageParam, signal }) =>
      request({ path: '/api/v1/runs', query: { status, before: pageParam }, schema: runList, signal }),
    initialPageParam: null as number | null,
    getNextPageParam: (page: RunList) => page.next_before,
    refetchInterval: ({ state }) =>
      state.data?.pages[0]?.runs.some((run) => run.status === 'running') ? 1000 : 15_000,
  })
}

export function useRun(id: number) {
  return useQuery({
    queryKey: [...queryKeys.runs, id],
    queryFn: ({ signal }) => request({ path: `/api/v1/runs/${id}`, schema: allocationRun, signal }),
    refetchInterval: ({ state }) => (state.data?.status === 'running' ? 500 : false),
  })
}
