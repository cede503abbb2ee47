import type { CellsInForce } from '../allocation/split-relation'
import type { Metric } from '../contract/common'
import { sqlString } from '../costformation/sql-literal'
import type { CoveredStream } from './covered-streams'

export interface CellScope {
  dimensionId: string
  cells: CellsInForce
  metric: Metric
  /** null: of any. */
  currency: string | null
  /** Days, both included. */
  first: string
  last: string
}

const daysOf = ({ first, last }: CellScope) => `day >= toDate('${first}') AND day <= toDate('${last}')`

/** `when`: which of the split's cells, of those in force. */
function cellsSql({ dimensionId, cells, metric, currency }: CellScope, when: string): string {
  const tests = [
    `dimension_id = ${sqlString(dimensionId)}`,
    cells.condition(dimensionId),
    when,
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
  return `SELECT toString(day) AS date, ${sums.join(', ')} FROM (${cellsSql(scope, daysOf(scope))}) GROUP BY day ORDER BY day`
}

/** Cells with `filters`: the ids of the stream's filters that match them. */
export function matchedSql({
  scope,
  covered,
  when,
  handedOn = false,
}: {
  scope: CellScope
  covered: CoveredStream
  when: string
  /** Filters of pools that others give to match cells of any pool: what these hand on may come by them. */
  handedOn?: boolean
}): string {
  const { stream, keys, pools } = covered
  const given =
    handedOn && pools !== null
      ? `hasAny(filter_values[${pools.key + 1}], (SELECT groupUniqArray(element) FROM telemetry FINAL WHERE stream_id IN (${pools.streams.join(', ')}) AND is_deleted = 0 AND value > 0))`
      : '0'
  const known = `(SELECT groupArray((filter_id, filter_values, ${given})) FROM (SELECT filter_id, filter_values FROM telemetry_filter FINAL WHERE stream_id = ${stream.id} AND is_active = 1))`
  const tests = keys.map((key, index) => {
    const has = `has(f.2[${index + 1}], keys[${key + 1}])`
    return index === pools?.key ? `(f.3 OR ${has})` : has
  })
  return `SELECT *, arrayMap(f -> f.1, arrayFilter(f -> ${tests.join(' AND ') || '1'}, ${known})) AS filters FROM (${cellsSql(scope, when)})`
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
  return `SELECT toString(day) AS date, ${sums.join(', ')} FROM (${matchedSql({ scope, covered, when: daysOf(scope) })}) GROUP BY day HAVING countIf(${matches}) > 0 ORDER BY day`
}
