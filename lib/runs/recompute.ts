import { buildRelation } from '../allocation/relation'
import { METRICS } from '../contract/common'
import { sqlString } from '../costformation/sql-literal'
import type { Dimension } from '../costformation/tree'
import { currentLinesSql } from '../costs/current-lines'
import { currentDigest } from '../costs/digest/read'
import { database } from '../db/client'
import { currentDefinition } from '../definitions/current'
import { allocatedDimensions, planStreams } from '../definitions/streams'
import { log } from '../log'
import { Stopping, throwIfStopping } from '../stopping'
import { warehouse } from '../warehouse/client'

/** Days and lines computed by one statement: they bound how long the embedded engine is held. */
const DAYS_A_STATEMENT = 7
const LINES_A_STATEMENT = 100_000

const isoDay = (date: Date) => date.toISOString().slice(0, 10)

/** Days in runs of few enough lines; a day of more stands alone. */
async function statements(days: readonly string[]): Promise<string[][]> {
  const { shape } = await currentDigest()
  const lines = new Map<string, number>()
  for (const row of shape) lines.set(row.day, (lines.get(row.day) ?? 0) + row.lines)
  const runs: string[][] = []
  let held = 0
  for (const day of days) {
    const run = runs.at(-1)
    const more = lines.get(day) ?? 0
    if (run && run.length < DAYS_A_STATEMENT && held + more <= LINES_A_STATEMENT) {
      run.push(day)
      held += more
    } else {
      runs.push([day])
      held = more
    }
  }
  return runs
}

async function computeDays({
  runId,
  dimension,
  days,
  ...input
}: Pick<Parameters<typeof buildRelation>[0], 'definition' | 'streams' | 'where'> & {
  runId: number
  dimension: Dimension
  days: readonly string[]
}) {
  const { command } = await warehouse()
  const list = days.map((day) => `toDate('${day}')`).join(', ')
  const relation = buildRelation({
    ...input,
    where: `${input.where} AND toDate(ChargePeriodStart) IN (${list})`,
    target: dimension.id,
    groupBy: [],
    filters: [],
  })
  await command({
    query: `INSERT INTO allocation_result
      (run_id, dimension_id, day, period_start, currency, element, reason, lines, ${METRICS.join(', ')})
      SELECT ${runId}, ${sqlString(dimension.id)}, toDate(r.cs) AS day, toStartOfHour(r.cs) AS period_start, r.currency, r.element, r.reason,
        sum(r.line_count), ${METRICS.map((metric) => `sum(r.${metric})`).join(', ')}
      FROM (${relation.sql}) AS r GROUP BY day, period_start, r.currency, r.element, r.reason`,
  })
}

/**
 * Computes the days that are out of date, for every dimension that a split reaches, under a new run id. When the run
 * is whole the pointers flip in one transaction: a reader sees one run or the next, never half (DESIGN §3).
 */
export async function recomputeDays(): Promise<void> {
  const { prisma } = await database()
  const projected = await prisma.stream.findMany({ select: { id: true, projectedSeq: true } })
  const stale = await prisma.staleDay.findMany({ orderBy: { day: 'asc' } })
  const { version, definition } = await currentDefinition()
  const streams = await planStreams()
  const dimensions = allocatedDimensions({ definition, streams })
  const days = stale.map((row) => isoDay(row.day))
  const run = days.length > 0 && dimensions.length > 0 ? await startRun({ version, days: days.length }) : null
  if (run) {
    try {
      for (const some of await statements(days)) {
        for (const dimension of dimensions) {
          throwIfStopping()
          // Asked for each time: what a bill that arrives meanwhile replaces is dropped a little later.
          const where = await currentLinesSql()
          await computeDays({ runId: run.id, dimension, definition, streams, where, days: some })
        }
        await prisma.allocationRun.update({ where: { id: run.id }, data: { daysDone: { increment: some.length } } })
      }
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error)
      await prisma.allocationRun.update({
        where: { id: run.id },
        data: {
          status: error instanceof Stopping ? 'stopped' : 'failed',
          error: message.slice(0, 2000),
          finishedAt: new Date(),
        },
      })
      throw error
    }
  }
  await prisma.$transaction(async (tx) => {
    if (run) {
      await tx.$executeRaw`
        INSERT INTO allocation_pointer AS p ("dimensionId", day, "runId")
        SELECT d.id, s.day::date, ${run.id}
        FROM jsonb_array_elements_text(${JSON.stringify(dimensions.map((dimension) => dimension.id))}::text::jsonb) AS d(id)
        CROSS JOIN jsonb_array_elements_text(${JSON.stringify(days)}::text::jsonb) AS s(day)
        ON CONFLICT ("dimensionId", day) DO UPDATE SET "runId" = EXCLUDED."runId" WHERE p."runId" < EXCLUDED."runId"`
      await tx.allocationRun.update({ where: { id: run.id }, data: { status: 'completed', finishedAt: new Date() } })
    }
    // A day that was marked again meanwhile has a higher token, and stays.
    await tx.$executeRaw`
      DELETE FROM stale_day s USING (
        SELECT (item ->> 0)::date AS day, (item ->> 1)::int AS token
        FROM jsonb_array_elements(${JSON.stringify(stale.map((row) => [isoDay(row.day), row.token]))}::text::jsonb) AS list(item)
      ) seen WHERE s.day = seen.day AND s.token = seen.token`
    await tx.$executeRaw`
      UPDATE stream s SET "availableSeq" = greatest(s."availableSeq", seen.seq)
      FROM (
        SELECT (item ->> 0)::int AS id, (item ->> 1)::int AS seq
        FROM jsonb_array_elements(${JSON.stringify(projected.map((row) => [row.id, row.projectedSeq]))}::text::jsonb) AS list(item)
      ) seen WHERE s.id = seen.id`
  })
  if (run) log.info({ run: run.id, days: days.length, dimensions: dimensions.length }, 'allocations computed')
}

async function startRun({ version, days }: { version: number; days: number }) {
  const { prisma } = await database()
  return prisma.allocationRun.create({ data: { reason: 'days out of date', definitionVersion: version, days } })
}
