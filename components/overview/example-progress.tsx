'use client'
import { useQueryClient } from '@tanstack/react-query'
import { Check, LoaderCircle } from 'lucide-react'
import { useQueryStates } from 'nuqs'
import { useEffect } from 'react'
import { ErrorNote } from '@/components/feedback/error-note'
import { Note } from '@/components/feedback/note'
import { PageHeader } from '@/components/layout/page-header'
import { Button } from '@/components/ui/button'
import { Card } from '@/components/ui/card'
import { cn } from '@/components/ui/cn'
import { useAllocations } from '@/lib/client/allocations'
import { useCostImport } from '@/lib/client/cost-imports'
import type { WorkspaceState } from '@/lib/contract/workspace'
import { hasSplit } from '@/lib/presentation/checklist'
import { defaultRange } from '@/lib/presentation/date-range'
import { isZero } from '@/lib/presentation/exact'
import { exampleSteps } from '@/lib/presentation/example-steps'
import { overviewParams } from '@/lib/presentation/search-params'

/** Watches the example come in, and gives way to the chart when it stands. */
export function ExampleProgress({ importId, workspace }: { importId: string; workspace: WorkspaceState }) {
  const client = useQueryClient()
  const [, setParams] = useQueryStates(overviewParams)
  const bill = useCostImport(importId)
  const { first_day: first, last_day: last } = workspace
  const ready = hasSplit(workspace) && workspace.telemetry && bill.data?.status === 'completed' && first && last
  const split = useAllocations(
    ready
      ? {
          dimension: workspace.allocation_dimensions[0]?.id ?? '',
          ...defaultRange(first, last),
          metric: 'BilledCost',
          granularity: 'daily',
          currency: null,
        }
      : null,
  )
  const done = split.data?.up_to_date === true && !isZero(split.data.totals.cost)
  useEffect(() => {
    if (!done) return
    client.invalidateQueries()
    setParams({ example: null, metric: 'BilledCost' })
  }, [done, client, setParams])

  const error = bill.error ?? split.error
  const failed = bill.data?.status === 'failed' || bill.data?.status === 'cancelled'
  return (
    <>
      <PageHeader title="Loading the example" description="This takes a few seconds. The chart opens by itself." />
      <Card title="Progress" flush>
        <ol className="divide-y border-t" aria-live="polite">
          {exampleSteps({ bill: bill.data, workspace, split: ready ? done : null }).map((step, index) => (
            <li key={step.title} className="flex items-center gap-4 px-4 py-3 sm:px-5">
              <span
                aria-hidden
                className={cn(
                  'tnum grid size-6 shrink-0 place-items-center rounded-full border text-xs font-semibold text-soft',
                  step.state === 'done' && 'border-transparent bg-ok-soft text-ok',
                )}
              >
                {step.state === 'done' && <Check className="size-3.5" />}
                {step.state === 'current' && <LoaderCircle className="size-3.5 animate-spin text-accent" />}
                {step.state === 'ahead' && index + 1}
              </span>
              <div className="min-w-0">
                <p className="text-[13px] font-medium">
                  {step.title}
                  <span className="sr-only">, {step.state === 'ahead' ? 'to come' : step.state}</span>
                </p>
                <p className="text-[13px] text-soft">{step.detail}</p>
              </div>
            </li>
          ))}
        </ol>
      </Card>
      {error && <ErrorNote error={error} />}
      {failed && <Note tone="warning">The import ended without a bill: {bill.data?.error ?? 'it was cancelled'}.</Note>}
      {(error || failed) && (
        <div>
          <Button onClick={() => setParams({ example: null })}>Back to the start</Button>
        </div>
      )}
    </>
  )
}
