import { z } from 'zod'
import type { SplitPlan } from '../allocation/split-plan'
import type { StreamSpan } from '../allocation/weights-sql'
import { warehouse } from '../warehouse/client'

/** What bounds the telemetry that rows are weighed by. */
export interface Bounds {
  /** The time that the rows' charge periods end by. */
  until: Date
  /** Of the streams of a split, by id; a stream without records has none. */
  spans: ReadonlyMap<number, StreamSpan>
}

const seconds = z.number().transform((value) => new Date(value * 1000))
const boundsRow = z.object({ until: seconds, spans: z.array(z.tuple([z.number(), seconds, seconds])) })

/** `until`: SQL of that time. Read beforehand: as subqueries of a statement they would be planned in each of their places. */
export async function readBounds({ plan, until }: { plan: SplitPlan; until: string }): Promise<Bounds> {
  const ids = plan.drivers.flatMap(({ source }) => (source.kind === 'telemetry' ? [source.stream.id] : []))
  const buckets = `SELECT stream_id, toUnixTimestamp(min(bucket_start)) AS first, toUnixTimestamp(max(bucket_start)) AS last
    FROM telemetry WHERE stream_id IN (${ids.join(', ')}) GROUP BY stream_id`
  const { query } = await warehouse()
  const [row] = await query({
    query: `SELECT toUnixTimestamp(${until}) AS until, ${ids.length > 0 ? `(SELECT groupArray((stream_id, first, last)) FROM (${buckets}))` : '[]'} AS spans`,
    schema: boundsRow,
  })
  if (!row) throw new Error('a statement without FROM gave no row')
  return { until: row.until, spans: new Map(row.spans.map(([id, first, last]) => [id, { first, last }])) }
}
