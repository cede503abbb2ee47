import { z } from 'zod'
import { withHiddenDimensions } from '../allocation/hidden-dimensions'
import type { SplitPlan } from '../allocation/split-plan'
import type { ExplainPart, ExplainStep } from '../contract/allocations'
import { allocationsBehind, directSources, type StreamFilterKeys } from '../costformation/graph'
import type { Definition, Dimension } from '../costformation/tree'
import { isoSeconds } from '../reports/report-query'
import { fromUnits } from '../units'
import { warehouse } from '../warehouse/client'
import type { Cell } from './cells'
import { type CellLinesInput, cellId, cellLinesSql } from './lines'
import type { ExplainRange } from './range'
import { percentText } from './weights'

/** Steps of one part, by dimension: the largest first, and what the others come to. */
type Steps = Pick<ExplainPart, 'steps' | 'steps_rest'>

/** Steps shown of a dimension. */
const SHOWN = 12

export const NO_STEPS: Steps = { steps: [], steps_rest: [] }

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
  /** Of the dimension, from 1. */
  place: z.coerce.number(),
  element: z.string(),
  units: z.string().transform(BigInt),
  elements: z.coerce.number(),
  all_units: z.string().transform(BigInt),
})

export interface ReadStepsInput extends Omit<CellLinesInput, 'further'> {
  plan: SplitPlan
  filterKeys: StreamFilterKeys
}

/**
 * The splits that the cost of cells came out of: told by the cell itself where its key is an element of one, read off
 * the lines where its pool or its partitions go by one.
 */
export async function readSteps(input: ReadStepsInput): Promise<Map<string, Steps>> {
  const { plan, definition, filterKeys, shown, range } = input
  const byName = new Map(definition.dimensions.map((dimension) => [dimension.name, dimension]))
  const told = plan.keys.flatMap((key, place) => {
    const named = key.kind === 'filter' && key.key.kind === 'dimensionName' ? byName.get(key.key.name) : undefined
    const [dimension] = named ? splitDimensions({ ids: [named.id], definition, filterKeys }) : []
    return dimension ? [{ dimension, place }] : []
  })
  const known = new Set(told.map(({ dimension }) => dimension.id))
  const hidden = new Map(withHiddenDimensions(definition).dimensions.map((dimension) => [dimension.id, dimension]))
  const ids = plan.keys.flatMap((key) => {
    const dimension = key.kind === 'dimension' ? hidden.get(key.id) : undefined
    return dimension ? dimensionsRead(dimension).filter((id) => !known.has(id)) : []
  })
  const behind = splitDimensions({ ids, definition, filterKeys })
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
      const { steps: read, steps_rest } = found.get(cellId(cell)) ?? NO_STEPS
      return [cellId(cell), { steps: [...steps, ...read], steps_rest }]
    }),
  )
}

interface FromLinesInput extends ReadStepsInput {
  behind: readonly Dimension[]
}

/** Rows of cells by dimension and element, the largest of each first, with how many there are and what they come to. */
async function readStepRows({ behind, ...input }: FromLinesInput) {
  const further = behind.map(({ name }) => ({ kind: 'dimensionName' as const, name }))
  const { columns, from } = cellLinesSql({ ...input, further })
  const { query } = await warehouse()
  const of = 'start, end, keys, place'
  const sums = `SELECT s.start AS start, s.end AS end, s.keys AS keys, g.1 AS place, g.2 AS element, sum(s.cost) AS amount
    FROM (SELECT ${columns} FROM ${from}) AS s ARRAY JOIN arrayZip(arrayEnumerate(s.groups), s.groups) AS g
    WHERE g.2 != '' GROUP BY ${of}, element`
  const units = (sql: string) => `toString(toInt256(reinterpret(CAST(${sql}, 'Decimal(38, 18)'), 'Int128')))`
  return query({
    query: `SELECT ${of}, element, ${units('amount')} AS units, count() OVER cells AS elements, ${units('sum(amount) OVER cells')} AS all_units
      FROM (${sums}) WINDOW cells AS (PARTITION BY ${of}) ORDER BY ${of}, abs(amount) DESC, element LIMIT ${SHOWN} BY ${of}`,
    schema: stepRow,
    immutable: true,
  })
}

async function readFromLines(input: FromLinesInput): Promise<Map<string, Steps>> {
  const { behind, shown, range } = input
  if (behind.length === 0 || shown.length === 0) return new Map()
  const rows = await readStepRows(input)
  return new Map(
    shown.map((cell) => {
      const own = rows.filter((row) => cellId(row) === cellId(cell))
      const times = { from: new Date(cell.start), to: endOf(cell) }
      const found = behind.map((dimension, index) => ({
        dimension,
        rows: own.filter(({ place }) => place === index + 1),
      }))
      return [
        cellId(cell),
        {
          steps: found.flatMap(({ dimension, rows: mine }) =>
            mine.map(({ element, units }) =>
              stepOf({ dimension, element, amount: units, cost: cell.cost, ...times, range }),
            ),
          ),
          steps_rest: found.flatMap(({ dimension, rows: mine }) => {
            const [first] = mine
            if (!first || first.elements <= mine.length) return []
            const amount = mine.reduce((rest, { units }) => rest - units, first.all_units)
            const { id, name } = dimension
            return [
              { dimension: name, dimension_id: id, steps: first.elements - mine.length, amount: fromUnits(amount) },
            ]
          }),
        },
      ]
    }),
  )
}
