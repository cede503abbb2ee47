import { METRICS, type Metric } from '../contract/common'
import type { FilterKey } from '../costformation/source'
import { sqlString } from '../costformation/sql-literal'

export interface LineFilter {
  key: FilterKey
  values: string[]
  negate: boolean
}

export type ConditionColumn = LineFilter & { column: string }

export function conditionSql({ column, values, negate }: ConditionColumn): string {
  return `${column} ${negate ? 'NOT IN' : 'IN'} (${values.map(sqlString).join(', ')})`
}

export function whereSql(tests: readonly string[]): string {
  return tests.length > 0 ? ` WHERE ${tests.join(' AND ')}` : ''
}

/** Cost lines with what is read off them, and the elements that rules give them. */
export function linesSql({
  sources,
  rules,
  metrics,
  fixed,
  where,
  table = 'cost_lines',
}: {
  sources: readonly { name: string; sql: string }[]
  rules: readonly { column: string; sql: string }[]
  metrics: readonly Metric[]
  fixed: boolean
  where: string
  table?: 'cost_lines' | 'cost_days'
}): string {
  const read = [
    ...(fixed ? ['ChargePeriodStart AS cs', 'ChargePeriodEnd AS ce', 'BillingCurrency AS currency'] : []),
    ...metrics,
    ...(table === 'cost_days' ? ['line_count'] : []),
    ...sources.map(({ name, sql }) => `${sql} AS ${name}`),
  ]
  const lines = `SELECT ${read.join(', ')} FROM ${table} WHERE ${where}`
  return rules.reduce((rows, { column, sql }) => `SELECT *, ${sql} AS ${column} FROM (${rows})`, lines)
}

/** The same with equal lines added up: work grows with distinct cells, not with lines. */
export function groupedLines({
  sources,
  rules,
  keys,
  where,
  filters,
}: {
  sources: readonly { name: string; sql: string }[]
  rules: readonly { column: string; sql: string }[]
  keys: readonly string[]
  where: string
  filters: readonly ConditionColumn[]
}): string {
  const lines = linesSql({ sources, rules, metrics: METRICS, fixed: true, where })
  const sums = METRICS.map((metric) => `sum(ifNull(l.${metric}, 0)) AS ${metric}`).join(', ')
  const names = keys.join(', ')
  return `SELECT ${names}, ${sums}, count() AS line_count FROM (${lines}) AS l${whereSql(filters.map(conditionSql))} GROUP BY ${names}`
}
