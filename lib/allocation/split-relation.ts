import { METRICS } from '../contract/common'
import { runningWeightsSql, splitAmountsSql } from './split-sql'
import { type PlanStream, weightsSql } from './telemetry-sql'

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

/** A split without streams splits nothing: no row is in its pool. */
function unweighedSql({ rows, columns, measures, onlyPool }: SplitInput): string {
  return `SELECT ${[...columns, ...measures].join(', ')}, CAST([], 'Array(String)') AS elements, CAST([], 'Array(Int256)') AS weights,
    toUInt64(0) AS records, toUInt8(0) AS in_pool FROM (${rows})${onlyPool ? ' WHERE 0' : ''}`
}

/** Adds to each row the weights of the first stream that has some for it (DESIGN §3, 5). */
export function weighRowsSql(input: SplitInput): string {
  const { rows, columns, measures, streams, where, onlyPool } = input
  if (streams.length === 0) return unweighedSql(input)
  const ranked = streams.map((stream, index) => ({ rank: index + 1, ...stream }))
  return weightsSql({ rows, keys: columns, values: measures, streams: ranked, where, onlyPool })
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
