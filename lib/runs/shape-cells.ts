import { z } from 'zod'
import { adjusted, shapeCell } from '../allocation/shape'
import type { SplitPlan } from '../allocation/split-plan'
import { ClosedPools, solveMutual } from '../allocation/vector/mutual'
import type { Vector } from '../allocation/vector/vector'
import { AppError } from '../errors'
import { toUnits } from '../units'
import { warehouse } from '../warehouse/client'

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

/** The one value that tells pools apart: of the stream's key, or of ForEachElementOf. */
function poolOf(row: CellRow, place: number): string {
  return row.keys[place] ?? ''
}

function poolPlace(plan: SplitPlan): number {
  const source = plan.drivers[0]?.source
  const place = source?.kind === 'rules' ? source.part : source?.keys[0]
  return place ?? 0
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

function shaped({ plan, rows, months }: { plan: SplitPlan; rows: readonly CellRow[]; months: MonthCosts }): CellRow[] {
  const { dimension } = plan
  const place = poolPlace(plan)
  const vectors = new Map<CellRow, Vector>(
    rows.map((row) => [row, row.reason === 'set_apart' ? vectorOf(row) : adjusted(dimension, vectorOf(row))]),
  )
  const pools = new Map<string, Vector>()
  if (dimension.mutual !== null) for (const [row, vector] of vectors) pools.set(poolOf(row, place), vector)
  const handed = handOn(plan, pools, rows[0]?.period_start ?? '')
  return rows
    .filter((row) => row.lines !== '0')
    .map((row) => {
      const own = vectors.get(row)
      if (row.elements.length === 0 || !own) return row
      const vector = dimension.mutual === null ? own : (handed.get(poolOf(row, place)) ?? own)
      const { vector: result, reason } = shapeCell({
        dimension,
        cell: {
          vector,
          cost: toUnits(row.EffectiveCost),
          monthCost: months.get(monthKey(row.period_start, row.currency)) ?? 0n,
        },
        ...(dimension.mutual === null ? {} : { pools: new Set(pools.keys()) }),
      })
      return { ...row, reason, elements: [...result.elements], ...runningOf(result) }
    })
}

const TOGETHER = ['period_start', 'period_end', 'currency'] as const

/**
 * Shapes the weights of a split's cells, and stores them under a run. Cells of no line are there for the pools that hand
 * on what they get: they end here.
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
  into: string
  runId: number
  months: MonthCosts
}): Promise<void> {
  const { query, insert } = await warehouse()
  let held: CellRow[] = []
  const flush = async (rows: readonly CellRow[]) => {
    const done = shaped({ plan, rows, months })
    await insert({ table: into, rows: done.map((row) => ({ ...row, run_id: runId })) })
  }
  for (let offset = 0; ; offset += PAGE) {
    const rows = await query({
      query: `SELECT * EXCEPT run_id FROM ${from.table} WHERE ${from.condition} ORDER BY period_start, period_end, currency, keys LIMIT ${PAGE} OFFSET ${offset}`,
      schema: cellRow,
    })
    held.push(...rows)
    if (plan.dimension.mutual === null) {
      await flush(held)
      held = []
    } else {
      // Pools of one charge period are solved together.
      const last = held.at(-1)
      const isOpen = (row: CellRow) => rows.length === PAGE && TOGETHER.every((name) => row[name] === last?.[name])
      const complete = held.filter((row) => !isOpen(row))
      held = held.filter(isOpen)
      const groups = new Map<string, CellRow[]>()
      for (const row of complete) {
        const key = JSON.stringify(TOGETHER.map((name) => row[name]))
        groups.set(key, [...(groups.get(key) ?? []), row])
      }
      for (const group of groups.values()) await flush(group)
    }
    if (rows.length < PAGE) return
  }
}
