import { z } from 'zod'
import { database } from '../../db/client'
import type { CostImportModel } from '../../db/generated/models'
import { enqueue, wake } from '../../jobs/queue'
import { markStale } from '../../runs/stale-days'
import { warehouse } from '../../warehouse/client'
import { Cancelled } from './cancelled'

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
  const replaced = await prisma.costPeriod.findMany({
    where: { source: row.source, month: { in: months.map(({ month }) => new Date(month)) }, importId: { not: row.id } },
  })
  const replacedIds = [...new Set(replaced.map((period) => period.importId))]
  const before = replacedIds.length > 0 ? await monthsOf(replacedIds) : []
  const days = [...new Set([...months, ...before].flatMap((month) => month.days))].sort()
  await prisma.$transaction(async (tx) => {
    // Whoever cancels meanwhile is heard before anything counts, or finds the import completed.
    const { cancelledAt } = await tx.costImport.update({
      where: { id: row.id },
      data: {
        status: 'completed',
        bytesRead: row.bytes,
        rowsRead: counts.rows,
        rowsAccepted: counts.rows - counts.rejected,
        rowsRejected: counts.rejected,
        finishedAt: new Date(),
      },
    })
    if (cancelledAt) throw new Cancelled()
    for (const { month, rows } of months) {
      const id = { source: row.source, month: new Date(month) }
      const data = { importId: row.id, rows: BigInt(rows) }
      await tx.costPeriod.upsert({ where: { source_month: id }, create: { ...id, ...data }, update: data })
    }
    await tx.auditEvent.create({ data: { actor: row.createdBy, action: 'cost_import.complete', target: row.id } })
    await markStale({ tx, days })
    for (const importId of replacedIds) await enqueue({ tx, name: 'drop-partitions', data: { importId } })
  })
  await wake('recompute-days', 'drop-partitions')
}
