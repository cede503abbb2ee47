import type { Database } from '../db/client'

/** A chunk of a bill takes seconds, a projection less: what was silent for so long has no process any more. */
const SILENCE = '2 minutes'

/**
 * Hands what a dead process was at to the living. Embedded there is no other process, so whatever is "active" when
 * this one starts was cut off. On a shared PostgreSQL an import tells by its heartbeat; the other jobs are short, and
 * harmless to do twice.
 */
export async function takeOverJobs(db: Database): Promise<void> {
  if (db.embedded) {
    await db.executeSql("UPDATE pgboss.job SET state = 'retry' WHERE state = 'active'")
    return
  }
  await db.executeSql(
    `UPDATE pgboss.job SET state = 'retry'
     WHERE state = 'active' AND CASE WHEN name = 'import-costs'
       THEN data ->> 'importId' IN (
         SELECT id FROM cost_import WHERE status = 'running' AND "heartbeatAt" < now() AT TIME ZONE 'UTC' - $1::interval
       )
       ELSE name IN ('project-telemetry', 'recompute-days', 'add-up-days', 'drop-partitions', 'drop-old-runs') AND started_on < now() - $1::interval
     END`,
    [SILENCE],
  )
}
