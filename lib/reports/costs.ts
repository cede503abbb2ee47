import { z } from 'zod'
import { buildRelation } from '../allocation/relation'
import type { CostsQuery, CostsReport } from '../contract/costs'
import { canonicalFilterKey } from '../costformation/source'
import { plainDecimal, sumDecimals } from '../decimal'
import { currentDefinition } from '../definitions/current'
import { planStreams } from '../definitions/streams'
import { AppError } from '../errors'
import { warehouse } from '../warehouse/client'
import { isoSeconds, periodSql, readFilters, readKey, readScope } from './report-query'

const row = z.object({ period: z.string(), groups: z.array(z.string()), cost: z.string(), lines: z.coerce.number() })

/** As many rows as a page can use; a report that has more asks to be narrowed. */
export const MAX_ROWS = 100_000

export function tooManyRows(): AppError {
  return new AppError(
    'unprocessable',
    `The report has more than ${MAX_ROWS} rows: choose a shorter range, a coarser granularity or fewer groups.`,
  )
}

/** Cost by period and group, exact. Grouping by a dimension that a split reaches gives its shares. */
export async function readCosts(query: CostsQuery): Promise<CostsReport> {
  const scope = await readScope(query)
  const { definition } = await currentDefinition()
  const groupBy = query.group_by.map((text) => readKey('group_by', text, definition))
  const relation = buildRelation({
    definition,
    streams: await planStreams(),
    target: null,
    groupBy,
    filters: readFilters(query.filter, definition),
    where: scope.where,
  })
  const period = periodSql({ granularity: scope.granularity, column: 'r.cs', from: scope.from })
  const groups = relation.groupColumns.map((column) => `r.${column}`)
  const { query: run } = await warehouse()
  const rows = await run({
    query: `SELECT ${period} AS period, [${groups.join(', ')}]::Array(String) AS groups, sum(r.${scope.metric}) AS cost, sum(r.line_count) AS lines
      FROM (${relation.sql}) AS r GROUP BY ${['period', ...groups].join(', ')} ORDER BY period, cost DESC, groups LIMIT ${MAX_ROWS + 1}`,
    schema: row,
  })
  if (rows.length > MAX_ROWS) throw tooManyRows()
  return {
    metric: scope.metric,
    currency: scope.currency,
    currencies: scope.currencies,
    from: isoSeconds(scope.from),
    to: isoSeconds(scope.to),
    group_by: query.group_by.map(canonicalFilterKey),
    rows: rows.map((item) => ({
      period: item.period,
      group: item.groups.map((value) => value || null),
      cost: plainDecimal(item.cost),
      lines: item.lines,
    })),
    total: sumDecimals(rows.map((item) => item.cost)),
    lines: rows.reduce((sum, item) => sum + item.lines, 0),
  }
}
