import { z } from 'zod'
import { cumulativeShare } from '../allocation/round'
import type { Metric } from '../contract/common'
import { sqlString } from '../costformation/sql-literal'
import { warehouse } from '../warehouse/client'

const bigintText = z.string().transform(BigInt)

const cellRow = z.object({
  run: z.number(),
  start: z.string(),
  end: z.string(),
  currency: z.string(),
  keys: z.array(z.string()),
  lines: z.coerce.number(),
  driver: z.number(),
  gap: z.enum(['', 'carry', 'even', 'next']),
  reason: z.string(),
  /** Elements that share it; 0: it was not split. */
  size: z.coerce.number(),
  cost: bigintText,
  before: bigintText,
  upto: bigintText,
  total: bigintText,
})

/**
 * Equal lines and the element's share of them: the running weights before and up to it, of the total. Money in units of
 * 10^-18; weights are whole numbers of a unit that only their ratio tells. `end` is exclusive.
 */
export type Cell = z.infer<typeof cellRow> & { amount: bigint }

const outcomeRow = z.object({
  gap: z.enum(['', 'carry', 'even', 'next']),
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

const utc = (time: Date) => `toDateTime(${Math.floor(time.getTime() / 1000)}, 'UTC')`

/** Where in its cell the element stands, and which cells have it. */
function placeSql(element: string | null): { place: string; has: string } {
  // '' is the first element where it is one. `has` and `indexOf` of ClickHouse 26.7 do not always find it in a table.
  return element === null
    ? { place: 'toUInt64(notEmpty(elements))', has: "(empty(elements) OR elements[1] = '')" }
    : { place: `indexOf(elements, ${sqlString(element)})`, has: `has(elements, ${sqlString(element)})` }
}

function whereSql({ dimensionId, condition, from, to, currency, element }: CellsInput): string {
  const tests = [
    `dimension_id = ${sqlString(dimensionId)}`,
    condition,
    `period_start >= ${utc(from)} AND period_start < ${utc(to)}`,
    ...(currency === null ? [] : [`currency = ${sqlString(currency)}`]),
    placeSql(element).has,
  ]
  return tests.join(' AND ')
}

/** The exact share; what was not split at all has no element from its first digit to the last. */
function amountOf({ size, cost, before, upto, total }: Omit<Cell, 'amount'>): bigint {
  if (size === 0) return cost
  return cumulativeShare({ cost, running: upto, total }) - cumulativeShare({ cost, running: before, total })
}

/** The cells that an amount is made of, the largest first. */
export async function readCells({ limit, ...input }: CellsInput & { limit: number }): Promise<Cell[]> {
  const { query } = await warehouse()
  const wide = (at: string) => `toString(if(empty(c.wide_sums), toInt256(c.sums[${at}]), c.wide_sums[${at}]))`
  const double = (at: string) => `if(empty(wide_sums), toFloat64(sums[${at}]), toFloat64(wide_sums[${at}]))`
  // Which are the largest is told by doubles; amounts never are.
  const share = `if(place = 0, 1, (${double('place')} - if(place > 1, ${double('place - 1')}, 0)) / ${double('-1')})`
  const rows = await query({
    query: `SELECT c.run_id AS run, c.period_start AS start, c.period_end AS end, c.currency AS currency, c.keys AS keys, c.lines AS lines, c.driver AS driver,
        c.gap AS gap, c.reason AS reason, c.size AS size, toString(reinterpret(c.${input.metric}, 'Int128')) AS cost,
        if(c.place > 1, ${wide('c.place - 1')}, '0') AS before, ${wide('c.place')} AS upto, ${wide('-1')} AS total
      FROM (
        SELECT run_id, period_start, period_end, currency, keys, lines, driver, gap, reason, ${input.metric}, sums, wide_sums, length(elements) AS size,
          ${placeSql(input.element).place} AS place, abs(toFloat64(${input.metric})) * ${share} AS rank
        FROM allocation_cell WHERE ${whereSql(input)} ORDER BY rank DESC, period_start, keys LIMIT ${limit}
      ) AS c ORDER BY c.rank DESC, c.period_start, c.keys`,
    schema: cellRow,
  })
  return rows.map((row) => ({ ...row, amount: amountOf(row) }))
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
  const cells = `SELECT ${columns} FROM allocation_cell WHERE ${whereSql(input)}`
  // 2^123: neither side of the quotient leaves an Int128, which is much faster.
  const fits = `total > 0 AND total < toInt256('9223372036854775808') AND abs(cost) < intDiv(toInt128('10633823966279326983230456482242756608'), toInt128(greatest(total, 1)))`
  const either = `SELECT *, ${fits} AS fits, if(fits, [toInt128(before), toInt128(upto)], []) AS narrow, if(fits OR place = 0, [], [before, upto]) AS wide FROM (${cells})`
  const shares = `arrayConcat(${sharesSql({ running: 'narrow', type: 'Int128' })}, ${sharesSql({ running: 'wide', type: 'Int256' })})`
  return `SELECT gap, reason, cost, ${shares} AS shares, if(place = 0, cost, shares[2] - shares[1]) AS amount FROM (${either})`
}

/** The same sums as a run has stored them by hour and element, beside the number of cells. */
function storedSql(input: CellsInput): string {
  const { dimensionId, condition, from, to, currency, metric, element } = input
  const tests = [
    `dimension_id = ${sqlString(dimensionId)}`,
    condition,
    `period_start >= ${utc(from)} AND period_start < ${utc(to)}`,
    ...(currency === null ? [] : [`currency = ${sqlString(currency)}`]),
    `element = ${sqlString(element ?? '')}`,
  ]
  const units = `reinterpret(${metric}, 'Int128')`
  return `SELECT gap, reason, count() AS cells, sum(${units}) AS cost, toInt128(0) AS amount FROM allocation_cell WHERE ${whereSql(input)} GROUP BY gap, reason
    UNION ALL SELECT gap, reason, toUInt64(0) AS cells, toInt128(0) AS cost, sum(${units}) AS amount FROM allocation_result WHERE ${tests.join(' AND ')} GROUP BY gap, reason`
}

const HOUR = 3_600_000
const isWholeHour = (time: Date) => time.getTime() % HOUR === 0

/** The exact sums over all cells, by what became of them. */
export async function readOutcomes(input: CellsInput): Promise<Outcome[]> {
  const { query } = await warehouse()
  const isStored = isWholeHour(input.from) && isWholeHour(input.to)
  const rows = isStored ? storedSql(input) : `SELECT *, toUInt64(1) AS cells FROM (${amountsSql(input)})`
  return query({
    query: `SELECT c.gap AS gap, c.reason AS reason, sum(c.cells) AS cells, toString(sum(c.amount)) AS amount, toString(sum(c.cost)) AS cost
      FROM (${rows}) AS c GROUP BY gap, reason ORDER BY abs(sum(c.amount)) DESC, gap, reason`,
    schema: outcomeRow,
  })
}
