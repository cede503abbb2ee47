'use client'
import { useQuery } from '@tanstack/react-query'
import { openapiDocument } from '@/lib/presentation/openapi'
import { request } from './request'

export function useOpenapi() {
  return useQuery({
    queryKey: ['openapi'],
    queryFn: ({ signal }) => request({ path: '/api/v1/openapi.json', schema: openapiDocument, signal }),
    staleTime: Number.POSITIVE_INFINITY,
  })
}
