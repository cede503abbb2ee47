'use client'
import { History } from 'lucide-react'
import { useQueryState } from 'nuqs'
import { EmptyState } from '@/components/feedback/empty-state'
import { ErrorState } from '@/components/feedback/error-state'
import { BackLink } from '@/components/layout/back-link'
import { PageHeader } from '@/components/layout/page-header'
import { Button } from '@/components/ui/button'
import { Card } from '@/components/ui/card'
import { Segmented } from '@/components/ui/segmented'
import { SkeletonRows } from '@/components/ui/skeleton'
import { useRuns } from '@/lib/client/runs'
import { formatCount } from '@/lib/presentation/money'
import { runsParams } from '@/lib/presentation/search-params'
import { RunsTable } from './runs-table'

const SHOWN = [
  { value: 'all', label: 'All' },
  { value: 'completed', label: 'Completed' },
  { value: 'failed', label: 'Failed' },
] as const

export function RunsScreen() {
  const [status, setStatus] = useQueryState('status', runsParams.status)
  const query = useRuns(status === 'all' ? null : status)
  const runs = query.data?.pages.flatMap((page) => page.runs) ?? []
  const total = query.data?.pages[0]?.total ?? 0
  return (
    <>
      <div className="grid gap-2">
        <BackLink href="/" label="Overview" />
        <PageHeader
          title="Runs"
          description="Each time that splits were computed: what made it necessary, and what it changed. Readers see a run when it is whole; if one fails, the last good one stays."
        />
      </div>
      <Card
        title="Newest first"
        description={query.data ? `${formatCount(total)} ${total === 1 ? 'run' : 'runs'}` : undefined}
        actions={<Segmented label="Which runs" value={status} options={SHOWN} onChange={setStatus} />}
        flush
      >
        {query.error && !query.data ? (
          <ErrorState error={query.error} onRetry={query.refetch} />
        ) : !query.data ? (
          <SkeletonRows label="Loading the runs" />
        ) : runs.length === 0 ? (
          <EmptyState icon={History} title={status === 'all' ? 'Nothing was computed yet' : `No run has ${status}`}>
            A run follows within seconds when telemetry, a bill or a definition changes what a split says.
          </EmptyState>
        ) : (
          <>
            <RunsTable runs={runs} />
            {query.hasNextPage && (
              <div className="px-4 py-2.5 sm:px-5">
                <Button size="sm" pending={query.isFetchingNextPage} onClick={() => query.fetchNextPage()}>
                  Show older runs
                </Button>
              </div>
            )}
          </>
        )}
      </Card>
    </>
  )
}
