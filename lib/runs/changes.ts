import { z } from 'zod'
import { daysOfRunsSql } from '../allocation/days-sql'
import type { RunChange } from '../contract/runs'
import { sqlString } from '../costformation/sql-literal'
import { plainDecimal } from '../decimal'
import { warehouse } from '../warehouse/client'
import { readPointers } from './cells-in-force'
import type { StaleWork } from './stale-work'

const row = z.object({
  currency: z.string(),
  cost_before: z.string(),
  rest_before: z.string(),
  cost_after: z.string(),
  rest_after: z.string(),
})

/** What a run that is whole changes, against what is in force until its pointers flip. */
export async function readChanges({ runId, work }: { runId: number; work: StaleWork['work'] }): Promise<RunChange[]> {
  const { query } = await warehouse()
  const pointers = await readPointers()
  const changes: RunChange[] = []
  for (const { dimension, days } of work) {
    const list = new Set(days)
    const before = pointers.filter(({ dimensionId, day }) => dimensionId === dimension.id && list.has(day))
    const isAfter = `run_id = ${runId}`
    const sum = (test: string) => `sumIf(EffectiveCost, ${test})`
    const rows = await query({
      query: `SELECT currency, ${sum(`NOT (${isAfter})`)} AS cost_before, ${sum(`NOT (${isAfter}) AND element = ''`)} AS rest_before,
          ${sum(isAfter)} AS cost_after, ${sum(`${isAfter} AND element = ''`)} AS rest_after
        FROM allocation_result WHERE dimension_id = ${sqlString(dimension.id)} AND (${isAfter} OR ${daysOfRunsSql(before)})
        GROUP BY currency ORDER BY currency`,
      schema: row,
    })
    for (const { currency, ...sums } of rows) {
      changes.push({
        dimension: dimension.name,
        dimension_id: dimension.id,
        currency,
        before: { cost: plainDecimal(sums.cost_before), unallocated: plainDecimal(sums.rest_before) },
        after: { cost: plainDecimal(sums.cost_after), unallocated: plainDecimal(sums.rest_after) },
      })
    }
  }
  return changes
}
