import { z } from 'zod'
import { balanceKeys } from '../allocation/balance'
import { splitCost } from '../allocation/round'
import { adjusted, amountsBeforeLimits, hasMonthlyLimits, shapeCell } from '../allocation/shape'
import type { SplitPlan } from '../allocation/split-plan'
import { ClosedPools, solveMutual } from '../allocation/vector/mutual'
import { balanceAmounts, rateAmounts } from '../allocation/vector/rate'
import type { Vector } from '../allocation/vector/vector'
import { METRICS } from '../contract/common'
import type { AllocationDimension } from '../costformation/tree'
import { AppError } from '../errors'
import { fromUnits, toUnits } from '../units'
import { warehouse } from '../warehouse/client'
import type { RunTables } from './run-tables'

/** The other metrics come along. */
const cellRow = z.looseObject({
  dimension_id: z.string(),
  day: z.string(),
  period_start: z.string(),
  period_end: z.string(),
  currency: z.string(),
  keys: z.array(z.string()),
  lines: z.string(),
  driver: z.number(),
  gap: z.string(),
  reason: z.string(),
  records: z.string(),
  elements: z.array(z.string()),
  sums: z.array(z.string()),
  wide_sums: z.array(z.string()),
  EffectiveCost: z.string(),
})
type CellRow = z.infer<typeof cellRow>

const PAGE = 2000
const NARROW = 2n ** 63n

function vectorOf({ elements, sums, wide_sums: wide }: CellRow): Vector {
  const running = (sums.length > 0 ? sums : wide).map(BigInt)
  return { elements, weights: running.map((sum, index) => sum - (running[index - 1] ?? 0n)) }
}

function runningOf({ weights }: Vector): Pick<CellRow, 'sums' | 'wide_sums'> {
  let sum = 0n
  const running = weights.map((weight) => {
    sum += weight
    return String(sum)
  })
  return sum < NARROW ? { sums: running, wide_sums: [] } : { sums: [], wide_sums: running }
}

/**
 * Which key names the pools of mutual services: the first of the first stream that has one. null: none does, so that
 * there are no pools to hand on to.
 */
export function poolPlace(plan: SplitPlan): number | null {
  const places = plan.drivers.flatMap(({ source }) => (source.kind === 'telemetry' ? source.keys.slice(0, 1) : []))
  return places[0] ?? null
}

/** `2024-09-05`, or `2024-09-05 13:00 UTC`. */
const timeWords = (start: string) => {
  const [day = '', time = ''] = start.split('T')
  return time === '00:00:00Z' ? day : `${day} ${time.slice(0, 5)} UTC`
}

/** What the pools of one charge period hand on to each other, by pool. Throws an AppError for pools that feed only each other. */
function handOn(plan: SplitPlan, pools: ReadonlyMap<string, Vector>, at: string): Map<string, Vector> {
  const method = plan.dimension.mutual
  if (method === null) return new Map(pools)
  try {
    return solveMutual({ pools, method })
  } catch (error) {
    if (!(error instanceof ClosedPools)) throw error
    throw new AppError(
      'unprocessable',
      `${plan.dimension.name}: the pools ${error.pools.join(', ')} feed only each other at ${timeWords(at)}; somebody outside has to use them.`,
    )
  }
}

/** Cells that are shaped together: of one charge period and currency, and alike in what names no pool. */
function togetherSql(plan: SplitPlan): string[] {
  const place = poolPlace(plan)
  if (plan.dimension.mutual === null || place === null) return []
  const apart = plan.keys.map((_, index) => index).filter((index) => index === place || index === plan.setApart)
  const others = `arrayFilter((key, index) -> index NOT IN (${apart.map((index) => index + 1).join(', ')}), keys, arrayEnumerate(keys))`
  return ['period_start', 'period_end', 'currency', others]
}

