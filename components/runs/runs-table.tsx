import Link from 'next/link'
import { RowTh, Table, Td, Th } from '@/components/ui/table'
import { When } from '@/components/ui/when'
import type { AllocationRun } from '@/lib/contract/runs'
import { counted } from '@/lib/presentation/explain-words'
import { formatCount } from '@/lib/presentation/money'
import { changeOf, runDuration } from '@/lib/presentation/run-words'
import { RunCauses } from './run-causes'
import { RunStatus } from './run-status'

/** `2 dimensions changed` */
function outcome({ changes, status }: AllocationRun): string {
  if (status !== 'completed') return '–'
  const changed = new Set(changes.flatMap((change) => (changeOf(change).same ? [] : [change.dimension_id]))).size
  return changed === 0 ? 'No sum changed' : `${counted(changed, 'dimension')} changed`
}

export function RunsTable({ runs }: { runs: readonly AllocationRun[] }) {
  return (
    <Table caption="Allocation runs, newest first">
      <thead>
        <tr>
          <Th>Run</Th>
          <Th>Status</Th>
          <Th>Because of</Th>
          <Th>Outcome</Th>
          <Th numeric>Days</Th>
          <Th numeric>Took</Th>
          <Th>Started</Th>
        </tr>
      </thead>
      <tbody>
        {runs.map((run) => (
          <tr key={run.id} className="align-top hover:bg-muted/50">
            <RowTh className="tnum whitespace-nowrap">
              <Link href={`/runs/${run.id}`} className="text-accent underline underline-offset-4">
                <span className="sr-only">Run </span>#{run.id}
              </Link>
            </RowTh>
            <Td className="whitespace-nowrap">
              <RunStatus run={run} />
            </Td>
            <Td className="min-w-52">
              <RunCauses causes={run.causes} most={3} />
            </Td>
            <Td className="whitespace-nowrap text-soft">{outcome(run)}</Td>
            <Td numeric>{formatCount(run.days)}</Td>
            <Td numeric suppressHydrationWarning>
              {runDuration(run, new Date())}
            </Td>
            <Td className="text-soft">
              <When time={run.started_at} />
            </Td>
          </tr>
        ))}
      </tbody>
    </Table>
  )
}
