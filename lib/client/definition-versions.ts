'use client'
import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { savedDefinition } from '@/lib/contract/costformation'
import { definitionDiff, definitionDocument, definitionVersionList } from '@/lib/contract/definition-versions'
import { refreshAfterSave } from './costformation'
import { queryKeys } from './query-keys'
import { request } from './request'

const path = '/api/v1/costformation/versions'

/** Newest first, page by page. */
export function useDefinitionVersions() {
  return useInfiniteQuery({
    queryKey: [...queryKeys.definitionVersions, 'list'],
    queryFn: ({ pageParam, signal }) =>
      request({ path, query: { limit: 20, before: pageParam }, schema: definitionVersionList, signal }),
    initialPageParam: null as number | null,
    getNextPageParam: (page) => page.next,
  })
}

/** Versions never change, and so no difference between two does. */
export function useDefinitionDiff({ version, against }: { version: number; against?: number | undefined }) {
  return useQuery({
    queryKey: [...queryKeys.definitionVersions, 'diff', version, against ?? null],
    queryFn: ({ signal }) =>
      request({ path: `${path}/${version}/diff`, query: { against }, schema: definitionDiff, signal }),
    staleTime: Number.POSITIVE_INFINITY,
  })
}

export function useRestoreVersion() {
  const client = useQueryClient()
  return useMutation({
    mutationFn: async ({ version, baseVersion }: { version: number; baseVersion: number }) => {
      await request({
        path: `${path}/${version}/restore`,
        method: 'POST',
        query: { base_version: baseVersion },
        body: {},
        schema: savedDefinition,
      })
      return request({ path: '/api/v1/costformation', accept: 'application/json', schema: definitionDocument })
    },
    onSuccess: (document) => {
      client.setQueryData(queryKeys.costformation, document)
      return refreshAfterSave(client)
    },
    onError: () => client.invalidateQueries({ queryKey: queryKeys.costformation, exact: true }),
  })
}
