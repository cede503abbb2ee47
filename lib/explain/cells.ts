import { z } from 'zod'
import { balancedKeys } from '../allocation/balance'
import { cumulativeShare } from '../allocation/round'
import type { Metric } from '../contract/common'
import { sqlString } from '../costformation/sql-literal'
import { warehouse } from '../warehouse/client'

const bigintText = z.string().transform(BigInt)

const gap = z.enum(['', 'carry', 'even', 'next'])

/** A cell as one of the largest; the order is that of the statement below. */
const largestCell = z
  .tuple([
    z.number(),
    z.string(),
    z.array(z.string()),
    z.number(),
    z.string(),
    z.string(),
    z.coerce.number(),
    z.number(),
    z.coerce.number(),
    bigintText,
    bigintText,
    bigintText,
    bigintText,
  ])
  .transform(([rank, start, keys, run, end, currency, lines, driver, size, cost, before, upto, total]) => ({
    ...{ rank, run, start, end, currency, lines, driver, cost, before, upto, total },
    keys: balancedKeys(keys) ?? keys,
    /** Not of cost lines, but what a rate charges beyond them (decision 013); the keys are those of the lines. */
    isBalance: balancedKeys(keys) !== null,
    /** Elements that share it; 0: it was not split. */
    size,
  }))

/**
 * Equal lines and the element's share of them: the running weights before and up to it, of the total. Money in units of
 * 10^-18; weights are whole numbers of a unit that only their ratio tells. `end` is exclusive.
 */
export type Cell = Omit<z.infer<typeof largestCell>, 'rank'> & {
  gap: z.infer<typeof gap>
  /** Why what is unallocated of it is. */
  reason: string
  amount: bigint
}

const outcomeRow = z.object({
  gap,
  reason: z.string(),
  cells: z.coerce.number(),
  amount: bigintText,
  cost: bigintText,
})
/** All cells that the same became of: how many, and their exact sums in units of 10^-18. */
export type Outcome = z.infer<typeof outcomeRow>

export interface CellsInput {
  dimensionId: string
  /** The runs in force, over allocation_cell. */
  condition: string
  from: Date
  /** Exclusive. */
  to: Date
  currency: string | null
  metric: Metric
  /** null: what has no element. */
  element: string | null
}

const compareTexts = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0)

function compareLists(a: readonly string[], b: readonly string[]): number {
  const index = a.findIndex((text, place) => text !== b[place])
  return index < 0 ? 0 : compareTexts(a[index] ?? '', b[index] ?? '')
}

const utc = (time: Date) => `toDateTime(${Math.floor(time.getTime() / 1000)}, 'UTC')`

/** Where in its cell the element stands, and which cells have it. */
function placeSql(element: string | null): { place: string; has: string } {
  // '' is the first element where it is one. `has` and `indexOf` of ClickHouse 26.7 do not always find it in a table.
  return element === null
    ? { place: 'toUInt64(notEmpty(elements))', has: "(empty(elements) OR elements[1] = '')" }
    : { place: `indexOf(elements, ${sqlString(element)})`, has: `has(elements, ${sqlString(element)})` }
}

/** Over allocation_cell or allocation_result; `element`: which rows have it. */
function whereSql({ dimensionId, condition, from, to, currency }: CellsInput, element: string): string {
  const tests = [
    `dimension_id = ${sqlString(dimensionId)}`,
    condition,
    `period_start >= ${utc(from)} AND period_start < ${utc(to)}`,
    ...(currency === null ? [] : [`currency = ${sqlString(currency)}`]),
    element,
  ]
  return tests.join(' AND ')
}

const cellsWhereSql = (input: CellsInput) => whereSql(input, placeSql(input.element).has)

/** The exact share; what was not split at all has no element from its first digit to the last. */
function amountOf({ size, cost, before, upto, total }: Omit<Cell, 'amount'>): bigint {
  if (size === 0) return cost
  return cumulativeShare({ cost, running: upto, total }) - cumulativeShare({ cost, running: before, total })
}

const foundRow = z.object({
  gap,
  reason: z.string(),
  cells: z.coerce.number(),
  cost: bigintText,
  largest: z.array(largestCell),
})

/** Cells that the same became of: how many, and their exact cost in units of 10^-18. */
type Found = Omit<Outcome, 'amount'>

/**
 * The cells that an amount is made of, the largest of all in full and first, and how many there are. One statement for
 * both, as planning one takes as long as reading a month.
 */
export async function readCells({ limit, ...input }: CellsInput & { limit: number }): Promise<{
  cells: Cell[]
  found: Found[]
}> {
  const { query } = await warehouse()
  const wide = (at: string) => `if(empty(wide_sums), toInt256(sums[${at}]), wide_sums[${at}])`
  const double = (at: string) => `if(empty(wide_sums), toFloat64(sums[${at}]), toFloat64(wide_sums[${at}]))`
  // Which are the largest is told by doubles; amounts never are.
  const share = `if(place = 0, 1, (${double('place')} - if(place > 1, ${double('place - 1')}, 0)) / ${double('-1')})`
  const units = `reinterpret(${input.metric}, 'Int128')`
  const cell = `(-abs(toFloat64(${input.metric})) * ${share}, period_start, keys, run_id, period_end, currency, lines, driver, length(elements), ${units}, if(place > 1, ${wide('place - 1')}, toInt256(0)), ${wide('place')}, ${wide('-1')})`
  // Only those that are the largest are written out as text.
  const texts = Array.from({ length: 13 }, (_, index) => (index < 9 ? `c.${index + 1}` : `toString(c.${index + 1})`))
  const rows = await query({
    query: `SELECT gap, reason, count() AS cells, toString(sum(${units})) AS cost, arrayMap(c -> (${texts.join(', ')}), groupArraySorted(${limit})(${cell})) AS largest
      FROM (SELECT *, ${placeSql(input.element).place} AS place FROM allocation_cell WHERE ${cellsWhereSql(input)}) GROUP BY gap, reason`,
    schema: foundRow,
    immutable: true,
  })
  const largest = rows
    .flatMap(({ gap, reason, largest }) => largest.map((each) => ({ gap, reason, ...each })))
    .sort((a, b) => a.rank - b.rank || compareLists([a.start, ...a.keys], [b.start, ...b.keys]))
  return {
    cells: largest.slice(0, limit).map(({ rank: _, ...each }) => ({ ...each, amount: amountOf(each) })),
    found: rows.map(({ gap, reason, cells, cost }) => ({ gap, reason, cells, cost })),
  }
}

