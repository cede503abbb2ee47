import { z } from 'zod'
import type { SplitPlan } from '../allocation/split-plan'
import { reachSql, type StreamFacts, timeSql, unitSql } from '../allocation/weights-sql'
import { warehouse } from '../warehouse/client'

/** What bounds the telemetry that rows are weighed by. */
export interface Bounds {
  /** The time that the rows' charge periods end by. */
  until: Date
  /** Of the streams of a split, by id; of a stream without records, none. */
  facts: ReadonlyMap<number, StreamFacts>
}

const seconds = z.number().transform((value) => new Date(value * 1000))
const spansRow = z.object({
  until: seconds,
  spans: z.array(z.tuple([z.number(), seconds.nullable(), seconds.nullable()])),
})
const unitRow = z.object({ id: z.number(), unit: z.string().transform(BigInt) })

const telemetryDrivers = ({ drivers, fallbacks }: SplitPlan) =>
  [...drivers, ...fallbacks].flatMap((driver) =>
    driver.source.kind === 'telemetry' ? [{ driver, id: driver.source.stream.id }] : [],
  )

/** The end of the rows' periods, and the first and the last bucket of each stream. */
async function readSpans({ ids, until }: { ids: readonly number[]; until: string }) {
  // In the table's order one row is read; the least and the greatest would take all.
  const bucket = (id: number, order: string) =>
    `(SELECT toUnixTimestamp(bucket_start) FROM telemetry WHERE stream_id = ${id} ORDER BY stream_id ${order}, bucket_start ${order} LIMIT 1)`
  const spans = ids.map((id) => `(${id}, ${bucket(id, 'ASC')}, ${bucket(id, 'DESC')})`)
  const { query } = await warehouse()
  const [row] = await query({
    query: `SELECT toUnixTimestamp(${until}) AS until, [${spans.join(', ')}] AS spans`,
    schema: spansRow,
  })
  if (!row) throw new Error('a statement without FROM gave no row')
  return row
}

/** The unit of each stream's values that count for rows from a day until a time. */
async function readUnits({ plan, from, until }: { plan: SplitPlan; from: string; until: Date }) {
  const drivers = telemetryDrivers(plan)
  if (drivers.length === 0) return new Map<number, bigint>()
  const counted = drivers.map(
    ({ driver, id }) =>
      `(stream_id = ${id} AND bucket_start >= ${reachSql(driver, from)} AND bucket_start < ${timeSql(until)})`,
  )
  const { query } = await warehouse()
  const rows = await query({
    query: `SELECT stream_id AS id, toString(${unitSql()}) AS unit FROM telemetry FINAL WHERE is_deleted = 0 AND (${[...new Set(counted)].join(' OR ')}) GROUP BY id`,
    schema: unitRow,
  })
  return new Map(rows.map(({ id, unit }) => [id, unit]))
}

/**
 * Of rows from a day on; `until`: SQL of when their periods end. Read beforehand: as subqueries of the statement that
 * weighs them they would be planned, and telemetry read, in each of their places. A record that comes in between may be
 * missed, or cut to the unit: its days are out of date then, and computed again.
 */
export async function readBounds({
  plan,
  from,
  until,
}: {
  plan: SplitPlan
  from: string
  until: string
}): Promise<Bounds> {
  const ids = [...new Set(telemetryDrivers(plan).map(({ id }) => id))]
  const { until: end, spans } = await readSpans({ ids, until })
  const units = await readUnits({ plan, from, until: end })
  const facts = new Map<number, StreamFacts>()
  for (const [id, first, last] of spans) {
    if (first !== null && last !== null) facts.set(id, { first, last, unit: units.get(id) ?? 1n })
  }
  return { until: end, facts }
}
