import { daysOfRunsSql } from '../allocation/days-sql'
import { database } from '../db/client'

export interface RunsInForce {
  /** Over allocation_cell and allocation_result: the rows of these runs and days. */
  condition: string
  /** Newest first. */
  ids: number[]
  /** The definition that the newest went by; null where nothing has been computed. */
  definitionVersion: number | null
  computedAt: Date | null
}

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
  const { prisma } = await database()
  const first = from.toISOString().slice(0, 10)
  const last = new Date(to.getTime() - 1).toISOString().slice(0, 10)
  const rows = await prisma.$queryRaw<{ day: string; runId: number; version: number; finishedAt: Date | null }[]>`
    SELECT to_char(p.day, 'YYYY-MM-DD') AS day, p."runId", r."definitionVersion" AS version, r."finishedAt"
    FROM allocation_pointer p JOIN allocation_run r ON r.id = p."runId"
    WHERE p."dimensionId" = ${dimensionId} AND p.day >= ${first}::date AND p.day <= ${last}::date ORDER BY p."runId" DESC`
  return {
    condition: daysOfRunsSql(rows),
    ids: [...new Set(rows.map(({ runId }) => runId))],
    definitionVersion: rows[0]?.version ?? null,
    computedAt: rows[0]?.finishedAt ?? null,
  }
}
