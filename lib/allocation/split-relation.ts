import { METRICS } from '../contract/common'
import { sqlString } from '../costformation/sql-literal'
import { balancedKeysSql, isBalanceSql } from './balance'
import { allAmountsSql, amountsSql, fittedSql, runningSharesSql, shareColumn } from './split-sql'

/** Which stored cells count: those of the runs that a reader sees. */
export interface CellsInForce {
  table: string
  /** Over `table`: the rows of a dimension that count. */
  condition: (dimensionId: string) => string
}

/** Column names of a split's outcome. */
export const reasonColumn = (column: string) => `r_${column}`
export const gapColumn = (column: string) => `p_${column}`

const isMetric = (name: string) => METRICS.some((metric) => metric === name)

/**
 * Splits cells with their weights: each becomes one row an element, with the exact shares of its metrics. `rows` has
 * the metrics, `elements`, `sums`, `wide_sums`, `reason`, and the columns to keep.
 */
export function splitCellsSql({ rows, kept }: { rows: string; kept: readonly string[] }): string {
  const columns = [...kept, 'reason', 'whole'].join(', ')
  const shares = `SELECT ${columns}, names, ${runningSharesSql().join(', ')} FROM (${fittedSql(rows)})`
  const amounts = METRICS.map((metric) => `${amountsSql(shareColumn(metric))} AS amounts_${metric}`).join(', ')
  const joined = METRICS.map((metric) => `amounts_${metric} AS amount_${metric}`).join(', ')
  const metrics = METRICS.map((metric) => `reinterpret(amount_${metric}, 'Decimal(38, 18)') AS ${metric}`).join(', ')
  return `SELECT ${columns}, name AS element, ${metrics} FROM (SELECT ${columns}, names, ${amounts} FROM (${shares})) ARRAY JOIN names AS name, ${joined}`
}

/**
 * Splits cells with their weights and adds them up by element, cells that list the same elements first: each element
 * is handled once a list, not once a cell. `rows` as for `splitCellsSql`, with `line_count`. Gives a row each of the
 * columns `by`, `element`, and `why` there is none ('' where there is one), with `line_count` and the metrics.
 */
export function summedCellsSql({ rows, by }: { rows: string; by: readonly string[] }): string {
  const lists = METRICS.map((metric) => `list_${metric}`)
  const own = [...by, 'reason', 'names'].join(', ')
  const split = `SELECT ${own}, line_count, ${allAmountsSql()} AS amounts FROM (${fittedSql(rows)})`
  const added = `SELECT ${own}, sum(line_count) AS line_count, ${lists.map((list, index) => `sumForEach(amounts[${index + 1}]) AS ${list}`).join(', ')} FROM (${split}) GROUP BY ${own}`
  const each = METRICS.map((metric) => `sum(reinterpret(amount_${metric}, 'Decimal(38, 18)')) AS ${metric}`)
  const joined = METRICS.map((metric) => `list_${metric} AS amount_${metric}`)
  return `SELECT ${by.join(', ')}, name AS element, if(name = '', reason, '') AS why, sum(line_count) AS line_count, ${each.join(', ')}
    FROM (${added}) ARRAY JOIN names AS name, ${joined.join(', ')} GROUP BY ${by.join(', ')}, element, why`
}

export interface SplitInput {
  rows: string
  columns: readonly string[]
  measures: readonly string[]
  /** SQL over a row: the values that the split's cells are told apart by, in its plan's order. */
  keys: readonly string[]
  dimensionId: string
  cells: CellsInForce
  /** The column that gets the element. */
  column: string
  /** The element of rows outside of the pool; '' for none. */
  otherwise: string
  /** Leave out the rows outside of the pool. */
  onlyPool: boolean
  /** With the balancing lines of a rate. `extra`: columns that these have from the lines of their cell. */
  balance: { extra: readonly string[] } | null
}

/**
 * The balancing lines of a rate (decision 013), as rows of the same columns: they belong to no cost line, and so have
 * but the values that all lines of their cell have.
 */
