import { z } from 'zod'
import type { RunCause } from '../contract/runs'
import type { StreamGranularity } from '../contract/streams'
import type { AllocationDimension } from '../costformation/tree'
import { currentLinesSql } from '../costs/current-lines'
import { currentDigest } from '../costs/digest/read'
import type { Transaction } from '../db/client'
import { enqueue } from '../jobs/queue'
import { warehouse } from '../warehouse/client'

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

const dayRow = z.object({ day: z.string() })

/** Every day on which a cost line starts. */
export async function allCostDays(): Promise<string[]> {
  const { shape } = await currentDigest()
  return [...new Set(shape.map(({ day }) => day))].sort()
}

/** How much later than its bucket a value counts, as SQL over the bucket's start `b`: until when. */
function reachSql({
  dimension,
  granularity,
}: {
  dimension: AllocationDimension
  granularity: StreamGranularity
}): string {
  const end = { HOURLY: 'addHours(b, 1)', DAILY: 'addDays(b, 1)', MONTHLY: 'addMonths(b, 1)' }[granularity]
  const { window, gaps } = dimension
  const until =
    window.type === 'PreviousMonth'
      ? `addMonths(toDateTime(toStartOfMonth(b), 'UTC'), 2)`
      : window.type === 'LastDays'
        ? `addDays(${end}, ${window.days + 1})`
        : end
  const carried = Math.max(0, ...gaps.map((gap) => (gap.type === 'Carry' ? gap.buckets : 0)))
  const unit = { HOURLY: 'addHours', DAILY: 'addDays', MONTHLY: 'addMonths' }[granularity]
  // `even` goes by every element that the stream has ever named.
  if (gaps.some(({ type }) => type === 'Even')) return "toDateTime('2105-12-31 00:00:00', 'UTC')"
  return `toDateTime(${unit}(${until}, ${carried}), 'UTC')`
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
  const isEver = dimension.gaps.some(({ type }) => type === 'Even')
  const from = isEver ? 'toDateTime(0)' : 'b'
  const buckets = `SELECT DISTINCT bucket_start AS b, ${from} AS f, ${reachSql({ dimension, granularity })} AS e FROM telemetry WHERE stream_id = ${streamId} AND version > ${after}`
  const periods = `SELECT DISTINCT ChargePeriodStart AS cs, greatest(ChargePeriodEnd, ChargePeriodStart + 1) AS ce FROM cost_lines WHERE ${where}`
  const rows = await query({
    query: `SELECT DISTINCT toDate(p.cs) AS day FROM (${periods}) AS p CROSS JOIN (${buckets}) AS t WHERE p.cs < t.e AND p.ce > t.f ORDER BY day`,
    schema: dayRow,
  })
  // A limit that is an amount a month goes by the whole month.
  const isMonthly = dimension.elements.some(({ floor, cap }) => floor?.type === 'Amount' || cap?.type === 'Amount')
  if (!isMonthly) return rows.map((row) => row.day)
  const months = new Set(rows.map((row) => row.day.slice(0, 7)))
  return (await allCostDays()).filter((day) => months.has(day.slice(0, 7)))
}
