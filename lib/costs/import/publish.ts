import { z } from 'zod'
import { database } from '../../db/client'
import type { CostImportModel } from '../../db/generated/models'
import { enqueue, wake } from '../../jobs/queue'
import { markStale } from '../../runs/stale-days'
import { warehouse } from '../../warehouse/client'
import { Cancelled, Superseded } from './interrupted'

const monthRow = z.object({ month: z.string(), rows: z.string(), days: z.array(z.string()) })

async function monthsOf(importIds: readonly string[]) {
  const { query } = await warehouse()
  return query({
    query: `SELECT toString(BillingMonth) AS month, count() AS rows, arrayMap(d -> toString(d), groupUniqArray(toDate(ChargePeriodStart))) AS days
      FROM cost_lines WHERE ImportId IN ({ids:Array(UUID)}) GROUP BY BillingMonth ORDER BY BillingMonth`,
    params: { ids: importIds },
    schema: monthRow,
  })
}

/** A reader, or a run, that has just asked which lines count must still find them. */
const DROP_AFTER_SECONDS = 5

/** Another process wrote lines of the same import: it has to be started again. */
export class LinesDiffer extends Error {
  constructor(importId: string, held: number, expected: number) {
    super(`import ${importId} holds ${held} lines where ${expected} were accepted; it is started again`)
  }
}

/**
 * Makes a whole import the one that counts for its source's billing months: one transaction moves the pointers, marks
 * the days of the old and the new lines, and has what they replaced dropped. Importing a bill again never doubles it.
 */
export async function publishImport({
  row,
  counts,
}: {
  row: CostImportModel
  counts: { rows: number; rejected: number }
}): Promise<void> {
  const { prisma } = await database()
  const months = await monthsOf([row.id])
  const held = months.reduce((sum, { rows }) => sum + Number(rows), 0)
  if (held !== counts.rows - counts.rejected) throw new LinesDiffer(row.id, held, counts.rows - counts.rejected)
  const replaced = await prisma.costPeriod.findMany({
    where: { source: row.source, month: { in: months.map(({ month }) => new Date(month)) }, importId: { not: row.id } },
  })
  const replacedIds = [...new Set(replaced.map((period) => period.importId))]
  const before = replacedIds.length > 0 ? await monthsOf(replacedIds) : []
  const days = [...new Set([...months, ...before].flatMap((month) => month.days))].sort()
  await prisma.$transaction(async (tx) => {
    // Whoever cancels meanwhile is heard before anything counts, or finds the import completed.
    const [mine] = await tx.costImport.updateManyAndReturn({
      where: { id: row.id, attempt: row.attempt },
      data: {
        status: 'completed',
        bytesRead: row.bytes,
        rowsRead: counts.rows,
        rowsAccepted: counts.rows - counts.rejected,
        rowsRejected: counts.rejected,
        finishedAt: new Date(),
      },
    })
    if (!mine) throw new Superseded()
    if (mine.cancelledAt) throw new Cancelled()
    for (const { month, rows } of months) {
      const id = { source: row.source, month: new Date(month) }
      const data = { importId: row.id, rows: BigInt(rows) }
      await tx.costPeriod.upsert({ where: { source_month: id }, create: { ...id, ...data }, update: data })
    }
    await tx.auditEvent.create({ data: { actor: row.createdBy, action: 'cost_import.complete', target: row.id } })
    await markStale({ tx, days })
    for (const importId of replacedIds) {
      await enqueue({ tx, name: 'drop-partitions', data: { importId }, afterSeconds: DROP_AFTER_SECONDS })
    }
  })
  await wake('recompute-days')
}
