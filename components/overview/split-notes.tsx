'use client'
import Link from 'next/link'
import { Note } from '@/components/feedback/note'
import { FailureNote } from '@/components/runs/failure-note'
import { Button } from '@/components/ui/button'
import { buttonClasses } from '@/components/ui/button-classes'
import type { WorkspaceState } from '@/lib/contract/workspace'
import { isZero } from '@/lib/presentation/exact'
import { METRIC_WORDS } from '@/lib/presentation/metrics'
import type { useSplit } from './use-split'

/** What a reader has to know before trusting the chart. */
export function SplitNotes({ split, workspace }: { split: ReturnType<typeof useSplit>; workspace: WorkspaceState }) {
  const { params, setParams, report, metric, zeroOf } = split
  const chosen = params.metric !== null && report.data && isZero(report.data.totals.cost) && !report.isPlaceholderData
  const other = (['EffectiveCost', 'BilledCost'] as const).find((one) => one !== metric && zeroOf[one] === false)
  return (
    <>
      <FailureNote failure={report.data?.failure ?? null} />
      {chosen && metric && other && (
        <Note
          tone="warning"
          action={
            <Button size="sm" onClick={() => setParams({ metric: other })}>
              Show {METRIC_WORDS[other].label.toLowerCase()}
            </Button>
          }
        >
          {METRIC_WORDS[metric].label} of this pool is zero in this range. {METRIC_WORDS[other].label} is not.
        </Note>
      )}
      {params.metric === null && metric === 'BilledCost' && (
        <Note>Shown as billed cost: the effective cost of this pool is zero in this range.</Note>
      )}
      {!workspace.telemetry && (
        <Note
          tone="warning"
          action={
            <Link href="/streams" className={buttonClasses({ size: 'sm' })}>
              Send telemetry
            </Link>
          }
        >
          No telemetry has arrived yet, so there is nothing to split this cost by.
        </Note>
      )}
    </>
  )
}
