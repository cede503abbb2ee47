'use client'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import {
  definitionPreview,
  type PreviewLinesRequest,
  type PreviewRequest,
  previewLines,
} from '@/lib/contract/definition-preview'
import { valuesReport } from '@/lib/contract/explorer'
import { request } from './request'

/** What a text would change; null: nothing to ask about. */
export function useDefinitionPreview({ input, version }: { input: PreviewRequest | null; version: number }) {
  return useQuery({
    queryKey: ['costformation-preview', version, input],
    queryFn: ({ signal }) =>
      request({
        path: '/api/v1/costformation/preview',
        method: 'POST',
        body: input ?? {},
        schema: definitionPreview,
        signal,
      }),
    enabled: input !== null,
    placeholderData: keepPreviousData,
    gcTime: 30_000,
    retry: false,
  })
}

export function usePreviewLines(input: PreviewLinesRequest) {
  return useQuery({
    queryKey: ['costformation-preview-lines', input],
    queryFn: ({ signal }) =>
      request({
        path: '/api/v1/costformation/preview/lines',
        method: 'POST',
        body: input,
        schema: previewLines,
        signal,
      }),
    gcTime: 30_000,
  })
}

/** Values that cost lines have for a key, those of most lines first. */
export async function fetchValues({ key, search, signal }: { key: string; search: string; signal?: AbortSignal }) {
  const answer = await request({
    path: '/api/v1/values',
    query: { key, search, limit: 50 },
    schema: valuesReport,
    ...(signal ? { signal } : {}),
  })
  return answer.values.flatMap(({ value, lines }) => (value === null ? [] : [{ value, lines }]))
}

/** The same as options of a field; null: nothing to ask yet. */
export function useOccurringValues(asked: { key: string; search: string } | null) {
  return useQuery({
    queryKey: ['costs', 'occurring', asked],
    queryFn: ({ signal }) => (asked ? fetchValues({ ...asked, signal }) : []),
    enabled: asked !== null,
    placeholderData: keepPreviousData,
    staleTime: 60_000,
    retry: false,
  })
}
