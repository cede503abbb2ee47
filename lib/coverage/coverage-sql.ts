import { bucketStartSql, bucketsSql } from '../allocation/buckets-sql'
import type { PlanStream } from '../allocation/split-plan'
import type { CellsInForce } from '../allocation/split-relation'
import type { Metric } from '../contract/common'
import { sqlString } from '../costformation/sql-literal'
import type { AllocationWindow } from '../costformation/tree'

export interface CellScope {
  dimensionId: string
  cells: CellsInForce
  metric: Metric
  /** null: of any. */
  currency: string | null
  /** Days, both included. */
  first: string
  last: string
  /** So many days before and after them too. */
  around?: { before: number; after: number }
}

/** A stream of a split: which of the cells' keys its filters ask, and its rank among the drivers. */
export interface CoveredStream {
  stream: PlanStream
  keys: readonly number[]
  rank: number
  window: AllocationWindow
}

const day = (text: string) => `toDate('${text}')`
const midnight = (text: string) => `toDateTime('${text} 00:00:00', 'UTC')`

function cellsSql({ dimensionId, cells, metric, currency, first, last, around }: CellScope): string {
  const tests = [
    `dimension_id = ${sqlString(dimensionId)}`,
    cells.condition(dimensionId),
    `day >= addDays(${day(first)}, -${around?.before ?? 0}) AND day <= addDays(${day(last)}, ${around?.after ?? 0})`,
    ...(currency === null ? [] : [`currency = ${sqlString(currency)}`]),
  ]
  return `SELECT day, period_start AS cs, period_end AS ce, keys, ${metric} AS cost, reason, gap, driver, empty(elements) AS open
    FROM ${cells.table} WHERE ${tests.join(' AND ')}`
}

const sum = (name: string, test: string) => `sumIf(cost, ${test}) AS ${name}`
const MISSING = `open AND reason IN ('no_telemetry', 'no_drivers')`
const ZERO = `open AND reason = 'zero_weights'`

/** The pool's cost by day, and what became of it. */
export function poolDaysSql(scope: CellScope): string {
  const sums = [
    'sum(cost) AS cost_of_day',
    sum('covered', `NOT open AND gap = ''`),
    sum('filled', `NOT open AND gap != ''`),
    sum('missing', MISSING),
    sum('zero', ZERO),
    sum('other', `open AND NOT (${MISSING}) AND NOT (${ZERO})`),
  ]
  return `SELECT toString(day) AS date, ${sums.join(', ')} FROM (${cellsSql(scope)}) GROUP BY day ORDER BY day`
}

/** Cells with `filters`: the ids of the stream's filters that match them. */
function matchedSql({ scope, covered }: { scope: CellScope; covered: CoveredStream }): string {
  const { stream, keys } = covered
  const known = `(SELECT groupArray((filter_id, filter_values)) FROM (SELECT filter_id, filter_values FROM telemetry_filter FINAL WHERE stream_id = ${stream.id} AND is_active = 1))`
  const tests = keys.map((key, index) => `has(f.2[${index + 1}], keys[${key + 1}])`)
  return `SELECT *, arrayMap(f -> f.1, arrayFilter(f -> ${tests.join(' AND ') || '1'}, ${known})) AS filters FROM (${cellsSql(scope)})`
}

/** By day: the cost that a stream's filters match, and what of it the stream took. */
export function streamDaysSql({ scope, covered }: { scope: CellScope; covered: CoveredStream }): string {
  const matches = 'notEmpty(filters)'
  const sums = [
    sum('cost_of_day', matches),
    sum('taken', `driver = ${covered.rank}`),
    sum('filled', `${matches} AND gap != ''`),
    sum('missing', `${matches} AND ${MISSING}`),
    sum('zero', `${matches} AND ${ZERO}`),
  ]
  return `SELECT toString(day) AS date, ${sums.join(', ')} FROM (${matchedSql({ scope, covered })}) GROUP BY day HAVING countIf(${matches}) > 0 ORDER BY day`
}

/** How much later than a bucket its values may count, in days. */
const reach = (window: AllocationWindow) =>
  window.type === 'SameBucket' ? 0 : window.type === 'PreviousMonth' ? 62 : window.days + 1

/** By day (of a monthly stream: by month) of the buckets: how many records there are, are zero, and meet no cost. */
export function recordDaysSql({ scope, covered }: { scope: CellScope; covered: CoveredStream }): string {
  const { stream, window } = covered
  const first = bucketStartSql(stream.granularity, midnight(scope.first))
  const last = bucketStartSql(stream.granularity, `(${midnight(scope.last)} + 86399)`)
  // A line that began before the range may last into it, and one after it may look back.
  const around = { before: 31, after: reach(window) }
  const wide = matchedSql({ scope: { ...scope, currency: null, around }, covered })
  const buckets = bucketsSql({ granularity: stream.granularity, window, first, last })
  const met = `SELECT DISTINCT arrayJoin(filters) AS filter, arrayJoin(buckets) AS bucket FROM (SELECT DISTINCT filters, ${buckets} AS buckets FROM (${wide}))`
  return `SELECT toString(toDate(bucket_start)) AS date, count() AS records, countIf(value = 0) AS zero_records,
      countIf((filter_id, bucket_start) NOT IN (${met})) AS unmatched_records
    FROM (SELECT * FROM telemetry FINAL WHERE stream_id = ${stream.id} AND is_deleted = 0 AND bucket_start >= ${first} AND bucket_start <= ${last})
    GROUP BY date ORDER BY date`
}
