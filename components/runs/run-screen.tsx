'use client'
import { ErrorState } from '@/components/feedback/error-state'
import { BackLink } from '@/components/layout/back-link'
import { PageHeader } from '@/components/layout/page-header'
import { Card } from '@/components/ui/card'
import { Progress } from '@/components/ui/progress'
import { Skeleton } from '@/components/ui/skeleton'
import { useRun } from '@/lib/client/runs'
import { runPercent } from '@/lib/presentation/run-words'
import { RunCauses } from './run-causes'
import { RunChanges } from './run-changes'
import { RunFacts } from './run-facts'
import { RunStatus } from './run-status'

export function RunScreen({ id }: { id: number }) {
  const { data: run, error, refetch } = useRun(id)
  return (
    <>
      <div className="grid gap-2">
        <BackLink href="/runs" label="Runs" />
        <PageHeader title={`Run ${id}`} badge={run && <RunStatus run={run} />} />
      </div>
      {run ? (
        <>
          {run.status === 'running' && (
            <Card title="Progress" description={`${run.days_done} of ${run.days} days`}>
              <Progress label={`Run ${run.id}`} percent={runPercent(run)} />
            </Card>
          )}
          {run.error && (
            <div role="alert" className="grid gap-1 rounded-lg bg-bad-soft px-3.5 py-2.5 text-[13px] text-bad">
              <p className="font-medium">
                {run.status === 'stopped' ? 'It was stopped' : 'It failed'}: the last good run stays in force.
              </p>
              <p className="break-words whitespace-pre-wrap">{run.error}</p>
            </div>
          )}
          <div className="grid items-start gap-5 lg:grid-cols-2">
            <Card title="Because of">
              <div className="text-[13px]">
                <RunCauses causes={run.causes} />
              </div>
            </Card>
            <RunFacts run={run} />
          </div>
          <RunChanges run={run} />
        </>
      ) : error ? (
        <ErrorState error={error} onRetry={refetch} />
      ) : (
        <div role="status" aria-label="Loading the run" className="grid gap-5">
          <Skeleton className="h-40 rounded-xl" />
          <Skeleton className="h-64 rounded-xl" />
        </div>
      )}
    </>
  )
}
