'use client'
import { ErrorState } from '@/components/feedback/error-state'
import { PageHeader } from '@/components/layout/page-header'
import { Skeleton } from '@/components/ui/skeleton'
import { useCostformation } from '@/lib/client/costformation'
import { DefinitionWorkbench } from './definition-workbench'
import { DimensionList } from './dimension-list'

export function DimensionsScreen() {
  const { data, error, refetch } = useCostformation()
  return (
    <>
      <PageHeader
        title="Dimensions"
        description="Rules that give each cost line an element, and splits of what is shared. Written as CostFormation YAML, or filled into a form: both are the same document."
      />
      {data !== undefined ? (
        <DefinitionWorkbench latest={data} />
      ) : (
        <div className="grid items-start gap-5 xl:grid-cols-[minmax(0,3fr)_minmax(0,2fr)]">
          {error ? <ErrorState error={error} onRetry={refetch} /> : <Skeleton className="h-120 rounded-xl" />}
          <DimensionList />
        </div>
      )}
    </>
  )
}
