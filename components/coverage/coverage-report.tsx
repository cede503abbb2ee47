import { CalendarCheck2 } from 'lucide-react'
import { EmptyState } from '@/components/feedback/empty-state'
import { ErrorState } from '@/components/feedback/error-state'
import { Card } from '@/components/ui/card'
import { cn } from '@/components/ui/cn'
import { Skeleton } from '@/components/ui/skeleton'
import type { useCoverage } from '@/lib/client/coverage'
import { SplitCoverage } from './split-coverage'

/** The answer to a question about coverage, whatever it is about. */
export function CoverageReportView({ query }: { query: ReturnType<typeof useCoverage> }) {
  const { data: report, error, refetch, isPlaceholderData } = query
  if (error) return <ErrorState error={error} onRetry={refetch} />
  if (!report) {
    return (
      <div role="status" aria-label="Loading the coverage">
        <Skeleton className="h-64 rounded-xl" />
      </div>
    )
  }
  if (report.splits.length === 0) {
    return (
      <Card title="Coverage">
        <EmptyState icon={CalendarCheck2} title="No split goes by this stream">
          Name it under Streams of an Allocation dimension; then its days stand here beside the cost that they split.
        </EmptyState>
      </Card>
    )
  }
  return (
    <div className={cn('grid min-w-0 gap-5', isPlaceholderData && 'opacity-60')} aria-busy={isPlaceholderData}>
      {report.splits.map((split) => (
        <SplitCoverage key={split.dimension_id} report={report} split={split} />
      ))}
    </div>
  )
}
