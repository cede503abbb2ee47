import type { Database } from '../db/client'

/** A chunk of a bill takes seconds; an import that was silent for so long has no process any more. */
const SILENCE = '2 minutes'

/**
 * Hands what a dead process was at to the living. Embedded there is no other process, so whatever is "active" when
 * this one starts was cut off. On a shared PostgreSQL an import tells by its heartbeat; other jobs are short, and the
 * queue's own expiry does.
 */
export async function takeOverJobs(db: Database): Promise<void> {
  if (db.embedded) {
    await db.executeSql("UPDATE pgboss.job SET state = 'retry' WHERE state = 'active'")
    return
  }
  await db.executeSql(
    `UPDATE pgboss.job SET state = 'retry'
     WHERE name = 'import-costs' AND state = 'active' AND data ->> 'importId' IN (
       SELECT id FROM cost_import WHERE status = 'running' AND "heartbeatAt" < now() AT TIME ZONE 'UTC' - $1::interval
     )`,
    [SILENCE],
  )
}
