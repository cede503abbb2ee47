'use client'
import { MutationCache, QueryCache, QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { ThemeProvider } from 'next-themes'
import { NuqsAdapter } from 'nuqs/adapters/next/app'
import { type ReactNode, useState } from 'react'
import { ProblemError } from '@/lib/client/problem-error'

/** A session that ended is asked for again, and comes back to this very screen. */
function onError(error: Error) {
  if (!(error instanceof ProblemError) || error.problem.status !== 401) return
  const here = `${window.location.pathname}${window.location.search}`
  window.location.assign(`/sign-in?next=${encodeURIComponent(here)}`)
}

function createClient() {
  return new QueryClient({
    queryCache: new QueryCache({ onError }),
    mutationCache: new MutationCache({ onError }),
    defaultOptions: {
      queries: {
        staleTime: 5000,
        retry: (count, error) =>
          count < 2 && (!(error instanceof ProblemError) || error.problem.status === 0 || error.problem.status >= 500),
      },
    },
  })
}

export function Providers({ children }: { children: ReactNode }) {
  const [client] = useState(createClient)
  return (
    <ThemeProvider attribute="class" defaultTheme="system" enableSystem disableTransitionOnChange>
      <QueryClientProvider client={client}>
        <NuqsAdapter>{children}</NuqsAdapter>
      </QueryClientProvider>
    </ThemeProvider>
  )
}
