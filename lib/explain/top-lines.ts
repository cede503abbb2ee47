import { z } from 'zod'
import { buildRelation, type LineFilter, type RelationInput } from '../allocation/relation'
import type { Explanation } from '../contract/allocations'
import type { Metric } from '../contract/common'
import { plainDecimal } from '../decimal'
import { warehouse } from '../warehouse/client'

const lineRow = z.object({ cost: z.string(), start: z.string(), groups: z.array(z.string()) })

const SHOWN = 5

/** The largest cost lines of a cell, equal ones as one. */
export async function readTopLines({
  input,
  start,
  end,
  filters,
  metric,
}: {
  input: RelationInput
  start: Date
  end: Date
  filters: LineFilter[]
  metric: Metric
}): Promise<Explanation['parts'][number]['top_lines']> {
  const seconds = (date: Date) => `toDateTime(${date.getTime() / 1000}, 'UTC')`
  const relation = buildRelation({
    ...input,
    where: `${input.where} AND ChargePeriodStart = ${seconds(start)} AND ChargePeriodEnd = ${seconds(end)}`,
    target: null,
    groupBy: [
      { kind: 'column', name: 'ServiceName' },
      { kind: 'column', name: 'ResourceId' },
      { kind: 'column', name: 'ChargeDescription' },
    ],
    filters,
  })
  const { query } = await warehouse()
  const rows = await query({
    query: `SELECT r.cs AS start, [r.g0, r.g1, r.g2] AS groups, sum(r.${metric}) AS cost FROM (${relation.sql}) AS r
      GROUP BY start, groups ORDER BY abs(cost) DESC, groups LIMIT ${SHOWN}`,
    schema: lineRow,
  })
  return rows.map(({ cost, start: at, groups: [service = '', resource = '', description = ''] }) => ({
    charge_period_start: at,
    service,
    resource,
    description,
    cost: plainDecimal(cost),
  }))
}
