'use client'
import { keepPreviousData, useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import type { Metric } from '@/lib/contract/common'
import { dimensionList, elementsReport, savedDefinition, validationResult } from '@/lib/contract/costformation'
import { queryKeys } from './query-keys'
import { request, requestText } from './request'

export function useDimensions() {
  return useQuery({
    queryKey: queryKeys.dimensions,
    queryFn: ({ signal }) => request({ path: '/api/v1/dimensions', schema: dimensionList, signal }),
  })
}

/** The definition's YAML; an empty text where none was saved yet. */
export function useCostformation() {
  return useQuery({
    queryKey: queryKeys.costformation,
    queryFn: ({ signal }) => requestText({ path: '/api/v1/costformation', signal }),
    refetchOnWindowFocus: false,
  })
}

export function validateDefinition(yaml: string, signal: AbortSignal) {
  return request({
    path: '/api/v1/costformation/validate',
    method: 'POST',
    body: yaml,
    contentType: 'text/yaml',
    schema: validationResult,
    signal,
  })
}

export function useSaveDefinition() {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (yaml: string) =>
      request({
        path: '/api/v1/costformation',
        method: 'PUT',
        body: yaml,
        contentType: 'text/yaml',
        schema: savedDefinition,
      }),
    onSuccess: (_, yaml) => {
      client.setQueryData(queryKeys.costformation, yaml)
      return Promise.all(
        [queryKeys.dimensions, queryKeys.workspace, queryKeys.catalogue, queryKeys.streams, queryKeys.allocations].map(
          (queryKey) => client.invalidateQueries({ queryKey }),
        ),
      )
    },
  })
}

export interface ElementsQuery {
  id: string
  from: string
  to: string
  metric: Metric
}

export function useElements(query: ElementsQuery | null) {
  return useQuery({
    queryKey: [...queryKeys.elements, query],
    queryFn: ({ signal }) => {
      const { id = '', ...params } = query ?? {}
      return request({
        path: `/api/v1/dimensions/${encodeURIComponent(id)}/elements`,
        query: params,
        schema: elementsReport,
        signal,
      })
    },
    enabled: query !== null,
    placeholderData: keepPreviousData,
  })
}
