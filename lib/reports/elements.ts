import type { ElementsReport } from '../contract/costformation'
import type { ElementsQuery } from '../contract/costs'
import { currentDefinition } from '../definitions/current'
import { readCosts } from './costs'
import { findDimension } from './find-dimension'

/** A dimension's elements with their cost, the largest first; null = cost that it gives to no element. */
export async function readElements({ key, query }: { key: string; query: ElementsQuery }): Promise<ElementsReport> {
  const { definition } = await currentDefinition()
  const dimension = findDimension({ definition, key })
  const report = await readCosts({
    ...query,
    basis: 'charge',
    granularity: 'total',
    group_by: [`custom:${dimension.name}`],
  })
  return {
    dimension: dimension.name,
    metric: report.metric,
    currency: report.currency,
    elements: report.rows.map((row) => ({ element: row.group[0] ?? null, cost: row.cost })),
    total: report.total,
  }
}
