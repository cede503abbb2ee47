'use client'
import { Scale } from 'lucide-react'
import Link from 'next/link'
import { EmptyState } from '@/components/feedback/empty-state'
import { ErrorState } from '@/components/feedback/error-state'
import { BackLink } from '@/components/layout/back-link'
import { PageHeader } from '@/components/layout/page-header'
import { buttonClasses } from '@/components/ui/button-classes'
import { Card } from '@/components/ui/card'
import { Skeleton } from '@/components/ui/skeleton'
import { useDimensions } from '@/lib/client/costformation'
import { useCostKeys } from '@/lib/client/explorer'
import { CompareView } from './compare-view'

export function CompareScreen() {
  const keys = useCostKeys()
  const dimensions = useDimensions()
  const error = keys.error ?? dimensions.error
  const splits = dimensions.data?.dimensions.filter(({ type, disabled }) => type === 'Allocation' && !disabled) ?? []
  const { first_day: first, last_day: last } = keys.data ?? {}
  return (
    <>
      <div className="grid gap-2">
        <BackLink href="/" label="Overview" />
        <PageHeader
          title="Compare methods"
          description="One pool, split as it is now and by other methods, side by side. Nothing is stored: the definition stays as it is."
        />
      </div>
      {error ? (
        <ErrorState
          error={error}
          onRetry={() => {
            keys.refetch()
            dimensions.refetch()
          }}
        />
      ) : !keys.data || !dimensions.data ? (
        <div role="status" aria-label="Loading the splits" className="grid gap-5">
          <Skeleton className="h-8 w-full max-w-xl" />
          <Skeleton className="h-80 rounded-xl" />
        </div>
      ) : splits.length === 0 || !first || !last ? (
        <Card title="Compare methods">
          <EmptyState
            icon={Scale}
            title={first ? 'Nothing is split yet' : 'No cost yet'}
            actions={
              <Link href={first ? '/dimensions' : '/costs?upload=1'} className={buttonClasses({ variant: 'primary' })}>
                {first ? 'Define a split' : 'Load a bill'}
              </Link>
            }
          >
            Methods are compared over the pool of an Allocation dimension.
          </EmptyState>
        </Card>
      ) : (
        <CompareView
          splits={splits}
          bill={{ firstDay: first, lastDay: last }}
          defaultMetric={keys.data.default_metric}
        />
      )}
    </>
  )
}
