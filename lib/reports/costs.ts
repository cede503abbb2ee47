import { buildSums } from '../allocation/relation'
import type { Metric } from '../contract/common'
import type { ExplorerQuery, ExplorerReport } from '../contract/explorer'
import { currentDefinition } from '../definitions/current'
import { AppError } from '../errors'
import { currentSplits } from '../runs/current-splits'
import { warehouse } from '../warehouse/client'
import { foldSql } from './explorer/cells-sql'
import { cellRow, presentExplorer } from './explorer/present'
import { bucketSql, isBeforeSql } from './explorer/ranges'
import { readExplorerScope } from './explorer/scope'
import { readFilters, readKey } from './report-query'

/** As many rows as a page can use; a report that has more asks to be narrowed. */
export const MAX_ROWS = 100_000

export function tooManyRows(): AppError {
  return new AppError(
    'unprocessable',
    `The report has more than ${MAX_ROWS} rows: choose a shorter range, a coarser granularity or fewer groups.`,
  )
}

/** Where a quantity's unit stands on its line. */
const UNIT_COLUMNS: Partial<Record<Metric, string>> = {
  ConsumedQuantity: 'ConsumedUnit',
  PricingQuantity: 'PricingUnit',
}

/** Cost by period and group, exact. Grouping by a dimension that a split reaches gives its shares. */
export async function readCosts(query: ExplorerQuery): Promise<ExplorerReport> {
  const scope = await readExplorerScope(query)
  const { definition } = await currentDefinition()
  const { range, previous } = scope
  const { granularity, basis, metric, top } = query
  const unit = UNIT_COLUMNS[metric]
  const sums = buildSums({
    definition,
    ...(await currentSplits()),
    groupBy: query.group_by.map((text) => readKey('group_by', text, definition)),
    filters: readFilters(query.filter, definition),
    where: scope.where,
    metric,
    extra: [
      { name: 'period', sql: bucketSql({ granularity, basis, range, previous }) },
      { name: 'previous', sql: previous ? isBeforeSql({ basis, from: range.from }) : 'false' },
      ...(unit === undefined ? [] : [{ name: 'unit', sql: `toString(${unit})` }]),
    ],
  })
  const { query: run } = await warehouse()
  const rows = await run({
    query: foldSql({
      sums: sums.sql,
      groupColumns: sums.groupColumns,
      top,
      withUnits: unit !== undefined,
      limit: MAX_ROWS + 1,
    }),
    schema: cellRow,
  })
  if (rows.length > MAX_ROWS) throw tooManyRows()
  return presentExplorer({ rows, query, scope })
}
