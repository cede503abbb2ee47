import { database } from '../db/client'

/**
 * Which cost lines count: those of the import that holds each source's billing month (DESIGN §2, the pointer). As a
 * WHERE over cost_lines; the ids and dates are our own, so they may stand in the text.
 */
export async function currentLinesSql(): Promise<string> {
  const { prisma } = await database()
  const periods = await prisma.costPeriod.findMany({ select: { importId: true, month: true } })
  if (periods.length === 0) return '0'
  const pairs = periods.map(
    ({ importId, month }) => `(toUUID('${importId}'), toDate('${month.toISOString().slice(0, 10)}'))`,
  )
  return `(ImportId, BillingMonth) IN (${pairs.join(', ')})`
}

/** Lines whose charge starts in [from, to); whole seconds, UTC. */
export function startingInSql({ from, to }: { from: Date; to: Date }): string {
  const seconds = (date: Date) => Math.floor(date.getTime() / 1000)
  const day = (date: Date) => `toDate('${date.toISOString().slice(0, 10)}')`
  // The day comes first in the table's order; the exact bounds follow for ranges that start within a day.
  return `toDate(ChargePeriodStart) >= ${day(from)} AND toDate(ChargePeriodStart) <= ${day(to)}
    AND ChargePeriodStart >= toDateTime(${seconds(from)}, 'UTC') AND ChargePeriodStart < toDateTime(${seconds(to)}, 'UTC')`
}
