'use client'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { importProfile, importProfileList, type Mapping } from '@/lib/contract/import-profiles'
import { queryKeys } from './query-keys'
import { request, requestText } from './request'

const profilePath = (source: string) => `/api/v1/import-profiles/${encodeURIComponent(source)}`

export function useImportProfiles() {
  return useQuery({
    queryKey: queryKeys.importProfiles,
    queryFn: ({ signal }) => request({ path: '/api/v1/import-profiles', schema: importProfileList, signal }),
  })
}

export function useSaveProfile() {
  const client = useQueryClient()
  return useMutation({
    mutationFn: ({ source, mapping }: { source: string; mapping: Mapping }) =>
      request({ path: profilePath(source), method: 'PUT', body: { mapping }, schema: importProfile }),
    onSuccess: () => client.invalidateQueries({ queryKey: queryKeys.importProfiles }),
  })
}

export function useDeleteProfile() {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (source: string) => requestText({ path: profilePath(source), method: 'DELETE' }),
    onSuccess: () =>
      Promise.all([
        client.invalidateQueries({ queryKey: queryKeys.importProfiles }),
        client.invalidateQueries({ queryKey: queryKeys.importPreview }),
      ]),
  })
}
