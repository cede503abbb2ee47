'use client'
import { useEffect } from 'react'
import { ErrorPage } from '@/components/layout/error-page'

export default function ErrorBoundary({ error, reset }: { error: Error & { digest?: string }; reset: () => void }) {
  useEffect(() => console.error(error), [error])
  return <ErrorPage digest={error.digest} onRetry={reset} />
}
