import { z } from 'zod'
import type { RunFailure } from '../contract/runs'
import { database } from '../db/client'
import { literal, readRows } from '../db/read-rows'

export interface Waiting {
  /** Days of the range wait to be computed. */
  stale: boolean
  /** Why they still do: the last run that was to compute them ended in an error. */
  failure: RunFailure | null
}

const waitingRow = z.object({ days: z.boolean(), telemetry: z.boolean() })

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
  const last = new Date(to.getTime() - 1)
  const [waiting] = await readRows({
    sql: `SELECT EXISTS (
        SELECT 1 FROM stale_day WHERE day >= '${dayOf(from)}' AND day <= '${dayOf(last)}'
          AND "dimensionId" IN (${['', ...ids].map(literal).join(', ')})
      ) AS days,
      EXISTS (SELECT 1 FROM stream WHERE "projectedSeq" < "lastSeq") AS telemetry`,
    schema: waitingRow,
  })
  if (!waiting?.days) return { stale: waiting?.telemetry ?? false, failure: null }
  const { prisma } = await database()
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
