import { z } from 'zod'
import { database } from '../db/client'
import { warehouse } from '../warehouse/client'

const partRow = z.object({ table: z.string(), partition: z.string() })

/** A trial takes seconds: one that is older, on a server that others use too, has lost its process. */
const LOST = 'now() - INTERVAL 1 HOUR'

/** Removes what a process that ended in the middle left behind: cells that were only tried out, and runs that go on for ever. */
export async function tidyUp(): Promise<void> {
  const { query, command, embedded } = await warehouse()
  const left = await query({
    query: `SELECT table, partition FROM system.parts
      WHERE active AND database = currentDatabase() AND table IN ('trial_cell', 'trial_rule_value')
      GROUP BY table, partition ${embedded ? '' : `HAVING max(modification_time) < ${LOST}`} ORDER BY table, partition`,
    schema: partRow,
  })
  for (const { table, partition } of left) await command({ query: `ALTER TABLE ${table} DROP PARTITION ${partition}` })
  const db = await database()
  // Embedded there is no other process. Else a run that is taken up again has been waiting for longer than this.
  const before = new Date(Date.now() - (db.embedded ? 0 : 3_600_000))
  await db.prisma.allocationRun.updateMany({
    where: { status: 'running', startedAt: { lt: before } },
    data: { status: 'stopped', error: 'The server ended in the middle of it.', finishedAt: new Date() },
  })
}
