'use client'
import { useQueryState } from 'nuqs'
import { ErrorState } from '@/components/feedback/error-state'
import { Skeleton } from '@/components/ui/skeleton'
import { useWorkspace } from '@/lib/client/workspace'
import { hasSplit } from '@/lib/presentation/checklist'
import { overviewParams } from '@/lib/presentation/search-params'
import { ExampleProgress } from './example-progress'
import { SplitScreen } from './split-screen'
import { Welcome } from './welcome'

export function OverviewScreen() {
  const [example] = useQueryState('example', overviewParams.example)
  const { data, error, refetch } = useWorkspace({ watch: example !== null })
  if (data && example !== null) return <ExampleProgress importId={example} workspace={data} />
  if (data) return hasSplit(data) ? <SplitScreen workspace={data} /> : <Welcome workspace={data} />
  if (error) return <ErrorState error={error} onRetry={refetch} />
  return (
    <div role="status" aria-label="Loading the overview" className="grid gap-5">
      <Skeleton className="h-8 w-48" />
      <Skeleton className="h-32 rounded-xl" />
      <Skeleton className="h-88 rounded-xl" />
    </div>
  )
}
