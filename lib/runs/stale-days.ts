import { z } from 'zod'
import { currentLinesSql } from '../costs/current-lines'
import { currentDigest } from '../costs/digest/read'
import type { Transaction } from '../db/client'
import { enqueue } from '../jobs/queue'
import { warehouse } from '../warehouse/client'

/** Notes days as out of date and has them computed again; both with the change that made it necessary. */
export async function markStale({ tx, days }: { tx: Transaction; days: readonly string[] }): Promise<void> {
  if (days.length > 0) {
    await tx.$executeRaw`
      INSERT INTO stale_day (day)
      SELECT value::date FROM jsonb_array_elements_text(${JSON.stringify(days)}::text::jsonb) AS list(value)
      ON CONFLICT (day) DO UPDATE SET token = EXCLUDED.token`
  }
  await enqueue({ tx, name: 'recompute-days', data: {} })
}

const dayRow = z.object({ day: z.string() })

/** Every day on which a cost line starts. */
export async function allCostDays(): Promise<string[]> {
  const { shape } = await currentDigest()
  return [...new Set(shape.map(({ day }) => day))].sort()
}

/** Days of the cost lines whose charge period overlaps a bucket of the stream that changed after a batch number. */
export async function daysTouchedBy({
  streamId,
  granularity,
  after,
}: {
  streamId: number
  granularity: string
  after: number
}): Promise<string[]> {
  const { query } = await warehouse()
  const where = await currentLinesSql()
  const end = {
    HOURLY: 'addHours(bucket_start, 1)',
    DAILY: 'addDays(bucket_start, 1)',
    MONTHLY: 'addMonths(bucket_start, 1)',
  }[granularity]
  const buckets = `SELECT DISTINCT bucket_start AS b, ${end} AS e FROM telemetry WHERE stream_id = ${streamId} AND version > ${after}`
  const periods = `SELECT DISTINCT ChargePeriodStart AS cs, greatest(ChargePeriodEnd, ChargePeriodStart + 1) AS ce FROM cost_lines WHERE ${where}`
  const rows = await query({
    query: `SELECT DISTINCT toDate(p.cs) AS day FROM (${periods}) AS p CROSS JOIN (${buckets}) AS t WHERE p.cs < t.e AND p.ce > t.b ORDER BY day`,
    schema: dayRow,
  })
  return rows.map((row) => row.day)
}