function togetherKey(plan: SplitPlan, row: CellRow): string {
  const place = poolPlace(plan)
  const others = row.keys.filter((_, index) => index !== place && index !== plan.setApart)
  return JSON.stringify([row.period_start, row.period_end, row.currency, others])
}

const isApart = ({ reason }: CellRow) => reason === 'set_apart'

/** What each pool gives, as `pool_weight` has it; set apart and unsplit cost gives nothing. */
function poolWeights(weighed: readonly Weighed[]) {
  return weighed.map(({ row: { dimension_id, day, period_start, period_end, currency, keys }, own }) => ({
    ...{ dimension_id, day, period_start, period_end, currency, keys },
    ...{ elements: own.elements, weights: own.weights.map(String) },
  }))
}

/** A cell that is split, with what it goes by after factors and mutual services. */
interface Weighed {
  row: CellRow
  own: Vector
  vector: Vector
  cost: bigint
}

interface Handed {
  weighed: Map<CellRow, Weighed>
  /** The names of pools that hand on to each other. */
  pools: ReadonlySet<string>
}

function handed(plan: SplitPlan, rows: readonly CellRow[]): Handed {
  const place = plan.dimension.mutual === null ? null : poolPlace(plan)
  const vectors = rows.flatMap((row): [CellRow, Vector][] =>
    isApart(row) ? [] : [[row, adjusted(plan.dimension, vectorOf(row))]],
  )
  const nameOf = (row: CellRow) => (place === null ? '' : (row.keys[place] ?? ''))
  const pools = new Map(place === null ? [] : vectors.map(([row, vector]): [string, Vector] => [nameOf(row), vector]))
  const solved = handOn(plan, pools, rows[0]?.period_start ?? '')
  const weighed = vectors.map(([row, own]): [CellRow, Weighed] => {
    const vector = own.elements.length > 0 ? (solved.get(nameOf(row)) ?? own) : own
    return [row, { row, own, vector, cost: toUnits(row.EffectiveCost) }]
  })
  return { weighed: new Map(weighed), pools: new Set(pools.keys()) }
}

/** What elements with a limit a month would have without it, by month and currency. */
type MonthAmounts = Map<string, Map<string, bigint>>
const monthKey = ({ period_start: start, currency }: CellRow) => `${start.slice(0, 7)} ${currency}`
const NO_AMOUNTS: ReadonlyMap<string, bigint> = new Map()

const isSplit = ({ row }: Weighed) => row.lines !== '0' && row.elements.length > 0

function addMonthAmounts({ plan, rows, into }: { plan: SplitPlan; rows: readonly CellRow[]; into: MonthAmounts }) {
  const { weighed, pools } = handed(plan, rows)
  for (const cell of weighed.values()) {
    if (!isSplit(cell)) continue
    const sums = into.get(monthKey(cell.row)) ?? new Map<string, bigint>()
    into.set(monthKey(cell.row), sums)
    for (const [element, amount] of amountsBeforeLimits({ dimension: plan.dimension, cell, pools })) {
      sums.set(element, (sums.get(element) ?? 0n) + amount)
    }
  }
}

interface ShapedRows {
  cells: CellRow[]
  pools: ReturnType<typeof poolWeights>
}

function shaped({
  plan,
  rows,
  months,
}: {
  plan: SplitPlan
  rows: readonly CellRow[]
  months: MonthAmounts
}): ShapedRows {
  const { dimension } = plan
  const { weighed, pools } = handed(plan, rows)
  const isRate = dimension.allocation.type === 'AllocateByStreams' && dimension.allocation.rate !== null
  const cells = rows
    .filter((row) => row.lines !== '0')
    .flatMap((row) => {
      const cell = weighed.get(row)
      if (!cell || (!isSplit(cell) && !isRate)) return [row]
      const month = months.get(monthKey(row)) ?? NO_AMOUNTS
      const { vector, reason } = shapeCell({ dimension, cell: { ...cell, month }, pools })
      const done = { ...row, reason, elements: [...vector.elements], ...runningOf(vector) }
      return [done, ...balanceCells({ dimension, row, usage: cell.own, cost: cell.cost, vector })]
    })
  return { cells, pools: pools.size === 0 ? [] : poolWeights([...weighed.values()]) }
}

