import { z } from 'zod'
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
  amount: bigintText,
  all_cells: z.coerce.number(),
  all_amount: bigintText,
  all_cost: bigintText,
})

/**
 * Equal lines and the element's share of them: the running weights before and up to it, of the total. Money in units of
 * 10^-18; weights are whole numbers of a unit that only their ratio tells. `end` is exclusive.
 */
export type Cell = Omit<z.infer<typeof cellRow>, 'all_cells' | 'all_amount' | 'all_cost'>

/** All cells that the same became of: how many, and their exact sums in units of 10^-18. */
export interface Outcome {
  gap: Cell['gap']
  reason: string
  cells: number
  amount: bigint
  cost: bigint
}

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

type Wide = 'Int128' | 'Int256'

/** round(cost × c ÷ total) of some running weights c, as `cumulativeShare` has it, in whole numbers of a type. */
function sharesSql({ running, type }: { running: string; type: Wide }): string {
  const [cost, whole] = [`to${type}(cost)`, `to${type}(total) * 1000000`]
  const share = `sign(cost) * 1000000 * intDiv(2 * abs(${cost}) * to${type}(c) + ${whole}, 2 * ${whole})`
  return `arrayMap(c -> if(c = total, cost, toInt128(${share})), ${running})`
}

/** Cells that have a part in the amount, with it and what it is made of. */
function amountsSql({ dimensionId, condition, from, to, currency, metric, element }: CellsInput): string {
  // '' is the first element where it is one. `has` and `indexOf` of ClickHouse 26.7 do not always find it in a table.
  const [has, place] =
    element === null
      ? ["(empty(elements) OR elements[1] = '')", 'toUInt64(notEmpty(elements))']
      : [`has(elements, ${sqlString(element)})`, `indexOf(elements, ${sqlString(element)})`]
  const tests = [
    `dimension_id = ${sqlString(dimensionId)}`,
    condition,
    `period_start >= ${utc(from)} AND period_start < ${utc(to)}`,
    ...(currency === null ? [] : [`currency = ${sqlString(currency)}`]),
    has,
  ]
  const wide = (at: string) => `if(empty(wide_sums), toInt256(sums[${at}]), wide_sums[${at}])`
  const columns = `run_id, period_start, period_end, currency, keys, lines, driver, gap, reason, length(elements) AS size,
    reinterpret(${metric}, 'Int128') AS cost, ${place} AS place, ${wide('toInt64(place) - 1')} AS before, ${wide('place')} AS upto, ${wide('-1')} AS total`
  const cells = `SELECT ${columns} FROM allocation_cell WHERE ${tests.join(' AND ')}`
  // 2^123: neither side of the quotient leaves an Int128, which is much faster.
  const fits = `total > 0 AND total < toInt256('9223372036854775808') AND abs(cost) < intDiv(toInt128('10633823966279326983230456482242756608'), toInt128(greatest(total, 1)))`
  const either = `SELECT *, ${fits} AS fits, if(fits, [toInt128(before), toInt128(upto)], []) AS narrow, if(fits OR place = 0, [], [before, upto]) AS wide FROM (${cells})`
  const shares = `arrayConcat(${sharesSql({ running: 'narrow', type: 'Int128' })}, ${sharesSql({ running: 'wide', type: 'Int256' })})`
  // What has no element at all is '' from its first digit to the last.
  return `SELECT *, ${shares} AS shares, if(place = 0, cost, shares[2] - shares[1]) AS amount FROM (${either})`
}

const size = (value: bigint) => (value < 0n ? -value : value)

/** The cells that an amount is made of: the largest, and the exact sums over all by what became of them. */
export async function readCells({
  limit,
  ...input
}: CellsInput & { limit: number }): Promise<{ cells: Cell[]; outcomes: Outcome[] }> {
  const { query } = await warehouse()
  const texts = ['cost', 'before', 'upto', 'total', 'amount'].map((name) => `toString(c.${name}) AS ${name}`)
  const rows = await query({
    query: `SELECT c.run_id AS run, c.period_start AS start, c.period_end AS end, c.currency AS currency, c.keys AS keys, c.lines AS lines, c.driver AS driver,
        c.gap AS gap, c.reason AS reason, c.size AS size, ${texts.join(', ')},
        count() OVER same AS all_cells, toString(sum(c.amount) OVER same) AS all_amount, toString(sum(c.cost) OVER same) AS all_cost
      FROM (${amountsSql(input)}) AS c WINDOW same AS (PARTITION BY c.gap, c.reason)
      ORDER BY abs(c.amount) DESC, c.period_start, c.keys LIMIT ${limit} BY c.gap, c.reason`,
    schema: cellRow,
  })
  const outcomes = new Map<string, Outcome>()
  for (const { gap, reason, all_cells: cells, all_amount: amount, all_cost: cost } of rows) {
    outcomes.set(`${gap}|${reason}`, { gap, reason, cells, amount, cost })
  }
  return {
    cells: rows.slice(0, limit),
    outcomes: [...outcomes.values()].sort((a, b) => (size(a.amount) < size(b.amount) ? 1 : -1)),
  }
}
