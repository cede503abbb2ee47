import { dayListSql } from '../allocation/days-sql'
import { buildRelation } from '../allocation/relation'
import { summedCellsSql } from '../allocation/split-relation'
import { METRICS } from '../contract/common'
import { sqlString } from '../costformation/sql-literal'
import type { Dimension } from '../costformation/tree'
import { warehouse } from '../warehouse/client'
import type { SplitRun } from './compute-split'

/** Amounts by hour, currency, element and what became of them: `hour, currency, gap, element, why, line_count` and the metrics. */
function amountsSql({
  run,
  dimension,
  days,
}: {
  run: SplitRun
  dimension: Dimension
  days: readonly string[]
}): string {
  if (dimension.type === 'Allocation') {
    const rows = `SELECT toStartOfHour(period_start) AS hour, currency, lines AS line_count, ${METRICS.join(', ')}, gap, reason, '' AS whole, elements, sums, wide_sums
      FROM ${run.tables.cells} WHERE dimension_id = ${sqlString(dimension.id)} AND run_id = ${run.runId} AND day IN (${dayListSql(days)})`
    return summedCellsSql({ rows, by: ['hour', 'currency', 'gap'] })
  }
  // A Grouping dimension that a split reaches is computed over its rows.
  const { sql } = buildRelation({
    ...run,
    where: `${run.where} AND toDate(ChargePeriodStart) IN (${dayListSql(days)})`,
    target: dimension.id,
    groupBy: [],
    filters: [],
  })
  const sums = METRICS.map((metric) => `sum(r.${metric}) AS ${metric}`).join(', ')
  return `SELECT toStartOfHour(r.cs) AS hour, r.currency AS currency, r.gap AS gap, r.element AS element, r.reason AS why, sum(r.line_count) AS line_count, ${sums}
    FROM (${sql}) AS r GROUP BY hour, currency, gap, element, why`
}

/** Stores the amounts of a dimension on some days, by hour: what the screens read. */
export async function storeResults(input: {
  run: SplitRun
  dimension: Dimension
  days: readonly string[]
}): Promise<void> {
  const { command } = await warehouse()
  const { run, dimension } = input
  await command({
    query: `INSERT INTO allocation_result
      (run_id, dimension_id, day, period_start, currency, element, reason, gap, lines, ${METRICS.join(', ')})
      SELECT ${run.runId}, ${sqlString(dimension.id)}, toDate(hour), hour, currency, element, why, gap, line_count, ${METRICS.join(', ')}
      FROM (${amountsSql(input)})`,
  })
}