/** What a rate charges beyond the cost, as cells of no line: by element, in EffectiveCost alone, 0 in sum. */
function balanceCells({
  dimension: { allocation },
  row,
  usage,
  cost,
  vector,
}: {
  dimension: AllocationDimension
  row: CellRow
  usage: Vector
  cost: bigint
  vector: Vector
}): CellRow[] {
  if (allocation.type !== 'AllocateByStreams' || allocation.rate === null) return []
  const { value, defaultElement } = allocation.rate
  const amounts = rateAmounts({ usage, rate: value, cost, defaultElement })
  const parts = splitCost({ cost, weights: vector.weights })
  const split = new Map(vector.elements.map((element, index) => [element, parts[index] ?? 0n]))
  const nothing = Object.fromEntries(METRICS.map((metric) => [metric, '0']))
  return [...balanceAmounts({ amounts, split })].map(([element, amount]) => ({
    ...{ ...row, ...nothing, EffectiveCost: fromUnits(amount), lines: '0', reason: '' },
    ...{ keys: balanceKeys(element, row.keys), elements: [element], sums: ['1'], wide_sums: [] },
  }))
}

interface Staged {
  table: string
  condition: string
}

/** Hands on all rows in pages, those that are shaped together on one. */
async function eachPage(
  plan: SplitPlan,
  from: Staged,
  work: (rows: readonly CellRow[]) => Promise<void>,
): Promise<void> {
  const { query } = await warehouse()
  const together = togetherSql(plan)
  const order = [...new Set([...together, 'period_start', 'period_end', 'currency', 'keys'])]
  let held: CellRow[] = []
  for (let offset = 0; ; offset += PAGE) {
    const rows = await query({
      query: `SELECT * EXCEPT run_id FROM ${from.table} WHERE ${from.condition} ORDER BY ${order.join(', ')} LIMIT ${PAGE} OFFSET ${offset}`,
      schema: cellRow,
    })
    held.push(...rows)
    if (together.length === 0) {
      await work(held)
      held = []
    } else {
      // Pools that hand on to each other are solved together.
      const last = held.at(-1)
      const open = rows.length === PAGE && last ? togetherKey(plan, last) : null
      const groups = new Map<string, CellRow[]>()
      for (const row of held) {
        const key = togetherKey(plan, row)
        groups.set(key, [...(groups.get(key) ?? []), row])
      }
      held = open === null ? [] : (groups.get(open) ?? [])
      for (const [key, group] of groups) if (key !== open) await work(group)
    }
    if (rows.length < PAGE) return
  }
}

/**
 * Shapes the weights of a split's cells, and stores them under a run. Cells of no line that come in are there for the
 * pools that hand on what they get: they end here. Limits a month go by all cells of `from`, of which those are stored
 * that `wanted` is true of.
 */
export async function shapeCells({
  plan,
  from,
  wanted,
  into,
  runId,
}: {
  plan: SplitPlan
  from: Staged
  /** Over the cells. */
  wanted: string
  into: RunTables
  runId: number
}): Promise<void> {
  const { insert } = await warehouse()
  const months: MonthAmounts = new Map()
  if (hasMonthlyLimits(plan.dimension)) {
    await eachPage(plan, from, async (rows) => addMonthAmounts({ plan, rows, into: months }))
  }
  const stored = { ...from, condition: `(${from.condition}) AND ${wanted}` }
  await eachPage(plan, stored, async (rows) => {
    const { cells, pools } = shaped({ plan, rows, months })
    await insert({ table: into.cells, rows: cells.map((row) => ({ ...row, run_id: runId })) })
    if (into.poolWeights === null) return
    await insert({ table: into.poolWeights, rows: pools.map((row) => ({ ...row, run_id: runId })) })
  })
}
