'use client'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import type { z } from 'zod'
import { apiKeyCreated, apiKeyList, type apiKeyRequest } from '@/lib/contract/workspace'
import { queryKeys } from './query-keys'
import { request, requestText } from './request'

export function useApiKeys() {
  return useQuery({
    queryKey: queryKeys.apiKeys,
    queryFn: ({ signal }) => request({ path: '/api/v1/api-keys', schema: apiKeyList, signal }),
  })
}

export function useCreateApiKey() {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (body: z.infer<typeof apiKeyRequest>) =>
      request({ path: '/api/v1/api-keys', method: 'POST', body, schema: apiKeyCreated }),
    onSuccess: () => client.invalidateQueries({ queryKey: queryKeys.apiKeys }),
  })
}

export function useRevokeApiKey() {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (id: string) => requestText({ path: `/api/v1/api-keys/${encodeURIComponent(id)}`, method: 'DELETE' }),
    onSuccess: () => client.invalidateQueries({ queryKey: queryKeys.apiKeys }),
  })
}