type Wide = 'Int128' | 'Int256'

/** round(cost × c ÷ total) of some running weights c, as `cumulativeShare` has it, in whole numbers of a type. */
function sharesSql({ running, type }: { running: string; type: Wide }): string {
  const [cost, whole] = [`to${type}(cost)`, `to${type}(total) * 1000000`]
  const share = `sign(cost) * 1000000 * intDiv(2 * abs(${cost}) * to${type}(c) + ${whole}, 2 * ${whole})`
  return `arrayMap(c -> if(c = total, cost, toInt128(${share})), ${running})`
}

/** Rows of `gap, reason, cost, amount`, exact. */
function amountsSql(input: CellsInput): string {
  const wide = (at: string) => `if(empty(wide_sums), toInt256(sums[${at}]), wide_sums[${at}])`
  const columns = `gap, reason, reinterpret(${input.metric}, 'Int128') AS cost, ${placeSql(input.element).place} AS place,
    if(place > 1, ${wide('place - 1')}, toInt256(0)) AS before, ${wide('place')} AS upto, ${wide('-1')} AS total`
  const cells = `SELECT ${columns} FROM allocation_cell WHERE ${cellsWhereSql(input)}`
  // 2^123: neither side of the quotient leaves an Int128, which is much faster.
  const fits = `total > 0 AND total < toInt256('9223372036854775808') AND abs(cost) < intDiv(toInt128('10633823966279326983230456482242756608'), toInt128(greatest(total, 1)))`
  const either = `SELECT *, ${fits} AS fits, if(fits, [toInt128(before), toInt128(upto)], []) AS narrow, if(fits OR place = 0, [], [before, upto]) AS wide FROM (${cells})`
  const shares = `arrayConcat(${sharesSql({ running: 'narrow', type: 'Int128' })}, ${sharesSql({ running: 'wide', type: 'Int256' })})`
  return `SELECT gap, reason, cost, ${shares} AS shares, if(place = 0, cost, shares[2] - shares[1]) AS amount FROM (${either})`
}

const storedRow = outcomeRow.pick({ gap: true, reason: true, amount: true })

const HOUR = 3_600_000
const isWholeHour = (time: Date) => time.getTime() % HOUR === 0

/** Amounts that the same became of, in units of 10^-18. */
type Stored = z.infer<typeof storedRow>[]

/** The sums as a run has stored them by hour and element; null of a range of no whole hours. */
export async function readStored(input: CellsInput): Promise<Stored | null> {
  if (!isWholeHour(input.from) || !isWholeHour(input.to)) return null
  const where = whereSql(input, `element = ${sqlString(input.element ?? '')}`)
  const { query } = await warehouse()
  return query({
    query: `SELECT gap, reason, toString(sum(reinterpret(${input.metric}, 'Int128'))) AS amount FROM allocation_result WHERE ${where} GROUP BY gap, reason`,
    schema: storedRow,
    immutable: true,
  })
}

function storedOutcomes({ found, stored }: { found: readonly Found[]; stored: Stored }): Outcome[] {
  const merged = new Map(
    found.map((each): [string, Outcome] => [`${each.gap}|${each.reason}`, { ...each, amount: 0n }]),
  )
  for (const { gap, reason, amount } of stored) {
    const known = merged.get(`${gap}|${reason}`) ?? { gap, reason, cells: 0, cost: 0n }
    merged.set(`${gap}|${reason}`, { ...known, amount })
  }
  return [...merged.values()]
}

async function computedOutcomes(input: CellsInput): Promise<Outcome[]> {
  const { query } = await warehouse()
  return query({
    query: `SELECT c.gap AS gap, c.reason AS reason, count() AS cells, toString(sum(c.amount)) AS amount, toString(sum(c.cost)) AS cost
      FROM (${amountsSql(input)}) AS c GROUP BY gap, reason`,
    schema: outcomeRow,
    immutable: true,
  })
}

const absolute = (units: bigint) => (units < 0n ? -units : units)

/** The exact sums over all cells, by what became of them, the largest first. */
export async function readOutcomes({
  found,
  stored,
  ...input
}: CellsInput & { found: readonly Found[]; stored: Stored | null }): Promise<Outcome[]> {
  const outcomes = stored === null ? await computedOutcomes(input) : storedOutcomes({ found, stored })
  return outcomes.sort((a, b) => {
    const [x, y] = [absolute(a.amount), absolute(b.amount)]
    return x === y ? compareLists([a.gap, a.reason], [b.gap, b.reason]) : x > y ? -1 : 1
  })
}
