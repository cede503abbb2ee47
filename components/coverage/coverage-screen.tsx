'use client'
import { CalendarCheck2 } from 'lucide-react'
import Link from 'next/link'
import { EmptyState } from '@/components/feedback/empty-state'
import { ErrorState } from '@/components/feedback/error-state'
import { BackLink } from '@/components/layout/back-link'
import { PageHeader } from '@/components/layout/page-header'
import { buttonClasses } from '@/components/ui/button-classes'
import { Card } from '@/components/ui/card'
import { Skeleton } from '@/components/ui/skeleton'
import { useDimensions } from '@/lib/client/costformation'
import { useWorkspace } from '@/lib/client/workspace'
import { CoverageView } from './coverage-view'

export function CoverageScreen() {
  const workspace = useWorkspace({ watch: false })
  const dimensions = useDimensions()
  const error = workspace.error ?? dimensions.error
  const splits = dimensions.data?.dimensions.filter(({ type, disabled }) => type === 'Allocation' && !disabled) ?? []
  const { first_day: first, last_day: last } = workspace.data ?? {}
  return (
    <>
      <div className="grid gap-2">
        <BackLink href="/" label="Overview" />
        <PageHeader
          title="Coverage"
          description="The cost of a pool, day by day, against the telemetry that is there to split it: where it is missing, late, zero, or matches no cost."
        />
      </div>
      {error ? (
        <ErrorState
          error={error}
          onRetry={() => {
            workspace.refetch()
            dimensions.refetch()
          }}
        />
      ) : !workspace.data || !dimensions.data ? (
        <div role="status" aria-label="Loading the coverage" className="grid gap-5">
          <Skeleton className="h-8 w-full max-w-xl" />
          <Skeleton className="h-64 rounded-xl" />
        </div>
      ) : splits.length === 0 || !first || !last ? (
        <Card title="Coverage">
          <EmptyState
            icon={CalendarCheck2}
            title={first ? 'Nothing is split yet' : 'No cost yet'}
            actions={
              <Link href={first ? '/dimensions' : '/costs?upload=1'} className={buttonClasses({ variant: 'primary' })}>
                {first ? 'Define a split' : 'Load a bill'}
              </Link>
            }
          >
            Coverage compares what a split divides with what it is divided by: it needs a bill and an Allocation
            dimension.
          </EmptyState>
        </Card>
      ) : (
        <CoverageView splits={splits} bill={{ firstDay: first, lastDay: last }} />
      )}
    </>
  )
}
