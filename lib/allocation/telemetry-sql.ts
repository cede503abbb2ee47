import type { StreamGranularity } from '../contract/streams'
import { bucketsSql } from './buckets-sql'
import { units } from './split-sql'

/** A stream as a plan needs it. */
export interface PlanStream {
  id: number
  name: string
  granularity: StreamGranularity
  filterKeys: string[]
}

/**
 * Ids of the stream's filters that a row's key values match: AND across keys, OR within a key (DESIGN §3, 1). A row
 * without a value for a key matches no filter on it; a stream without keys matches every row.
 */
export function matchingFiltersSql({
  stream,
  keyColumns,
}: {
  stream: PlanStream
  keyColumns: readonly string[]
}): string {
  const filters = `(SELECT groupArray((filter_id, filter_values)) FROM (SELECT filter_id, filter_values FROM telemetry_filter FINAL WHERE stream_id = ${stream.id} AND is_active = 1))`
  const tests = keyColumns.map((column, index) => `has(f.2[${index + 1}], toString(${column}))`)
  return `arrayMap(f -> f.1, arrayFilter(f -> ${tests.join(' AND ') || '1'}, ${filters}))`
}

/** A stream's place among those of a split, and the columns that hold what its filter keys ask for. */
export interface RankedStream {
  /** From 1, in the order of priority. */
  rank: number
  stream: PlanStream
  keyColumns: readonly string[]
}

/**
 * An expression over a row: every (rank, filter, bucket) of a stream that matches it and overlaps [cs, ce). `filters`
 * is the column with the ids of the stream's matching filters.
 */
function matchesSql({ rank, stream, filters }: { rank: number; stream: PlanStream; filters: string }): string {
  // A line may last for years: only buckets that the stream has are unfolded.
  const edge = (aggregate: string) =>
    `(SELECT ${aggregate}(bucket_start) FROM telemetry WHERE stream_id = ${stream.id})`
  const buckets = bucketsSql({ granularity: stream.granularity, first: edge('min'), last: edge('max') })
  return `if(empty(${filters}), [], arrayFlatten(arrayMap(b -> arrayMap(f -> (toUInt8(${rank}), f, b), ${filters}), ${buckets})))`
}

/** What each bucket and filter of the streams says, elements side by side with their weights. */
function recordsSql({ streams, where }: { streams: readonly RankedStream[]; where: string }): string {
  const ids = streams.map(({ stream }) => stream.id)
  const rank = `toUInt8(transform(stream_id, [${ids.join(', ')}], [${streams.map((stream) => stream.rank).join(', ')}], 0))`
  return `SELECT ${rank} AS rank, filter_id, bucket_start, groupArray(element) AS elements, groupArray(${units('value')}) AS weights
    FROM telemetry FINAL
    WHERE stream_id IN (${ids.join(', ')}) AND is_deleted = 0
      AND bucket_start >= toStartOfMonth((SELECT min(ChargePeriodStart) FROM cost_lines WHERE ${where}))
      AND bucket_start < (SELECT max(greatest(ChargePeriodEnd, ChargePeriodStart + 1)) FROM cost_lines WHERE ${where})
    GROUP BY rank, filter_id, bucket_start`
}

/**
 * Adds to each row `elements` and their `weights`: the values of the first stream that has some for it, of every
 * record whose filter matches and whose bucket overlaps [cs, ce), added up by element, elements in order (DESIGN §3);
 * and the number of `records` seen, and `in_pool`, whether a stream's filters match the row at all. Weights are whole
 * numbers of 10^-18 as Int256: a few values of 20 digits would overflow the decimal that each of them fits. The depth
 * of the statement does not depend on the number of streams: each level more would double its planning.
 */
export function weightsSql({
  rows,
  keys,
  values,
  streams,
  where,
  onlyPool,
}: {
  rows: string
  /** The columns that tell the rows apart, and those that only come along. */
  keys: readonly string[]
  values: readonly string[]
  streams: readonly RankedStream[]
  /** Of the cost lines, to bound the telemetry that is read. */
  where: string
  /** Leave out the rows that no filter matches. */
  onlyPool: boolean
}): string {
  const kept = [...keys, ...values].join(', ')
  const filters = (rank: number) => `filters_${rank}`
  const ids = streams.map((stream) => `${matchingFiltersSql(stream)} AS ${filters(stream.rank)}`)
  const inPool = streams.map(({ rank }) => `notEmpty(${filters(rank)})`).join(' OR ')
  const all = streams.map(({ rank, stream }) => matchesSql({ rank, stream, filters: filters(rank) }))
  const none = `CAST([], 'Array(Tuple(UInt8, UInt32, DateTime(\\'UTC\\')))')`
  const matched = `SELECT ${kept}, toUInt8(${inPool}) AS in_pool, arrayConcat(${[none, ...all].join(', ')}) AS matches
    FROM (SELECT *, ${ids.join(', ')} FROM (${rows}))${onlyPool ? ' WHERE in_pool' : ''}`
  const single = `SELECT ${kept}, in_pool, arrayJoin(if(empty(matches), [(toUInt8(0), toUInt32(0), cs)], matches)) AS m FROM (${matched})`
  const ofRows = keys.map((key) => `r.${key} AS ${key}`).join(', ')
  const byRank = `SELECT ${ofRows}, r.m.1 AS rank,
      ${[...values, 'in_pool'].map((value) => `any(r.${value}) AS ${value}`).join(', ')},
      sumMap(t.elements, t.weights) AS w, sum(length(t.elements)) AS records
    FROM (${single}) AS r LEFT JOIN (${recordsSql({ streams, where })}) AS t
      ON r.m.1 = t.rank AND r.m.2 = t.filter_id AND r.m.3 = t.bucket_start
    GROUP BY ${[...keys.map((key) => `r.${key}`), 'rank'].join(', ')}`
  const positive = `SELECT ${kept}, in_pool, rank, records, arrayFilter((e, v) -> v > 0, w.1, w.2) AS es, arrayFilter(v -> v > 0, w.2) AS ws FROM (${byRank})`
  return `SELECT ${keys.map((key) => `p.${key} AS ${key}`).join(', ')},
      ${values.map((value) => `any(p.${value}) AS ${value}`).join(', ')},
      argMinIf(p.es, p.rank, notEmpty(p.es)) AS elements, argMinIf(p.ws, p.rank, notEmpty(p.es)) AS weights,
      sum(p.records) AS records, any(p.in_pool) AS in_pool
    FROM (${positive}) AS p GROUP BY ${keys.map((key) => `p.${key}`).join(', ')}`
}
