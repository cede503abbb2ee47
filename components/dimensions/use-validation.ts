'use client'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { validateDefinition } from '@/lib/client/costformation'
import type { DefinitionError } from '@/lib/contract/costformation'

export interface Issue extends DefinitionError {
  severity: 'error' | 'warning'
}

export interface Validation {
  issues: Issue[]
  checking: boolean
  error: Error | null
  /** The text, once it has stood still and has no errors; null otherwise. */
  valid: string | null
}

/** Asks the server about a text that has stood still for 300 ms. */
export function useValidation(text: string): Validation {
  const [settled, setSettled] = useState(text)
  useEffect(() => {
    const timer = setTimeout(() => setSettled(text), 300)
    return () => clearTimeout(timer)
  }, [text])
  const empty = settled.trim() === ''
  const { data, error, isFetching, isPlaceholderData } = useQuery({
    queryKey: ['costformation-validation', settled],
    queryFn: ({ signal }) => validateDefinition(settled, signal),
    enabled: !empty,
    placeholderData: keepPreviousData,
    gcTime: 10_000,
  })
  const issues: Issue[] =
    data && !empty
      ? [
          ...data.errors.map((issue) => ({ ...issue, severity: 'error' as const })),
          ...data.warnings.map((issue) => ({ ...issue, severity: 'warning' as const })),
        ]
      : []
  const isValid = data?.valid === true && !isPlaceholderData && !empty
  return { issues, checking: isFetching || settled !== text, error, valid: isValid ? settled : null }
}
