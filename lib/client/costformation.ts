'use client'
import { keepPreviousData, type QueryClient, useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import type { Metric } from '@/lib/contract/common'
import { dimensionList, elementsReport, savedDefinition, validationResult } from '@/lib/contract/costformation'
import { definitionDocument } from '@/lib/contract/definition-versions'
import { queryKeys } from './query-keys'
import { request } from './request'

export function useDimensions() {
  return useQuery({
    queryKey: queryKeys.dimensions,
    queryFn: ({ signal }) => request({ path: '/api/v1/dimensions', schema: dimensionList, signal }),
  })
}

/** The definition in force; version 0 with an empty text where none was saved yet. */
export function useCostformation() {
  return useQuery({
    queryKey: queryKeys.costformation,
    queryFn: ({ signal }) =>
      request({ path: '/api/v1/costformation', accept: 'application/json', schema: definitionDocument, signal }),
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

/** What a new version changes beside itself. */
export function refreshAfterSave(client: QueryClient): Promise<unknown> {
  const { definitionVersions, dimensions, workspace, catalogue, streams, allocations } = queryKeys
  return Promise.all(
    [definitionVersions, dimensions, workspace, catalogue, streams, allocations].map((queryKey) =>
      client.invalidateQueries({ queryKey }),
    ),
  )
}

export interface DefinitionEdit {
  yaml: string
  /** The version that was edited: refused when somebody saved another meanwhile. */
  baseVersion: number
}

export function useSaveDefinition() {
  const client = useQueryClient()
  return useMutation({
    mutationFn: ({ yaml, baseVersion }: DefinitionEdit) =>
      request({
        path: '/api/v1/costformation',
        method: 'PUT',
        query: { base_version: baseVersion },
        body: yaml,
        contentType: 'text/yaml',
        schema: savedDefinition,
      }),
    onSuccess: ({ warnings, ...saved }, { yaml }) => {
      client.setQueryData(queryKeys.costformation, { ...saved, yaml })
      return refreshAfterSave(client)
    },
    onError: () => client.invalidateQueries({ queryKey: queryKeys.costformation, exact: true }),
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
