import type { RunFailure } from '../contract/runs'
import { database } from '../db/client'

export interface Waiting {
  /** Days of the range wait to be computed. */
  stale: boolean
  /** Why they still do: the last run that was to compute them ended in an error. */
  failure: RunFailure | null
}

const dayOf = (time: Date) => time.toISOString().slice(0, 10)

/** Whether days in [from, to) of some dimensions, or of splits that they go by, wait to be computed. */
export async function readWaiting({
  from,
  to,
  ids,
}: {
  from: Date
  to: Date
  ids: readonly string[]
}): Promise<Waiting> {
  const { prisma } = await database()
  const last = new Date(to.getTime() - 1)
  const [waiting] = await prisma.$queryRaw<{ days: boolean; telemetry: boolean }[]>`
    SELECT EXISTS (
        SELECT 1 FROM stale_day WHERE day >= ${dayOf(from)}::date AND day <= ${dayOf(last)}::date
          AND ("dimensionId" = '' OR "dimensionId" IN (SELECT jsonb_array_elements_text(${JSON.stringify(ids)}::text::jsonb)))
      ) AS days,
      EXISTS (SELECT 1 FROM stream WHERE "projectedSeq" < "lastSeq") AS telemetry`
  if (!waiting?.days) return { stale: waiting?.telemetry ?? false, failure: null }
  // A run takes on all that waits when it begins: the last one that ended is the one that these days had.
  const run = await prisma.allocationRun.findFirst({
    where: { status: { not: 'running' } },
    orderBy: { id: 'desc' },
    select: { id: true, status: true, error: true, finishedAt: true, startedAt: true },
  })
  if (run?.status !== 'failed') return { stale: true, failure: null }
  const at = (run.finishedAt ?? run.startedAt).toISOString()
  return { stale: true, failure: { run_id: run.id, at, error: run.error ?? 'The run gave no reason.' } }
}
