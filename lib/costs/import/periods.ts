import { z } from 'zod'
import type { Transaction } from '../../db/client'
import { enqueue } from '../../jobs/queue'
import { warehouse } from '../../warehouse/client'
import { linesOfSql } from '../current-lines'

const dayRow = z.object({ day: z.string() })

/** The days on which lines of these imports start, in one billing month. */
export async function daysOf({ importIds, month }: { importIds: readonly string[]; month: Date }): Promise<string[]> {
  if (importIds.length === 0) return []
  const { query } = await warehouse()
  const rows = await query({
    query: `SELECT DISTINCT toString(toDate(ChargePeriodStart)) AS day FROM cost_lines WHERE ${linesOfSql(importIds.map((importId) => ({ importId, month })))}`,
    schema: dayRow,
  })
  return rows.map(({ day }) => day)
}

/** One change of a source's bills at a time: what counted before must be what the change saw. */
export async function lockSource({ tx, source }: { tx: Transaction; source: string }): Promise<void> {
  await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtext(${`bills of ${source}`}))`
}

/** A reader, or a run, that has just asked which lines count must still find them. */
const DROP_AFTER_SECONDS = 5

/** Has the lines dropped that neither count nor can be brought back, a little later. */
export async function dropForgotten({ tx, importIds }: { tx: Transaction; importIds: Iterable<string> }) {
  for (const importId of new Set(importIds)) {
    await enqueue({ tx, name: 'drop-partitions', data: { importId }, afterSeconds: DROP_AFTER_SECONDS })
  }
}
