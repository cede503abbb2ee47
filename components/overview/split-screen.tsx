'use client'
import { ErrorState } from '@/components/feedback/error-state'
import { PageHeader } from '@/components/layout/page-header'
import { Skeleton } from '@/components/ui/skeleton'
import type { WorkspaceState } from '@/lib/contract/workspace'
import { describeRange } from '@/lib/presentation/date-range'
import { ExplainDrawer } from './explain-drawer'
import { OverviewControls } from './overview-controls'
import { Recomputing } from './recomputing'
import { SplitLinks } from './split-links'
import { SplitNotes } from './split-notes'
import { SplitReport } from './split-report'
import { useSplit } from './use-split'

export function SplitScreen({ workspace }: { workspace: WorkspaceState }) {
  const split = useSplit(workspace)
  const { report, dimension, range, params, query } = split
  return (
    <>
      <PageHeader
        title="Overview"
        description={`How ${dimension?.name ?? 'the pool'} splits, ${describeRange(range)}`}
        badge={report.data && !report.data.up_to_date && !report.data.failure ? <Recomputing /> : undefined}
        actions={<SplitLinks dimension={dimension?.id ?? null} range={range} metric={split.metric} />}
      />
      <OverviewControls split={split} />
      <SplitNotes split={split} workspace={workspace} />
      {report.data ? (
        <SplitReport
          report={report.data}
          granularity={params.granularity}
          dimension={dimension?.name ?? report.data.dimension}
          stale={report.isPlaceholderData}
        />
      ) : report.error ? (
        <ErrorState error={report.error} onRetry={report.refetch} />
      ) : (
        <div role="status" aria-label="Loading the split" className="grid gap-5">
          <Skeleton className="h-36 rounded-xl" />
          <Skeleton className="h-88 rounded-xl" />
        </div>
      )}
      {query && <ExplainDrawer query={query} dimension={dimension?.name ?? ''} />}
    </>
  )
}
