import { z } from 'zod'
import { balanceKeys } from '../allocation/balance'
import { splitCost } from '../allocation/round'
import { adjusted, shapeCell } from '../allocation/shape'
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

/** EffectiveCost of the pool by month and currency, in units of 10^-18. */
export type MonthCosts = ReadonlyMap<string, bigint>
export const monthKey = (start: string, currency: string) => `${start.slice(0, 7)} ${currency}`

/**
 * Which key names the pools of mutual services: the first of the first stream that has one. null: none does, so that
 * there are no pools to hand on to.
 */
export function poolPlace(plan: SplitPlan): number | null {
  const places = plan.drivers.flatMap(({ source }) => (source.kind === 'telemetry' ? source.keys.slice(0, 1) : []))
  return places[0] ?? null
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
      `${plan.dimension.name}: the pools ${error.pools.join(', ')} feed only each other at ${at}: somebody outside has to use them.`,
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
function poolWeights(vectors: ReadonlyMap<CellRow, Vector>) {
  return [...vectors].map(([{ dimension_id, day, period_start, period_end, currency, keys }, vector]) => ({
    ...{ dimension_id, day, period_start, period_end, currency, keys },
    ...{ elements: vector.elements, weights: vector.weights.map(String) },
  }))
}

interface ShapedRows {
  cells: CellRow[]
  pools: ReturnType<typeof poolWeights>
}

function shaped({ plan, rows, months }: { plan: SplitPlan; rows: readonly CellRow[]; months: MonthCosts }): ShapedRows {
  const { dimension } = plan
  const place = dimension.mutual === null ? null : poolPlace(plan)
  const split = rows.filter((row) => !isApart(row))
  const vectors = new Map(split.map((row): [CellRow, Vector] => [row, adjusted(dimension, vectorOf(row))]))
  const nameOf = (row: CellRow) => (place === null ? '' : (row.keys[place] ?? ''))
  const pools = new Map(
    place === null ? [] : [...vectors].map(([row, vector]): [string, Vector] => [nameOf(row), vector]),
  )
  const handed = handOn(plan, pools, rows[0]?.period_start ?? '')
  const isRate = dimension.allocation.type === 'AllocateByStreams' && dimension.allocation.rate !== null
  const cells = rows
    .filter((row) => row.lines !== '0')
    .flatMap((row) => {
      const own = vectors.get(row)
      if (!own || (row.elements.length === 0 && !isRate)) return [row]
      const cost = toUnits(row.EffectiveCost)
      const { vector, reason } = shapeCell({
        dimension,
        cell: {
          vector: own.elements.length > 0 ? (handed.get(nameOf(row)) ?? own) : own,
          cost,
          monthCost: months.get(monthKey(row.period_start, row.currency)) ?? 0n,
        },
        pools: new Set(pools.keys()),
      })
      const cell = { ...row, reason, elements: [...vector.elements], ...runningOf(vector) }
      return [cell, ...balanceCells({ dimension, row, usage: own, cost, vector })]
    })
  return { cells, pools: place === null ? [] : poolWeights(vectors) }
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

/**
 * Shapes the weights of a split's cells, and stores them under a run. Cells of no line that come in are there for the
 * pools that hand on what they get: they end here.
 */
export async function shapeCells({
  plan,
  from,
  into,
  runId,
  months,
}: {
  plan: SplitPlan
  /** A table, and the condition of the cells in it. */
  from: { table: string; condition: string }
  into: RunTables
  runId: number
  months: MonthCosts
}): Promise<void> {
  const { query, insert } = await warehouse()
  const together = togetherSql(plan)
  const order = [...new Set([...together, 'period_start', 'period_end', 'currency', 'keys'])]
  let held: CellRow[] = []
  const flush = async (rows: readonly CellRow[]) => {
    const { cells, pools } = shaped({ plan, rows, months })
    await insert({ table: into.cells, rows: cells.map((row) => ({ ...row, run_id: runId })) })
    if (into.poolWeights === null) return
    await insert({ table: into.poolWeights, rows: pools.map((row) => ({ ...row, run_id: runId })) })
  }
  for (let offset = 0; ; offset += PAGE) {
    const rows = await query({
      query: `SELECT * EXCEPT run_id FROM ${from.table} WHERE ${from.condition} ORDER BY ${order.join(', ')} LIMIT ${PAGE} OFFSET ${offset}`,
      schema: cellRow,
    })
    held.push(...rows)
    if (together.length === 0) {
      await flush(held)
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
      for (const [key, group] of groups) if (key !== open) await flush(group)
    }
    if (rows.length < PAGE) return
  }
}