function balanceSql(input: SplitInput & { extra: readonly string[]; keyed: string }): string {
  const { columns, measures, keys, dimensionId, cells, column, extra, keyed } = input
  const others = measures.filter((measure) => !isMetric(measure))
  const [mine, rest] = [new Set([...keys, ...extra]), new Set(['cs', 'ce', 'currency'])]
  const known = columns.filter((name) => mine.has(name) && !rest.has(name))
  const rows = `SELECT cs, ce, currency, split_keys, ${known.map((name) => `any(e.${name}) AS ${name}, `).join('')}count() AS n FROM (${keyed}) AS e GROUP BY cs, ce, currency, split_keys`
  const lines = `SELECT period_start, period_end, currency, ${balancedKeysSql('keys')} AS own_keys, gap, elements[1] AS name, EffectiveCost AS amount FROM ${cells.table} WHERE dimension_id = ${sqlString(dimensionId)} AND ${cells.condition(dimensionId)} AND ${isBalanceSql('keys')}`
  const values = columns.map((name) => (rest.has(name) || mine.has(name) ? `k.${name} AS ${name}` : `'' AS ${name}`))
  const metrics = METRICS.map((metric) => (metric === 'EffectiveCost' ? 'b.amount' : `toDecimal128('0', 18)`))
  return `SELECT ${[...values, ...others.map((name) => `toUInt64(0) AS ${name}`), ...metrics.map((sql, index) => `${sql} AS ${METRICS[index]}`)].join(', ')}, '' AS ${reasonColumn(column)}, b.gap AS ${gapColumn(column)}, b.name AS ${column}
    FROM (${rows}) AS k INNER JOIN (${lines}) AS b ON k.cs = b.period_start AND k.ce = b.period_end AND k.currency = b.currency AND k.split_keys = b.own_keys`
}

/**
 * Splits rows by what a run has stored: each row of the pool becomes one row an element, `column` holding it and the
 * metrics its exact shares; what nothing claims has no element, and `r_<column>` says why; `p_<column>` is the gap
 * policy that stepped in. Rows outside of the pool pass as they are, or are left out with `onlyPool`.
 */
export function splitSql(input: SplitInput): string {
  const { rows, columns, measures, keys, dimensionId, cells, column, otherwise, onlyPool, balance } = input
  const others = measures.filter((measure) => !isMetric(measure))
  const known = `SELECT period_start, period_end, keys, toUInt8(1) AS found, currency, gap, reason, elements, sums, wide_sums FROM ${cells.table} WHERE dimension_id = ${sqlString(dimensionId)} AND ${cells.condition(dimensionId)}`
  // Not ANY INNER, which takes one row a cell; the cells in force are one for each anyway.
  const keyed = `SELECT *, [${keys.map((key) => `toString(${key})`).join(', ')}]::Array(String) AS split_keys FROM (${rows})`
  const carried = [...columns, ...measures].map((name) => `k.${name} AS ${name}`).join(', ')
  const weighed = `SELECT ${carried}, c.gap AS gap, c.reason AS reason, if(c.found, '', ${sqlString(otherwise)}) AS whole, c.elements AS elements, c.sums AS sums, c.wide_sums AS wide_sums
    FROM (${keyed}) AS k ${onlyPool ? 'INNER' : 'ANY LEFT'} JOIN (${known}) AS c ON k.cs = c.period_start AND k.ce = c.period_end AND k.currency = c.currency AND k.split_keys = c.keys`
  const kept = [...columns, ...others]
  const split = splitCellsSql({ rows: weighed, kept: [...kept, 'gap'] })
  const own = `SELECT ${[...kept, ...METRICS].join(', ')}, if(element = '', reason, '') AS ${reasonColumn(column)}, gap AS ${gapColumn(column)}, element AS ${column} FROM (${split})`
  return balance ? `${own} UNION ALL ${balanceSql({ ...input, ...balance, keyed })}` : own
}
