import { z } from 'zod'
import { readRows } from '../db/read-rows'

/** What counts of an import: its lines of one billing month. */
export interface CountedPart {
  importId: string
  month: Date
}

/** The parts of imports as a WHERE over cost_lines; the ids and dates are our own, so they may stand in the text. */
export function linesOfSql(parts: readonly CountedPart[]): string {
  if (parts.length === 0) return '0'
  const ids = parts.map(
    ({ importId, month }) => `partitionId(toUUID('${importId}'), toDate('${month.toISOString().slice(0, 10)}'))`,
  )
  // The table's partition: told once a part, not once a line.
  return `_partition_id IN (${ids.join(', ')})`
}

const periodRow = z.object({ importIds: z.array(z.string()), month: z.coerce.date() })

/** What counts: the imports that hold each source's billing month (DESIGN §2, the pointer). */
export async function currentParts(): Promise<CountedPart[]> {
  const periods = await readRows({
    sql: `SELECT "importIds", to_char(month, 'YYYY-MM-DD') AS month FROM cost_period ORDER BY cost_period.month, source`,
    schema: periodRow,
  })
  return periods.flatMap(({ importIds, month }) => importIds.map((importId) => ({ importId, month })))
}

/** Which cost lines count, as a WHERE over cost_lines. */
export async function currentLinesSql(): Promise<string> {
  return linesOfSql(await currentParts())
}

/** Lines whose charge starts in [from, to); whole seconds, UTC. */
export function startingInSql({ from, to }: { from: Date; to: Date }): string {
  const seconds = (date: Date) => Math.floor(date.getTime() / 1000)
  const day = (date: Date) => `toDate('${date.toISOString().slice(0, 10)}')`
  // The day comes first in the table's order; the exact bounds follow for ranges that start within a day.
  return `toDate(ChargePeriodStart) >= ${day(from)} AND toDate(ChargePeriodStart) <= ${day(to)}
    AND ChargePeriodStart >= toDateTime(${seconds(from)}, 'UTC') AND ChargePeriodStart < toDateTime(${seconds(to)}, 'UTC')`
}
