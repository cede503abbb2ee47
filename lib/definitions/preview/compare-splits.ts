import { z } from 'zod'
import { buildRelation } from '../../allocation/relation'
import type { PlanStream } from '../../allocation/split-plan'
import type { CellsInForce } from '../../allocation/split-relation'
import { METRICS, type Metric } from '../../contract/common'
import { withoutElement } from '../../contract/definition-preview'
import type { Definition, Dimension } from '../../costformation/tree'
import { fromUnits, toUnits } from '../../units'
import { warehouse } from '../../warehouse/client'
import { eachSlice, type PreviewScope } from './scope'
import { type Elements, Tally } from './tally'

const elementRow = z.object({
  element: z.string(),
  reason: z.string(),
  cost: z.string(),
  lines: z.coerce.number(),
})

export interface SplitComparison {
  id: string
  /** null: the dimension is not there on this side. */
  now: Definition | null
  after: Definition | null
  streams: ReadonlyMap<string, PlanStream>
  /** The cells of each side. */
  cells: { now: CellsInForce; after: CellsInForce }
  metric: Metric
  scope: PreviewScope
  /** Of every line. */
  total: { cost: string; lines: number }
  signal: AbortSignal
}

interface Side {
  definition: Definition
  cells: CellsInForce
  where: string
}

async function readSide({
  definition,
  id,
  streams,
  metric,
  where,
  cells,
}: Pick<SplitComparison, 'id' | 'streams' | 'metric'> & Side) {
  const { query } = await warehouse()
  const relation = buildRelation({ definition, streams, cells, target: id, groupBy: [], filters: [], where })
  const column = METRICS.find((name) => name === metric)
  return query({
    query: `SELECT r.element AS element, r.reason AS reason, sum(r.${column}) AS cost, sum(r.line_count) AS lines
      FROM (${relation.sql}) AS r GROUP BY element, reason`,
    schema: elementRow,
  })
}

const countRow = z.object({ lines: z.coerce.number() })

/** Lines without an element, each once: a split's other rows count a line for each of its elements. */
async function countWithout({
  dimension,
  definition,
  streams,
  where,
  cells,
}: Side & { dimension: Dimension; streams: SplitComparison['streams'] }): Promise<number> {
  const { query } = await warehouse()
  const without = { key: { kind: 'dimensionName' as const, name: dimension.name }, values: [''], negate: false }
  const relation = buildRelation({ definition, streams, cells, target: null, groupBy: [], filters: [without], where })
  const [row] = await query({
    query: `SELECT sum(r.line_count) AS lines FROM (${relation.sql}) AS r`,
    schema: countRow,
  })
  return row?.lines ?? 0
}

/** Adds one side of a dimension to a tally; of an Allocation also what lies outside of its pool. */
async function addSide({
  side,
  definition,
  tally,
  scope,
  signal,
  total,
  cells: ofSides,
  ...rest
}: Omit<SplitComparison, 'now' | 'after'> & { side: 'now' | 'after'; definition: Definition; tally: Tally }) {
  const split = definition.dimensions.find(({ id, type }) => id === rest.id && type === 'Allocation')
  let outside = { cost: toUnits(total.cost), lines: 0 }
  await eachSlice({
    scope,
    signal,
    run: async (where) => {
      const cells = ofSides[side]
      const lines = split ? await countWithout({ ...rest, dimension: split, definition, cells, where }) : 0
      outside = { ...outside, lines: outside.lines + lines }
      for (const row of await readSide({ ...rest, definition, cells, where })) {
        const found = row.element === '' ? row.lines : 0
        outside = { cost: outside.cost - toUnits(row.cost), lines: outside.lines - found }
        tally.addSide({ ...row, side, reason: withoutElement.catch('not_in_dimension').parse(row.reason) })
      }
      return undefined
    },
  })
  if (!split) return
  tally.addSide({ side, element: '', reason: 'outside_the_pool', cost: fromUnits(outside.cost), lines: outside.lines })
}

/** Elements now and after of one dimension that a split reaches, now or after. */
export async function compareSplits({ now, after, ...input }: SplitComparison): Promise<Elements> {
  const tally = new Tally()
  const isSplit = [now, after].some((definition) =>
    definition?.dimensions.some(({ id, type }) => id === input.id && type === 'Allocation'),
  )
  for (const [side, definition] of [['now', now] as const, ['after', after] as const]) {
    if (definition) await addSide({ ...input, side, definition, tally })
    else tally.addSide({ ...input.total, side, element: '', reason: isSplit ? 'outside_the_pool' : 'not_in_dimension' })
  }
  return tally.result()
}
