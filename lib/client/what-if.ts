'use client'
import { keepPreviousData, useMutation, useQuery } from '@tanstack/react-query'
import {
  type MethodsReport,
  type MethodsRequest,
  methodsReport,
  type WhatIfReport,
  type WhatIfRequest,
  whatIfReport,
} from '@/lib/contract/what-if'
import { queryKeys } from './query-keys'
import { request, requestText } from './request'
import { saveFile } from './save-file'

const METHODS = '/api/v1/what-if/methods'
const WHAT_IF = '/api/v1/what-if'

/** Asked for again while days wait to be computed, or to be mended. */
const whileWaiting = ({ state }: { state: { data: WhatIfReport | MethodsReport | undefined } }) =>
  state.data?.up_to_date === false ? (state.data.failure ? 15_000 : 5000) : false

/** One pool by several methods; given up on the server too when the question changes. */
export function useMethods(input: MethodsRequest | null) {
  return useQuery({
    queryKey: [...queryKeys.whatIf, 'methods', input],
    queryFn: ({ signal }) =>
      request({ path: METHODS, method: 'POST', body: input ?? {}, schema: methodsReport, signal }),
    enabled: input !== null,
    placeholderData: keepPreviousData,
    refetchInterval: whileWaiting,
    retry: false,
  })
}

/** A text that is not saved, over a range; null: nothing to ask about. */
export function useWhatIf(input: WhatIfRequest | null) {
  return useQuery({
    queryKey: [...queryKeys.whatIf, 'definition', input],
    queryFn: ({ signal }) =>
      request({ path: WHAT_IF, method: 'POST', body: input ?? {}, schema: whatIfReport, signal }),
    enabled: input !== null,
    placeholderData: keepPreviousData,
    gcTime: 30_000,
    refetchInterval: whileWaiting,
    retry: false,
  })
}

const CSV = 'text/csv'

/** Saves the answer as CSV, with every digit. */
export function useSaveComparison() {
  return useMutation({
    mutationFn: async (
      asked: { name: string } & ({ methods: MethodsRequest } | { whatIf: WhatIfRequest }),
    ): Promise<void> => {
      const [path, body] = 'methods' in asked ? [METHODS, asked.methods] : [WHAT_IF, asked.whatIf]
      const text = await requestText({ path, method: 'POST', body, accept: CSV })
      saveFile({ name: `${asked.name}.csv`, text, type: CSV })
    },
  })
}
