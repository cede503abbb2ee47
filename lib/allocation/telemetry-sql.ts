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

/**
 * Adds `w_elements`, `w_weights` and `w_records` to rows that carry `filter_ids`: the values of every record whose
 * filter matches and whose bucket overlaps [cs, ce), added up by element, elements in order. Weights are whole numbers
 * of 10^-18 as Int256: a few values of 20 digits would overflow the decimal that each of them fits.
 */
export function weightsSql({
  rows,
  keys,
  values,
  stream,
  where,
}: {
  rows: string
  /** The columns that tell the rows apart, and those that only come along. */
  keys: readonly string[]
  values: readonly string[]
  stream: PlanStream
  /** Of the cost lines, to bound the telemetry that is read. */
  where: string
}): string {
  const kept = [...keys, ...values, 'filter_ids'].join(', ')
  // A line may last for years: only buckets that the stream has are unfolded. Without any, one that matches nothing.
  const edge = (aggregate: string) =>
    `(SELECT ${aggregate}(bucket_start) FROM telemetry WHERE stream_id = ${stream.id})`
  const buckets = bucketsSql({ granularity: stream.granularity, first: edge('min'), last: edge('max') })
  const overlapping = `SELECT ${kept}, if(empty(filter_ids), [], ${buckets}) AS overlapping FROM (${rows})`
  const perFilter = `SELECT ${kept}, if(empty(overlapping), [cs], overlapping) AS buckets,
    arrayJoin(if(empty(filter_ids), [toUInt32(0)], filter_ids)) AS filter_id FROM (${overlapping})`
  const perBucket = `SELECT ${kept}, filter_id, arrayJoin(buckets) AS bucket FROM (${perFilter})`
  const telemetry = `SELECT filter_id, bucket_start, groupArray(element) AS elements, groupArray(${units('value')}) AS weights
    FROM telemetry FINAL
    WHERE stream_id = ${stream.id} AND is_deleted = 0
      AND bucket_start >= toStartOfMonth((SELECT min(ChargePeriodStart) FROM cost_lines WHERE ${where}))
      AND bucket_start < (SELECT max(greatest(ChargePeriodEnd, ChargePeriodStart + 1)) FROM cost_lines WHERE ${where})
    GROUP BY filter_id, bucket_start`
  const added = `SELECT ${keys.map((key) => `r.${key} AS ${key}`).join(', ')},
    ${[...values, 'filter_ids'].map((value) => `any(r.${value}) AS ${value}`).join(', ')},
    sumMap(t.elements, t.weights) AS w, sum(length(t.elements)) AS w_records
    FROM (${perBucket}) AS r LEFT JOIN (${telemetry}) AS t ON r.filter_id = t.filter_id AND r.bucket = t.bucket_start
    GROUP BY ${keys.map((key) => `r.${key}`).join(', ')}`
  return `SELECT ${kept}, w_records, arrayFilter((e, v) -> v > 0, w.1, w.2) AS w_elements, arrayFilter(v -> v > 0, w.2) AS w_weights FROM (${added})`
}
