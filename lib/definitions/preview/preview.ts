import { z } from 'zod'
import type { CellsInForce } from '../../allocation/split-relation'
import type { DefinitionPreview, PreviewDimension, previewRequest } from '../../contract/definition-preview'
import type { Definition } from '../../costformation/tree'
import { currentLinesSql } from '../../costs/current-lines'
import { plainDecimal, sumDecimals } from '../../decimal'
import { AppError } from '../../errors'
import { cellsInForce } from '../../runs/cells-in-force'
import { withTrial } from '../../runs/trial'
import { warehouse } from '../../warehouse/client'
import { currentDefinition } from '../current'
import { planStreams } from '../streams'
import { requireValid } from '../validate'
import { compareRules } from './compare-rules'
import { compareSplits } from './compare-splits'
import { neededFor, type PlannedDimension, planPreview } from './plan'
import { type PreviewScope, previewScope } from './scope'
import { type Elements, Tally } from './tally'

const totalRow = z.object({ cost: z.string(), lines: z.coerce.number() })

/** Dimensions that are compared in one statement. */
const TOGETHER = 16

type Input = z.infer<typeof previewRequest>
/** Of every line, now as after. */
interface Total {
  cost: string
  lines: number
}

type Streams = Awaited<ReturnType<typeof planStreams>>

interface Work {
  now: Definition
  after: Definition
  streams: Streams
  scope: PreviewScope
  metric: Input['metric']
  /** Of every line in the range; read when it is needed, once. */
  total: () => Promise<Total>
  signal: AbortSignal
}

function choose(planned: readonly PlannedDimension[], id: string | undefined): PlannedDimension[] {
  if (id === undefined) return planned.filter(({ change }) => change !== 'same')
  const found = planned.find(({ dimension }) => dimension.id === id)
  if (!found) throw new AppError('not_found', `Neither definition has a dimension "${id}".`)
  return [found]
}

async function compareUnsplit(dimensions: readonly PlannedDimension[], work: Work): Promise<Map<string, Elements>> {
  const { streams, scope, now, after, ...rest } = work
  const found = new Map<string, Elements>()
  for (let start = 0; start < dimensions.length; start += TOGETHER) {
    const ids = dimensions.slice(start, start + TOGETHER).map(({ dimension }) => dimension.id)
    const sideOf = (definition: Definition) => ({ definition, needed: neededFor({ definition, ids, streams }) })
    const elements = await compareRules({
      ...rest,
      ids,
      now: sideOf(now),
      after: sideOf(after),
      scope,
    })
    for (const [index, id] of ids.entries()) found.set(id, elements[index] ?? new Tally().result())
  }
  return found
}

/** What a split would be is computed first, and is gone when it was compared. */
async function withCells<T>(
  { chosen, ...work }: Work & { chosen: readonly PlannedDimension[] },
  compare: (cells: { now: CellsInForce; after: CellsInForce }) => Promise<T>,
): Promise<T> {
  const now = await cellsInForce()
  const ids = chosen.flatMap(({ allocated, inAfter, dimension }) => (allocated && inAfter ? [dimension.id] : []))
  if (ids.length === 0) return compare({ now, after: now })
  const days = work.scope.days.map(({ day }) => day)
  const where = await currentLinesSql()
  return withTrial({ ...work, definition: work.after, ids, days, where }, (after) => compare({ now, after }))
}

async function compareAll(chosen: readonly PlannedDimension[], work: Work): Promise<PreviewDimension[]> {
  return withCells({ ...work, chosen }, (cells) => compareEach(chosen, { ...work, cells }))
}

async function compareEach(
  chosen: readonly PlannedDimension[],
  work: Work & { cells: { now: CellsInForce; after: CellsInForce } },
): Promise<PreviewDimension[]> {
  const unsplit = await compareUnsplit(
    chosen.filter(({ allocated }) => !allocated),
    work,
  )
  const compared: PreviewDimension[] = []
  for (const { dimension, change, allocated, inNow, inAfter } of chosen) {
    const elements =
      unsplit.get(dimension.id) ??
      (await compareSplits({
        ...work,
        total: await work.total(),
        id: dimension.id,
        now: inNow ? work.now : null,
        after: inAfter ? work.after : null,
      }))
    compared.push({ id: dimension.id, name: dimension.name, type: dimension.type, change, allocated, ...elements })
  }
  return compared
}

async function readTotal({ scope, metric }: Pick<Work, 'scope' | 'metric'>): Promise<Total> {
  const { query } = await warehouse()
  const [row] = await query({
    query: `SELECT sum(ifNull(${metric}, 0)) AS cost, count() AS lines FROM cost_lines WHERE ${scope.where}`,
    schema: totalRow,
  })
  return { cost: plainDecimal(row?.cost ?? '0'), lines: row?.lines ?? 0 }
}

/** What a dimension's elements add up to. */
function totalOf({ elements, others }: PreviewDimension): Total {
  const parts = others ? [...elements, others] : elements
  return {
    cost: sumDecimals(parts.map(({ now }) => now)),
    lines: parts.reduce((sum, { lines_now }) => sum + lines_now, 0),
  }
}

/**
 * What a definition would change before it is saved: the elements' cost now and after, exact, of every dimension that
 * changes. Nothing is stored. `signal`: the asker's; the work ends between two statements when they have gone.
 */
export async function previewDefinition({
  input,
  signal,
}: {
  input: Input
  signal: AbortSignal
}): Promise<DefinitionPreview> {
  const { definition: after } = await requireValid(input.yaml)
  const { version, definition: now } = await currentDefinition()
  const streams = await planStreams()
  const planned = planPreview({ now, after, streams })
  const chosen = choose(planned, input.dimension)
  const scope = await previewScope(input)
  const { metric } = input
  let reading: Promise<Total> | null = null
  const readOnce = () => {
    reading ??= readTotal({ scope, metric })
    return reading
  }
  const dimensions = await compareAll(chosen, { now, after, streams, scope, metric, total: readOnce, signal })
  const unsplit = dimensions.find(({ allocated }) => !allocated)
  const total = unsplit && scope.days.length > 0 ? totalOf(unsplit) : await readOnce()
  return {
    version,
    metric,
    currency: scope.currency,
    currencies: scope.currencies,
    from: scope.range?.from ?? null,
    to: scope.range?.to ?? null,
    total: total.cost,
    lines: total.lines,
    dimensions,
    unchanged: planned.filter(({ change }) => change === 'same').length,
  }
}
