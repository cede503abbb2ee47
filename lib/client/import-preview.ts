'use client'
import { useQuery } from '@tanstack/react-query'
import type { ImportFormat } from '@/lib/contract/costs'
import { importPreview } from '@/lib/contract/import-preview'
import type { Mapping } from '@/lib/contract/import-profiles'
import { queryKeys } from './query-keys'
import { readSample } from './read-sample'
import { request } from './request'

/** The beginning of a chosen file; `draft` tells one choice from the next. */
export function useSample({ file, draft }: { file: File | null; draft: number }) {
  return useQuery({
    queryKey: [...queryKeys.importPreview, 'sample', draft],
    queryFn: async () => {
      if (!file) throw new Error('no file is chosen')
      return readSample(file)
    },
    enabled: file !== null,
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 0,
    retry: false,
  })
}

/** What the server makes of a sample. While another mapping is asked about, the answer before stays. */
export function useImportPreview({
  file,
  draft,
  source,
  format,
  mapping,
}: {
  file: File | null
  draft: number
  source: string
  format: ImportFormat
  mapping: Mapping | null
}) {
  const sample = useSample({ file, draft })
  const text = sample.data?.kind === 'text' ? sample.data : null
  const preview = useQuery({
    queryKey: [...queryKeys.importPreview, draft, source, format, mapping],
    queryFn: ({ signal }) =>
      request({
        path: '/api/v1/cost-imports/preview',
        method: 'POST',
        body: {
          file_name: file?.name.slice(0, 255),
          sample: text?.text,
          whole: text?.isWhole,
          source,
          format,
          ...(mapping ? { mapping } : {}),
        },
        schema: importPreview,
        signal,
      }),
    enabled: text !== null,
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 0,
    placeholderData: (previous, query) => (query?.queryKey[1] === draft ? previous : undefined),
  })
  return { sample: sample.data ?? null, preview }
}
