import { dayListSql } from '../allocation/days-sql'
import { buildRelation } from '../allocation/relation'
import { splitCellsSql } from '../allocation/split-relation'
import { METRICS } from '../contract/common'
import { sqlString } from '../costformation/sql-literal'
import type { Dimension } from '../costformation/tree'
import { warehouse } from '../warehouse/client'
import type { SplitRun } from './compute-split'

/** A split's cells become amounts by element; a Grouping dimension that a split reaches is computed over its rows. */
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
    const cells = `SELECT period_start AS cs, currency, lines AS line_count, ${METRICS.join(', ')}, gap, reason, '' AS whole, elements, sums, wide_sums
      FROM ${run.tables.cells} WHERE dimension_id = ${sqlString(dimension.id)} AND run_id = ${run.runId} AND day IN (${dayListSql(days)})`
    const split = splitCellsSql({ rows: cells, kept: ['cs', 'currency', 'line_count', 'gap'] })
    return `SELECT cs, currency, line_count, gap, element, if(element = '', reason, '') AS reason, ${METRICS.join(', ')} FROM (${split})`
  }
  return buildRelation({
    ...run,
    where: `${run.where} AND toDate(ChargePeriodStart) IN (${dayListSql(days)})`,
    target: dimension.id,
    groupBy: [],
    filters: [],
  }).sql
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
      SELECT ${run.runId}, ${sqlString(dimension.id)}, toDate(r.cs) AS day, toStartOfHour(r.cs) AS period_start, r.currency, r.element, r.reason, r.gap,
        sum(r.line_count), ${METRICS.map((metric) => `sum(r.${metric})`).join(', ')}
      FROM (${amountsSql(input)}) AS r GROUP BY day, period_start, r.currency, r.element, r.reason, r.gap`,
  })
}
