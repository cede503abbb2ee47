'use client'
import { ErrorState } from '@/components/feedback/error-state'
import { Note } from '@/components/feedback/note'
import { FailureNote } from '@/components/runs/failure-note'
import { Skeleton } from '@/components/ui/skeleton'
import type { CostKeys } from '@/lib/contract/explorer'
import { ExplorerControls } from './explorer-controls'
import { ExplorerReport } from './explorer-report'
import { FilterBar } from './filter-bar'
import { GroupBar } from './group-bar'
import { Trail } from './trail'
import { useExplorer } from './use-explorer'

export function ExplorerView({ costKeys }: { costKeys: CostKeys }) {
  const explorer = useExplorer(costKeys)
  const { report, query, isFallback } = explorer
  return (
    <>
      <div className="grid gap-3">
        <ExplorerControls explorer={explorer} />
        <section aria-label="How it is cut" className="flex flex-wrap items-center gap-x-6 gap-y-2">
          <GroupBar explorer={explorer} />
          <FilterBar explorer={explorer} />
        </section>
      </div>
      <Trail explorer={explorer} />
      {isFallback && (
        <Note>
          Most lines of the bills have no effective cost, so billed cost is shown. Choose a metric to change it.
        </Note>
      )}
      <FailureNote failure={report.data?.failure ?? null} what="Shares" />
      {report.data && !report.data.up_to_date && !report.data.failure && (
        <Note>A split that this goes by is being computed again; its shares follow within seconds.</Note>
      )}
      {report.error ? (
        <ErrorState error={report.error} onRetry={report.refetch} />
      ) : report.data && query ? (
        <ExplorerReport explorer={explorer} report={report.data} query={query} stale={report.isPlaceholderData} />
      ) : (
        <div role="status" aria-label="Loading the costs" className="grid gap-5">
          <Skeleton className="h-20 rounded-xl" />
          <Skeleton className="h-96 rounded-xl" />
        </div>
      )}
    </>
  )
}
