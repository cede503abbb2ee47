import { z } from 'zod'
import { cumulativeShare, splitCost } from '../allocation/round'
import type { SplitPlan } from '../allocation/split-plan'
import { solveMutual } from '../allocation/vector/mutual'
import { keptLinks } from '../allocation/vector/pool-links'
import { entriesOf, sumOf, toVector, type Vector } from '../allocation/vector/vector'
import type { ExplainPart } from '../contract/allocations'
import { sqlString } from '../costformation/sql-literal'
import { poolPlace } from '../runs/shape-cells'
import { fromUnits } from '../units'
import { warehouse } from '../warehouse/client'
import type { Cell } from './cells'
import { fractionOf, percentText } from './weights'

/** What every pool gave in a cell's charge period, as the run that made the cell went by it, and which pool is its own. */
export interface Givers {
  own: string
  pools: ReadonlyMap<string, Vector>
}

const poolRow = z.object({
  run: z.number(),
  start: z.string(),
  end: z.string(),
  currency: z.string(),
  keys: z.array(z.string()),
  elements: z.array(z.string()),
  weights: z.array(z.string().transform(BigInt)),
})

const seconds = (text: string) => Date.parse(text) / 1000

/** Of the cells of mutual services, by their place in the list. */
export async function readGivers({
  plan,
  cells,
}: {
  plan: SplitPlan
  cells: readonly Cell[]
}): Promise<Map<number, Givers>> {
  const place = poolPlace(plan)
  if (plan.dimension.mutual === null || place === null || cells.length === 0) return new Map()
  const others = (keys: readonly string[]) =>
    JSON.stringify(keys.filter((_, index) => index !== place && index !== plan.setApart))
  const idOf = ({ run, start, end, currency, keys }: Pick<Cell, 'run' | 'start' | 'end' | 'currency' | 'keys'>) =>
    JSON.stringify([run, seconds(start), seconds(end), currency, others(keys)])
  const days = [...new Set(cells.map(({ start }) => `toDate('${start.slice(0, 10)}')`))]
  const runs = [...new Set(cells.map(({ run }) => run))]
  const starts = [...new Set(cells.map(({ start }) => `toDateTime(${seconds(start)}, 'UTC')`))]
  const { query } = await warehouse()
  const rows = await query({
    query: `SELECT run_id AS run, period_start AS start, period_end AS end, currency, keys, elements, arrayMap(w -> toString(w), weights) AS weights
      FROM pool_weight WHERE dimension_id = ${sqlString(plan.dimension.id)} AND day IN (${days.join(', ')}) AND run_id IN (${runs.join(', ')}) AND period_start IN (${starts.join(', ')})`,
    schema: poolRow,
    immutable: true,
  })
  const systems = new Map<string, Map<string, Vector>>()
  for (const row of rows) {
    const system = systems.get(idOf(row)) ?? new Map<string, Vector>()
    systems.set(idOf(row), system.set(row.keys[place] ?? '', { elements: row.elements, weights: row.weights }))
  }
  return new Map(
    cells.flatMap((cell, index): [number, Givers][] => {
      const pools = systems.get(idOf(cell))
      return pools ? [[index, { own: cell.keys[place] ?? '', pools }]] : []
    }),
  )
}

/** Where a cost ends up, told apart by the pool that it comes from in the end. */
interface Exit {
  /** null: it stays with the pool, which gives to nobody. */
  element: string | null
  pool: string
  weight: bigint
}

type Method = NonNullable<SplitPlan['dimension']['mutual']>

function exitsOf({ own, pools, method }: Givers & { method: Method }): Exit[] {
  const names = new Map<string, Omit<Exit, 'weight'>>()
  const label = (pool: string, element: string | null) => {
    const text = JSON.stringify([pool, element])
    names.set(text, { pool, element })
    return text
  }
  const links = keptLinks({ pools, method })
  const labelled = new Map(
    [...links].map(([pool, vector]): [string, Vector] => [
      pool,
      toVector(
        entriesOf(vector).map(([element, weight]) => [pools.has(element) ? element : label(pool, element), weight]),
      ),
    ]),
  )
  // The links are those that the method keeps, and are all handed on by now.
  const solved = solveMutual({ pools: labelled, method: 'Reciprocal' }).get(own)
  if (!solved) return []
  return entriesOf(solved).map(([text, weight]) => ({ ...(names.get(text) ?? { pool: text, element: null }), weight }))
}

export interface HandedOn {
  pools: ExplainPart['handed_on']
  /** Of all elements, as they were before what comes after mutual services; '' has what nobody gets. */
  vector: Vector
}

/** What each pool of mutual services gives an element of a cell; the amounts come to the cell's. */
export function explainHandedOn({
  givers,
  method,
  cell,
  element,
}: {
  givers: Givers
  method: Method
  cell: Cell
  /** null: what stays with pools that give to nobody, and what nobody claims. */
  element: string | null
}): HandedOn {
  const exits = exitsOf({ ...givers, method })
  const total = sumOf(exits.map(({ weight }) => weight))
  const vector = toVector(exits.map(({ element: name, weight }) => [name ?? '', weight]))
  const isFirst = ({ pool }: Exit) => Number(pool === givers.own)
  const own = exits
    .filter((exit) => (exit.element || null) === element)
    .sort((a, b) => isFirst(b) - isFirst(a) || (a.weight === b.weight ? 0 : a.weight < b.weight ? 1 : -1))
  if (own.length === 0 || total === 0n) return { pools: [], vector }
  const amounts = splitCost({ cost: cell.amount, weights: own.map(({ weight }) => weight) })
  const links = keptLinks({ pools: givers.pools, method })
  const pools = own.map(({ pool, element: name, weight }, index) => {
    const entries = name === null ? null : (links.get(pool) ?? null)
    const [given, whole] =
      entries === null ? [1n, 1n] : [entriesOf(entries).find(([to]) => to === name)?.[1] ?? 0n, sumOf(entries.weights)]
    // What came to the pool, of which it gives on `given` of `whole`.
    const received = cumulativeShare({ cost: cell.cost, running: weight * whole, total: total * given })
    const percent = percentText(given, whole)
    return {
      pool,
      received: fromUnits(received),
      ratio: entries === null || percent === null ? null : { fraction: fractionOf(given, whole), percent },
      amount: fromUnits(amounts[index] ?? 0n),
    }
  })
  return { pools, vector }
}
