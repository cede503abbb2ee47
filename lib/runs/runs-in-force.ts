import { z } from 'zod'
import { daysOfRunsSql } from '../allocation/days-sql'
import { literal, readRows } from '../db/read-rows'

export interface RunsInForce {
  /** Over allocation_cell and allocation_result: the rows of these runs and days. */
  condition: string
  /** Newest first. */
  ids: number[]
  /** The definition that the newest went by; null where nothing has been computed. */
  definitionVersion: number | null
  computedAt: Date | null
}

const row = z.object({ day: z.string(), runId: z.number(), version: z.number(), finished: z.string().nullable() })

/** Which runs a reader sees of a dimension on the days of a range. */
export async function readRunsInForce({
  dimensionId,
  from,
  to,
}: {
  dimensionId: string
  from: Date
  /** Exclusive. */
  to: Date
}): Promise<RunsInForce> {
  const first = from.toISOString().slice(0, 10)
  const last = new Date(to.getTime() - 1).toISOString().slice(0, 10)
  const rows = await readRows({
    sql: `SELECT to_char(p.day, 'YYYY-MM-DD') AS day, p."runId", r."definitionVersion" AS version,
        to_char(r."finishedAt", 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') AS finished
      FROM allocation_pointer p JOIN allocation_run r ON r.id = p."runId"
      WHERE p."dimensionId" = ${literal(dimensionId)} AND p.day >= '${first}' AND p.day <= '${last}' ORDER BY p."runId" DESC`,
    schema: row,
  })
  return {
    condition: daysOfRunsSql(rows),
    ids: [...new Set(rows.map(({ runId }) => runId))],
    definitionVersion: rows[0]?.version ?? null,
    computedAt: rows[0]?.finished ? new Date(rows[0].finished) : null,
  }
}
