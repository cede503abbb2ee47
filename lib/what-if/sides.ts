import { z } from 'zod'
import { daysOfRunsSql } from '../allocation/days-sql'
import { buildSums } from '../allocation/relation'
import { type CellsInForce, splitCellsSql } from '../allocation/split-relation'
import { METRICS } from '../contract/common'
import { sqlString } from '../costformation/sql-literal'
import type { Definition, Dimension } from '../costformation/tree'
import type { planStreams } from '../definitions/streams'
import { AppError } from '../errors'
import { readPointers } from '../runs/cells-in-force'
import { eachSliceOfDays } from '../runs/slices'
import { toUnits } from '../units'
import { warehouse } from '../warehouse/client'
import type { Ledger } from './ledger'
import type { WhatIfScope } from './scope'

const elementRow = z.object({ element: z.string(), reason: z.string(), cost: z.string().transform(toUnits) })

export type Streams = Awaited<ReturnType<typeof planStreams>>

const moneySql = ({ currency }: WhatIfScope) => (currency === null ? '1' : `currency = ${sqlString(currency)}`)

/** What the last whole runs have stored of a dimension that a split reaches. */
export async function addStored({
  ledger,
  dimension,
  scope,
}: {
  ledger: Ledger
  dimension: Dimension
  scope: WhatIfScope
}): Promise<void> {
  const days = new Set(scope.days)
  const pointers = await readPointers()
  const seen = pointers.filter(({ dimensionId, day }) => dimensionId === dimension.id && days.has(day))
  const { query } = await warehouse()
  const rows = await query({
    query: `SELECT element, reason, sum(${scope.metric}) AS cost FROM allocation_result
      WHERE dimension_id = ${sqlString(dimension.id)} AND ${daysOfRunsSql(seen)} AND ${moneySql(scope)} GROUP BY element, reason`,
    schema: elementRow,
  })
  for (const row of rows) ledger.add(row)
}

interface Cells {
  dimension: Dimension
  cells: CellsInForce
  scope: WhatIfScope
  /** Over the cells: which of them. */
  test?: string
}

function cellsSql({ dimension, cells, scope, test = '1' }: Cells): string {
  const days = scope.days.map((day) => `toDate('${day}')`).join(', ')
  return `FROM ${cells.table} WHERE dimension_id = ${sqlString(dimension.id)} AND ${cells.condition(dimension.id)}
    AND ${days === '' ? '0' : `day IN (${days})`} AND ${moneySql(scope)} AND ${test}`
}

const dayRow = z.object({ date: z.string() })

/** Days on which a split has such cells. */
export async function cellDays(input: Cells): Promise<string[]> {
  const { query } = await warehouse()
  const sql = `SELECT DISTINCT toString(day) AS date ${cellsSql(input)} ORDER BY date`
  return (await query({ query: sql, schema: dayRow })).map(({ date }) => date)
}

/** A split's cells, as amounts. */
export async function addCells({ ledger, ...input }: Cells & { ledger: Ledger }): Promise<void> {
  const rows = `SELECT ${METRICS.join(', ')}, reason, '' AS whole, elements, sums, wide_sums ${cellsSql(input)}`
  const { query } = await warehouse()
  const found = await query({
    query: `SELECT element, if(element = '', reason, '') AS why, sum(${input.scope.metric}) AS cost
      FROM (${splitCellsSql({ rows, kept: [] })}) GROUP BY element, why`,
    schema: elementRow.omit({ reason: true }).extend({ why: z.string() }),
  })
  for (const { why, ...row } of found) ledger.add({ ...row, reason: why })
}

/** A Grouping dimension's elements, whether a split reaches it or not: over the cost lines, some days at a time. */
export async function addGroups({
  ledger,
  dimension,
  definition,
  streams,
  cells,
  scope,
  signal,
}: {
  ledger: Ledger
  dimension: Dimension
  definition: Definition
  streams: Streams
  cells: CellsInForce
  scope: WhatIfScope
  signal: AbortSignal
}): Promise<void> {
  const { query } = await warehouse()
  await eachSliceOfDays(scope.days, async (days) => {
    throwIfGone(signal)
    const { sql } = buildSums({
      ...{ definition, streams, cells, metric: scope.metric, filters: [] },
      groupBy: [{ kind: 'dimensionName', name: dimension.name }],
      where: scope.whereOf(days),
    })
    const rows = await query({
      query: `SELECT g0 AS element, 'not_in_dimension' AS reason, cost FROM (${sql})`,
      schema: elementRow,
    })
    for (const row of rows) ledger.add(row)
  })
}

const costRow = z.object({ cost: z.string().transform(toUnits) })

/** Of every cost line in the range. */
export async function readTotal(scope: WhatIfScope): Promise<bigint> {
  const { query } = await warehouse()
  const [row] = await query({
    query: `SELECT sum(ifNull(${scope.metric}, 0)) AS cost FROM cost_lines WHERE ${scope.whereOf(scope.days)}`,
    schema: costRow,
  })
  return row?.cost ?? 0n
}

export function throwIfGone(signal: AbortSignal): void {
  if (signal.aborted) throw new AppError('unavailable', 'The request was given up.')
}
