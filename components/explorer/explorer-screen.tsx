'use client'
import { Receipt } from 'lucide-react'
import Link from 'next/link'
import { EmptyState } from '@/components/feedback/empty-state'
import { ErrorState } from '@/components/feedback/error-state'
import { PageHeader } from '@/components/layout/page-header'
import { buttonClasses } from '@/components/ui/button-classes'
import { Card } from '@/components/ui/card'
import { Skeleton } from '@/components/ui/skeleton'
import { useCostKeys } from '@/lib/client/explorer'
import { ExplorerView } from './explorer-view'

export function ExplorerScreen() {
  const { data, error, refetch } = useCostKeys()
  return (
    <>
      <PageHeader title="Explorer" description="Cost by anything that the bills or your dimensions tell about it." />
      {data && data.lines > 0 ? (
        <ExplorerView costKeys={data} />
      ) : data ? (
        <Card title="Cost">
          <EmptyState
            icon={Receipt}
            title="No cost yet"
            actions={
              <Link href="/costs" className={buttonClasses({ variant: 'primary' })}>
                Load a bill
              </Link>
            }
          >
            Load a bill to cut it by service, account, tag or dimension.
          </EmptyState>
        </Card>
      ) : error ? (
        <ErrorState error={error} onRetry={refetch} />
      ) : (
        <div role="status" aria-label="Loading the explorer" className="grid gap-5">
          <Skeleton className="h-8 w-full max-w-xl" />
          <Skeleton className="h-20 rounded-xl" />
          <Skeleton className="h-96 rounded-xl" />
        </div>
      )}
    </>
  )
}
