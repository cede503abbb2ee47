import { METRICS } from '../contract/common'
import { runningWeightsSql, splitAmountsSql } from './split-sql'
import { matchingFiltersSql, type PlanStream, weightsSql } from './telemetry-sql'

export interface SplitStream {
  stream: PlanStream
  keyColumns: string[]
}

export interface SplitInput {
  rows: string
  columns: readonly string[]
  measures: readonly string[]
  streams: readonly SplitStream[]
  /** Of the cost lines, to bound the telemetry that is read. */
  where: string
  /** Leave out the rows that no filter matches. */
  onlyPool: boolean
}

const WEIGHTS = ['elements', 'weights', 'records', 'in_pool']

/**
 * Adds to each row the weights of the first stream that has some for it (DESIGN §3, 5): `elements` in order, their
 * `weights`, the number of `records` seen, and `in_pool`, whether a stream's filters match the row at all.
 */
export function weighRowsSql({ rows, columns, measures, streams, where, onlyPool }: SplitInput): string {
  const kept = [...columns, ...measures].join(', ')
  const none = `SELECT ${kept}, CAST([], 'Array(String)') AS elements, CAST([], 'Array(Int256)') AS weights,
    toUInt64(0) AS records, toUInt8(0) AS in_pool FROM (${rows})`
  const weighted = streams.reduce((sofar, { stream, keyColumns }) => {
    const matched = `SELECT *, ${matchingFiltersSql({ stream, keyColumns })} AS filter_ids FROM (${sofar})`
    // With one stream, what it does not match is not in the pool: drop it before the join.
    const inner = onlyPool && streams.length === 1 ? `SELECT * FROM (${matched}) WHERE notEmpty(filter_ids)` : matched
    const weighed = weightsSql({ rows: inner, keys: columns, values: [...measures, ...WEIGHTS], stream, where })
    return `SELECT ${kept}, if(notEmpty(r.elements), r.elements, r.w_elements) AS elements,
      if(notEmpty(r.elements), r.weights, r.w_weights) AS weights, r.records + r.w_records AS records,
      toUInt8(r.in_pool OR notEmpty(r.filter_ids)) AS in_pool FROM (${weighed}) AS r`
  }, none)
  return onlyPool ? `SELECT * FROM (${weighted}) WHERE in_pool` : weighted
}

/** Column names of a split's outcome. */
export const reasonColumn = (column: string) => `r_${column}`

/**
 * Splits rows by telemetry: each row that a stream's filters match becomes one row an element, `column` holding it and
 * the metrics its exact shares; what has no weights stays one row without an element, and `r_<column>` says why. Rows
 * that no filter matches are not in the pool: they pass as they are, or are left out with `onlyPool`.
 */
export function splitSql(input: SplitInput & { column: string }): string {
  const { columns, measures, column } = input
  const others = measures.filter((measure) => !METRICS.some((metric) => metric === measure))
  const running = `SELECT *, ${runningWeightsSql('weights')} AS sums FROM (${weighRowsSql(input)})`
  // `if` may evaluate the side that it does not take: the three lists must be equally long there too, when empty.
  const shares = `SELECT ${[...columns, ...measures].join(', ')}, sums[-1] AS total,
    multiIf(NOT in_pool OR notEmpty(elements), '', records > 0, 'zero_weights', 'no_telemetry') AS why,
    arrayJoin(if(empty(elements), [('', toInt256(0), toInt256(0))],
      arrayZip(elements, sums, arrayPopBack(arrayPushFront(sums, toInt256(0)))))) AS share
    FROM (${running})`
  const amounts = splitAmountsSql({
    rows: 'p',
    running: 'p.share.2',
    before: 'p.share.3',
    total: 'p.total',
    whole: "p.share.1 = ''",
  })
  const kept = [...columns, ...others].map((name) => `p.${name} AS ${name}`).join(', ')
  return `SELECT ${kept}, ${amounts.join(', ')}, p.why AS ${reasonColumn(column)}, p.share.1 AS ${column} FROM (${shares}) AS p`
}
