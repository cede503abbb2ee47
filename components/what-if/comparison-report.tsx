'use client'
import { Download } from 'lucide-react'
import { ComparisonChart } from '@/components/charts/comparison-chart'
import { ErrorNote } from '@/components/feedback/error-note'
import { Note } from '@/components/feedback/note'
import { FailureNote } from '@/components/runs/failure-note'
import { Button } from '@/components/ui/button'
import { Card } from '@/components/ui/card'
import type { useSaveComparison } from '@/lib/client/what-if'
import type { RunFailure } from '@/lib/contract/runs'
import type { Comparison } from '@/lib/presentation/what-if/comparison'
import { ComparisonTable } from './comparison-table'

/** Chart, table and CSV of a comparison. */
export function ComparisonReport({
  comparison,
  title,
  upToDate,
  failure,
  csv,
  onCsv,
  onAll,
  all,
}: {
  comparison: Comparison
  title: string
  upToDate: boolean
  failure: RunFailure | null
  csv: ReturnType<typeof useSaveComparison>
  onCsv: () => void
  all: boolean
  onAll: () => void
}) {
  const failed = comparison.columns.filter(({ error }) => error !== null)
  return (
    <>
      <FailureNote failure={failure} />
      {!upToDate && !failure && <Note>Some days are being computed again: what is now may change in seconds.</Note>}
      {failed.map(({ name, error }) => (
        <Note key={name} tone="warning">
          <strong className="font-semibold">{name}</strong>: {error}
        </Note>
      ))}
      <Card title={title} description="The largest elements, by each way to split">
        <ComparisonChart comparison={comparison} />
      </Card>
      <Card
        title="Amounts"
        description="With each element’s share, and the difference to now. Every column adds up to the same total."
        actions={
          <>
            {(all || comparison.elements.inOther > 0) && (
              <Button size="sm" variant="ghost" onClick={onAll}>
                {all ? 'Only the largest' : `All ${comparison.elements.all} elements`}
              </Button>
            )}
            <Button pending={csv.isPending} onClick={onCsv}>
              <Download aria-hidden /> CSV
            </Button>
          </>
        }
        flush
      >
        {csv.error && (
          <div className="px-4 pb-3 sm:px-5">
            <ErrorNote error={csv.error} />
          </div>
        )}
        <ComparisonTable comparison={comparison} caption={title} scrolls={all} />
      </Card>
    </>
  )
}
