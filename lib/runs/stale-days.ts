import { z } from 'zod'
import type { RunCause } from '../contract/runs'
import type { StreamGranularity } from '../contract/streams'
import { sqlString } from '../costformation/sql-literal'
import type { AllocationDimension } from '../costformation/tree'
import { currentLinesSql } from '../costs/current-lines'
import { currentDigest } from '../costs/digest/read'
import { database, type Transaction } from '../db/client'
import { enqueue } from '../jobs/queue'
import { warehouse } from '../warehouse/client'
import { cellsInForce } from './cells-in-force'

/** Notes days as out of date and has them computed again; both with the change that made it necessary. */
export async function markStale({
  tx,
  days,
  dimensions = [''],
  cause,
}: {
  tx: Transaction
  days: readonly string[]
  /** Ids of the dimensions whose days they are; '' = every one. */
  dimensions?: readonly string[]
  cause: RunCause
}): Promise<void> {
  if (days.length > 0 && dimensions.length > 0) {
    await tx.$executeRaw`
      INSERT INTO stale_day (day, "dimensionId")
      SELECT d.value::date, i.value
      FROM jsonb_array_elements_text(${JSON.stringify(days)}::text::jsonb) AS d(value)
      CROSS JOIN jsonb_array_elements_text(${JSON.stringify(dimensions)}::text::jsonb) AS i(value)
      ON CONFLICT (day, "dimensionId") DO UPDATE SET token = EXCLUDED.token`
    await tx.staleCause.create({ data: { cause } })
  }
  await enqueue({ tx, name: 'recompute-days', data: {} })
}

/** Notes days of some dimensions as still out of date, after a run that has seen them. */
export async function keepStale({
  tx,
  work,
}: {
  tx: Transaction
  work: readonly { dimension: Pick<AllocationDimension, 'id'>; days: readonly string[] }[]
}): Promise<void> {
  const pairs = work.flatMap(({ dimension, days }) => days.map((day) => [day, dimension.id]))
  if (pairs.length === 0) return
  await tx.$executeRaw`
    INSERT INTO stale_day (day, "dimensionId")
    SELECT (item ->> 0)::date, item ->> 1 FROM jsonb_array_elements(${JSON.stringify(pairs)}::text::jsonb) AS list(item)
    ON CONFLICT (day, "dimensionId") DO NOTHING`
}

const dayRow = z.object({ day: z.string() })

/** Every day on which a cost line starts. */
export async function allCostDays(): Promise<string[]> {
  const { shape } = await currentDigest()
  return [...new Set(shape.map(({ day }) => day))].sort()
}

const ADD = { HOURLY: 'addHours', DAILY: 'addDays', MONTHLY: 'addMonths' } as const

/** Whether a bucket that starts at `t.b` counts for a charge from `p.cs` to `p.ce`: in its window, or to be carried. */
function countsSql({
  dimension,
  granularity,
}: {
  dimension: AllocationDimension
  granularity: StreamGranularity
}): string {
  const { window, gaps } = dimension
  const end = `${ADD[granularity]}(t.b, 1)`
  const inWindow = {
    SameBucket: `p.cs < ${end} AND p.ce > t.b`,
    PreviousMonth: 'toStartOfMonth(p.cs) = addMonths(toStartOfMonth(t.b), 1)',
    LastDays: `toStartOfDay(p.cs) > t.b AND addDays(toStartOfDay(p.cs), -${window.type === 'LastDays' ? window.days : 0}) < ${end}`,
  }[window.type]
  const carried = Math.max(0, ...gaps.map((gap) => (gap.type === 'Carry' ? gap.buckets : 0)))
  if (carried === 0) return inWindow
  // Of many months it may lie beyond the years that a DateTime has.
  const last = `${ADD[granularity]}(toDateTime64(t.b, 0, 'UTC'), ${carried + 1})`
  return `(${inWindow}) OR (p.cs >= ${end} AND p.cs < ${last})`
}

const namedRow = z.object({ changed: z.coerce.boolean() })

/**
 * Whether what changed after a batch number may have named an element for the first time, or for the last: no other
 * record of its filter that stands names it.
 */
async function namesMayDiffer({ streamId, after }: { streamId: number; after: number }): Promise<boolean> {
  const { query } = await warehouse()
  const stream = `FROM telemetry FINAL WHERE stream_id = ${streamId}`
  const [row] = await query({
    query: `SELECT count() > 0 AS changed ${stream} AND version > ${after}
      AND (filter_id, element) NOT IN (SELECT filter_id, element ${stream} AND version <= ${after} AND is_deleted = 0 AND value > 0)`,
    schema: namedRow,
  })
  return row?.changed ?? true
}

/** Days of a split that went by every element that its streams have ever named. */
async function daysFilledEvenly(dimensionId: string): Promise<string[]> {
  const { prisma } = await database()
  // What is being computed may go by the names of before, and its cells are not there yet.
  if ((await prisma.staleDay.count()) > 0) return allCostDays()
  const { table, condition } = await cellsInForce()
  const { query } = await warehouse()
  const rows = await query({
    query: `SELECT DISTINCT toString(day) AS day FROM ${table} WHERE dimension_id = ${sqlString(dimensionId)} AND ${condition(dimensionId)} AND gap = 'even'`,
    schema: dayRow,
  })
  return rows.map(({ day }) => day)
}

/** Days of the cost lines that a stream's buckets which changed after a batch number count for, in a split. */
export async function daysTouchedBy({
  streamId,
  granularity,
  after,
  dimension,
}: {
  streamId: number
  granularity: StreamGranularity
  after: number
  dimension: AllocationDimension
}): Promise<string[]> {
  const { query } = await warehouse()
  const where = await currentLinesSql()
  const buckets = `SELECT DISTINCT bucket_start AS b FROM telemetry WHERE stream_id = ${streamId} AND version > ${after}`
  const periods = `SELECT DISTINCT ChargePeriodStart AS cs, greatest(ChargePeriodEnd, ChargePeriodStart + 1) AS ce FROM cost_lines WHERE ${where}`
  const rows = await query({
    query: `SELECT DISTINCT toDate(p.cs) AS day FROM (${periods}) AS p CROSS JOIN (${buckets}) AS t WHERE ${countsSql({ dimension, granularity })} ORDER BY day`,
    schema: dayRow,
  })
  const touched = rows.map((row) => row.day)
  const isEven = dimension.gaps.some(({ type }) => type === 'Even')
  if (!isEven || !(await namesMayDiffer({ streamId, after }))) return touched
  return [...new Set([...touched, ...(await daysFilledEvenly(dimension.id))])].sort()
}
