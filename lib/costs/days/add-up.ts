import { z } from 'zod'
import { COST_DAY_COLUMNS, COST_DAY_METRICS } from '../../allocation/days-told'
import { database } from '../../db/client'
import { throwIfStopping } from '../../stopping'
import { warehouse } from '../../warehouse/client'
import { digestOf } from '../digest/read'
import { dropPartitions } from '../import/drop-lines'
import { inSlices } from '../slices'

/** Lines added up at once: their groups take a few hundred MB at most. */
const MOST_LINES = 500_000

const countRow = z.object({ n: z.coerce.number() })

/** Whether an import counts for some month, or may again. */
async function isKept(importId: string): Promise<boolean> {
  const { prisma } = await database()
  const kept = await prisma.costPeriod.count({
    where: { OR: [{ importIds: { has: importId } }, { previousImportIds: { has: importId } }] },
  })
  return kept > 0
}

/** Its days in their order, with how many lines each has. */
async function daysOf(importId: string): Promise<{ day: string; lines: number }[]> {
  const { shape } = await digestOf(importId)
  const days = new Map<string, number>()
  for (const { day, lines } of shape) days.set(day, (days.get(day) ?? 0) + lines)
  return [...days].map(([day, lines]) => ({ day, lines })).sort((a, b) => (a.day < b.day ? -1 : 1))
}

/** The sums of the lines that start on some days, as an INSERT. */
function addUpSql({
  importId,
  attempt,
  first,
  last,
}: {
  importId: string
  attempt: number
  first: string
  last: string
}) {
  const texts = [...COST_DAY_COLUMNS, 'Tags'].join(', ')
  const sums = COST_DAY_METRICS.map((metric) => `sum(${metric})`).join(', ')
  return `INSERT INTO cost_days (ImportId, BillingMonth, Attempt, ChargePeriodStart, line_count, ${COST_DAY_METRICS.join(', ')}, ${texts})
    SELECT ImportId, BillingMonth, ${attempt}, toDateTime(toDate(l.ChargePeriodStart), 'UTC') AS day, count(), ${sums}, ${texts}
    FROM cost_lines AS l WHERE ImportId = toUUID('${importId}')
      AND toDate(l.ChargePeriodStart) >= toDate('${first}') AND toDate(l.ChargePeriodStart) <= toDate('${last}')
    GROUP BY ImportId, BillingMonth, day, ${texts}`
}

/** Writes an attempt's sums, whole or with an error. */
async function writeDays({ importId, attempt }: { importId: string; attempt: number }): Promise<void> {
  const { query, command } = await warehouse()
  const days = await daysOf(importId)
  await inSlices(
    days,
    async (some) => {
      throwIfStopping()
      const [first, last] = [some[0]?.day, some.at(-1)?.day]
      if (first === undefined || last === undefined) return 'enough'
      await command({ query: addUpSql({ importId, attempt, first, last }) })
      return undefined
    },
    { first: MOST_LINES, most: MOST_LINES },
  )
  const [held] = await query({
    query: `SELECT sum(line_count) AS n FROM cost_days WHERE ImportId = toUUID('${importId}') AND Attempt = ${attempt}`,
    schema: countRow,
  })
  if (held?.n !== days.reduce((sum, { lines }) => sum + lines, 0)) {
    throw new Error(`import ${importId}: ${held?.n} lines are added up by day, which is not all; it is tried again`)
  }
  await mergeDays({ importId, attempt })
}

/**
 * Adds up the lines of a published import by day, for reports that tell no hours apart. Until it is done, and where it
 * fails, they go by the lines. Two attempts at once do no harm: each writes its own, the first that is whole counts and
 * is never touched again, and the others go.
 */
export async function addUpDays(importId: string): Promise<void> {
  const { prisma } = await database()
  if (!(await isKept(importId))) return
  const [started] = await prisma.costImport.updateManyAndReturn({
    where: { id: importId, daysWhole: null },
    data: { daysAttempt: { increment: 1 } },
    select: { daysAttempt: true },
  })
  if (!started) return
  const attempt = started.daysAttempt
  const isMine = (partition: string) => partition.endsWith(`,${attempt})`)
  let counts = false
  try {
    await writeDays({ importId, attempt })
    const whole = await prisma.costImport.updateMany({
      where: { id: importId, daysWhole: null },
      data: { daysWhole: attempt },
    })
    counts = whole.count > 0
  } finally {
    const keep = (partition: string) => isMine(partition) === counts
    await dropPartitions({ table: 'cost_days', importId, keep })
  }
  // What was dropped meanwhile must not leave its days behind.
  if (!(await isKept(importId))) await dropPartitions({ table: 'cost_days', importId })
}

/** One part a month, so that nobody's report waits for the engine's own merging. */
async function mergeDays({ importId, attempt }: { importId: string; attempt: number }): Promise<void> {
  const { command } = await warehouse()
  const { shape } = await digestOf(importId)
  for (const month of [...new Set(shape.map((row) => row.month))].sort()) {
    throwIfStopping()
    const partition = `(toUUID('${importId}'), toDate('${month}'), ${attempt})`
    await command({ query: `OPTIMIZE TABLE cost_days PARTITION ${partition} FINAL` })
  }
}

/** Imports that count and are not added up yet. */
export async function importsWithoutDays(): Promise<string[]> {
  const { prisma } = await database()
  const periods = await prisma.costPeriod.findMany({ select: { importIds: true } })
  const rows = await prisma.costImport.findMany({
    where: { id: { in: periods.flatMap(({ importIds }) => importIds) }, daysWhole: null },
    select: { id: true },
  })
  return rows.map(({ id }) => id)
}
