import { z } from 'zod'
import { withHiddenDimensions } from '../allocation/hidden-dimensions'
import type { SplitPlan } from '../allocation/split-plan'
import type { ExplainStep } from '../contract/allocations'
import { allocationsBehind, directSources, type StreamFilterKeys } from '../costformation/graph'
import type { Definition, Dimension } from '../costformation/tree'
import { isoSeconds } from '../reports/report-query'
import { fromUnits } from '../units'
import { warehouse } from '../warehouse/client'
import type { Cell } from './cells'
import { type CellLinesInput, cellId, cellLinesSql } from './lines'
import type { ExplainRange } from './range'
import { percentText } from './weights'

/** Steps of one part, the largest first. */
const SHOWN = 12

export interface StepInput {
  dimension: Dimension
  element: string | null
  /** In units of 10^-18, as `cost`. */
  amount: bigint
  cost: bigint
  from: Date
  to: Date
  range: Pick<ExplainRange, 'metric' | 'currency'>
}

/** A split that cost came out of, with the query that explains it further. */
export function stepOf({ dimension, element, amount, cost, from, to, range }: StepInput): ExplainStep {
  const query = new URLSearchParams({
    from: isoSeconds(from),
    to: isoSeconds(to),
    granularity: 'total',
    metric: range.metric,
    ...(range.currency === null ? {} : { currency: range.currency }),
    ...(element === null ? {} : { element }),
  })
  return {
    dimension: dimension.name,
    dimension_id: dimension.id,
    element,
    amount: fromUnits(amount),
    percent: percentText(amount, cost),
    from: isoSeconds(from),
    to: isoSeconds(to),
    query: `/api/v1/allocations/${encodeURIComponent(dimension.id)}/explain?${query}`,
  }
}

/** Dimensions among these that a split reaches. */
export function splitDimensions({
  ids,
  definition,
  filterKeys,
}: {
  ids: Iterable<string>
  definition: Definition
  filterKeys: StreamFilterKeys
}): Dimension[] {
  const wanted = new Set(ids)
  return definition.dimensions.filter(
    ({ id, disabled }) => !disabled && wanted.has(id) && allocationsBehind(definition, id, filterKeys).length > 0,
  )
}

export const dimensionsRead = (dimension: Dimension): string[] =>
  directSources(dimension).flatMap((source) => (source.kind === 'dimension' ? [source.id] : []))

/** End of a charge period as the end of a range of starts. */
const endOf = ({ start, end }: Cell) => new Date(Math.max(Date.parse(end), Date.parse(start) + 1000))

const stepRow = z.object({
  start: z.string(),
  end: z.string(),
  keys: z.array(z.string()),
  groups: z.array(z.string()),
  amount: z.string().transform(BigInt),
})

export interface ReadStepsInput extends Omit<CellLinesInput, 'further'> {
  plan: SplitPlan
  filterKeys: StreamFilterKeys
}

/**
 * The splits that the cost of cells came out of: told by the cell itself where its key is an element of one, read off
 * the lines where its pool or its partitions go by one.
 */
export async function readSteps(input: ReadStepsInput): Promise<Map<string, ExplainStep[]>> {
  const { plan, definition, filterKeys, shown, range } = input
  const byName = new Map(definition.dimensions.map((dimension) => [dimension.name, dimension]))
  const told = plan.keys.flatMap((key, place) => {
    const named = key.kind === 'filter' && key.key.kind === 'dimensionName' ? byName.get(key.key.name) : undefined
    const [dimension] = named ? splitDimensions({ ids: [named.id], definition, filterKeys }) : []
    return dimension ? [{ dimension, place }] : []
  })
  const known = new Set(told.map(({ dimension }) => dimension.id))
  const hidden = new Map(withHiddenDimensions(definition).dimensions.map((dimension) => [dimension.id, dimension]))
  const read = plan.keys.flatMap((key) => {
    const dimension = key.kind === 'dimension' ? hidden.get(key.id) : undefined
    return dimension ? dimensionsRead(dimension).filter((id) => !known.has(id)) : []
  })
  const behind = splitDimensions({ ids: read, definition, filterKeys })
  const found = await readFromLines({ ...input, behind })
  return new Map(
    shown.map((cell) => {
      const steps = told.map(({ dimension, place }) =>
        stepOf({
          ...{ dimension, element: cell.keys[place] || null, amount: cell.cost, cost: cell.cost, range },
          from: new Date(cell.start),
          to: endOf(cell),
        }),
      )
      return [cellId(cell), [...steps, ...(found.get(cellId(cell)) ?? [])]]
    }),
  )
}

async function readFromLines({
  behind,
  ...input
}: ReadStepsInput & { behind: readonly Dimension[] }): Promise<Map<string, ExplainStep[]>> {
  if (behind.length === 0 || input.shown.length === 0) return new Map()
  const further = behind.map(({ name }) => ({ kind: 'dimensionName' as const, name }))
  const { columns, from } = cellLinesSql({ ...input, further })
  const { query } = await warehouse()
  const rows = await query({
    query: `SELECT s.start AS start, s.end AS end, s.keys AS keys, s.groups AS groups, toString(toInt256(reinterpret(CAST(sum(s.cost), 'Decimal(38, 18)'), 'Int128'))) AS amount
      FROM (SELECT ${columns} FROM ${from}) AS s GROUP BY start, end, keys, groups
      ORDER BY start, end, keys, abs(sum(s.cost)) DESC, groups LIMIT ${SHOWN} BY start, end, keys`,
    schema: stepRow,
  })
  return new Map(
    input.shown.map((cell) => {
      const own = rows.filter((row) => cellId(row) === cellId(cell))
      const times = { from: new Date(cell.start), to: endOf(cell) }
      const steps = behind.flatMap((dimension, index) => {
        const sums = new Map<string, bigint>()
        for (const { groups, amount } of own) {
          const element = groups[index] ?? ''
          if (element !== '') sums.set(element, (sums.get(element) ?? 0n) + amount)
        }
        return [...sums].map(([element, amount]) =>
          stepOf({ dimension, element, amount, cost: cell.cost, ...times, range: input.range }),
        )
      })
      return [cellId(cell), steps]
    }),
  )
}
