import { z } from 'zod'
import { buildRelation, type RelationInput } from '../allocation/relation'
import type { Metric } from '../contract/common'
import { sqlString } from '../costformation/sql-literal'
import { plainDecimal } from '../decimal'
import { warehouse } from '../warehouse/client'

const cellRow = z.object({
  start: z.string(),
  end: z.string(),
  groups: z.array(z.string()),
  cost: z.string(),
  amount: z.string(),
  lines: z.coerce.number(),
  reason: z.string(),
})
export type Cell = z.infer<typeof cellRow>

const totalRow = z.object({ cells: z.coerce.number(), amount: z.string() })

/** The cells that an amount is made of: equal lines with their cost and the element's share, the largest first, and the exact sum of all. */
export async function readCells({
  input,
  element,
  metric,
  limit,
}: {
  input: RelationInput
  /** null: what has no element. */
  element: string | null
  metric: Metric
  limit: number
}): Promise<{ cells: Cell[]; count: number; amount: string }> {
  const relation = buildRelation(input)
  const isElement = `r.element = ${sqlString(element ?? '')}`
  const groups = relation.groupColumns.map((column) => `r.${column}`)
  const cells = `SELECT r.cs AS start, r.ce AS end, [${groups.join(', ')}]::Array(String) AS groups, sum(r.${metric}) AS cost,
    sumIf(r.${metric}, ${isElement}) AS amount, sumIf(r.line_count, ${isElement}) AS lines, anyIf(r.reason, ${isElement}) AS reason
    FROM (${relation.sql}) AS r GROUP BY ${['start', 'end', ...groups].join(', ')} HAVING countIf(${isElement}) > 0`
  const { query } = await warehouse()
  const largest = await query({
    query: `${cells} ORDER BY abs(amount) DESC, start, groups LIMIT ${limit}`,
    schema: cellRow,
  })
  const [total] = await query({
    query: `SELECT count() AS cells, sum(amount) AS amount FROM (${cells})`,
    schema: totalRow,
  })
  return {
    cells: largest.map((cell) => ({ ...cell, cost: plainDecimal(cell.cost), amount: plainDecimal(cell.amount) })),
    count: total?.cells ?? 0,
    amount: plainDecimal(total?.amount ?? '0'),
  }
}
