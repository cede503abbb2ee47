import { buildSums, type RelationInput } from '../allocation/relation'
import type { Metric } from '../contract/common'
import type { ExplorerQuery, ExplorerReport } from '../contract/explorer'
import { allocationsBehind } from '../costformation/graph'
import type { FilterKey } from '../costformation/source'
import { currentDefinition } from '../definitions/current'
import { streamFilterKeys } from '../definitions/streams'
import { AppError } from '../errors'
import { splitsFor } from '../runs/current-splits'
import { readWaiting, type Waiting } from '../runs/waiting'
import { warehouse } from '../warehouse/client'
import { foldSql } from './explorer/cells-sql'
import { cellRow, presentExplorer } from './explorer/present'
import { bucketSql, isBeforeSql } from './explorer/ranges'
import { type ExplorerScope, readExplorerScope } from './explorer/scope'
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

/** Enabled splits that the keys go by, one behind the other. */
function splitsBehind({
  definition,
  keys,
  streams,
}: Pick<RelationInput, 'definition' | 'streams'> & { keys: readonly FilterKey[] }): string[] {
  const names = new Set(keys.flatMap((key) => (key.kind === 'dimensionName' ? [key.name] : [])))
  const streamKeys = streamFilterKeys(streams)
  return definition.dimensions
    .filter(({ name }) => names.has(name))
    .flatMap(({ id }) => allocationsBehind(definition, id, streamKeys))
}

/** Whether days wait to be computed of the splits; with none of them, no day does. */
async function waitingFor({ splits, scope }: { splits: readonly string[]; scope: ExplorerScope }): Promise<Waiting> {
  if (splits.length === 0) return { stale: false, failure: null }
  return readWaiting({ from: scope.previous?.from ?? scope.range.from, to: scope.range.to, ids: splits })
}

/** Cost by period and group, exact. Grouping by a dimension that a split reaches gives its shares. */
export async function readCosts(query: ExplorerQuery): Promise<ExplorerReport> {
  const scope = await readExplorerScope(query)
  const { definition } = await currentDefinition()
  const { range, previous } = scope
  const { granularity, basis, metric, top } = query
  const unit = UNIT_COLUMNS[metric]
  const groupBy = query.group_by.map((text) => readKey('group_by', text, definition))
  const filters = readFilters(query.filter, definition)
  const keys = [...groupBy, ...filters.map(({ key }) => key)]
  const [first] = groupBy
  const splits = await splitsFor(keys)
  const waiting = await waitingFor({ splits: splitsBehind({ definition, keys, streams: splits.streams }), scope })
  const sums = buildSums({
    definition,
    ...splits,
    groupBy,
    filters,
    where: scope.where,
    days: scope.days,
    metric,
    extra: [
      { name: 'period', sql: bucketSql({ granularity, basis, range, previous }) },
      ...(previous ? [{ name: 'previous', sql: isBeforeSql({ basis, from: range.from }) }] : []),
      ...(unit === undefined ? [] : [{ name: 'unit', sql: `toString(${unit})` }]),
    ],
  })
  const { query: run } = await warehouse()
  const rows = await run({
    query: foldSql({
      sums: sums.sql,
      groupColumns: sums.groupColumns,
      top,
      compared: previous !== null,
      withUnits: unit !== undefined,
      inTableOrder: granularity === 'daily' && !previous && first?.kind === 'native' && first.name === 'Service',
      limit: MAX_ROWS + 1,
    }),
    schema: cellRow,
    immutable: true,
  })
  if (rows.length > MAX_ROWS) throw tooManyRows()
  return presentExplorer({ rows, query, scope, waiting })
}
