import { z } from 'zod'
import type { PlanStream } from '../allocation/split-plan'
import type { AllocationDimension } from '../costformation/tree'
import { streamsOf } from '../definitions/streams'
import { warehouse } from '../warehouse/client'

const row = z.object({ weights: z.coerce.number() })

/** Fewer days fit into the memory whatever their weights. */
const FEW_DAYS = 3
const HOURS = 24

/**
 * About how many weights the cells of a day hold, at most: those of a stream's average bucket for every hour, a record
 * counted for each value that its filter lists.
 */
export async function weightsADay({
  dimension,
  days,
  streams,
}: {
  dimension: AllocationDimension
  /** In order. */
  days: readonly string[]
  streams: ReadonlyMap<string, PlanStream>
}): Promise<number> {
  const ids = streamsOf(dimension).flatMap((name) => streams.get(name)?.id ?? [])
  const [first, last] = [days[0], days.at(-1)]
  if (ids.length === 0 || days.length <= FEW_DAYS || first === undefined || last === undefined) return 0
  const { query } = await warehouse()
  const [found] = await query({
    query: `SELECT sum(a_bucket) AS weights FROM (
        SELECT n.stream_id, sum(n.records * f.pools) / max(n.buckets) AS a_bucket FROM (
          SELECT stream_id, filter_id, count() AS records, uniq(bucket_start) AS buckets FROM telemetry
          WHERE stream_id IN (${ids.join(', ')}) AND bucket_start >= toStartOfMonth(toDate('${first}')) AND bucket_start < toDate('${last}') + 1
          GROUP BY stream_id, filter_id
        ) AS n INNER JOIN (
          SELECT stream_id, filter_id, arrayProduct(arrayMap(list -> length(list), filter_values)) AS pools
          FROM telemetry_filter FINAL WHERE is_active = 1 AND stream_id IN (${ids.join(', ')})
        ) AS f ON f.stream_id = n.stream_id AND f.filter_id = n.filter_id
        GROUP BY n.stream_id
      )`,
    schema: row,
  })
  return Math.ceil(HOURS * (found?.weights ?? 0))
}
