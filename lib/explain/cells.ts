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
  size: z.coerce.number(),
  cost: bigintText,
  effective: bigintText,
  before: bigintText,
  upto: bigintText,
  total: bigintText,
  amount: bigintText,
})

/**
 * Equal lines and the element's share of them: the running weights before and up to it, of the total. Money in units of
 * 10^-18; weights are whole numbers of a unit that only their ratio tells. `end` is exclusive.
 */
export type Cell = z.infer<typeof cellRow>

const outcomeRow = z.object({
  gap: z.enum(['', 'carry', 'even', 'next']),
  reason: z.string(),
  cells: z.coerce.number(),
  amount: bigintText,
  cost: bigintText,
})
export type Outcome = z.infer<typeof outcomeRow>

const QUANTUM = "toInt256('1000000')"
const utc = (time: Date) => `toDateTime(${Math.floor(time.getTime() / 1000)}, 'UTC')`
const unitsSql = (column: string) => `toInt256(reinterpret(${column}, 'Int128'))`

/** round(cost × c ÷ total), as `cumulativeShare` has it. */
function shareSql(running: string): string {
  const whole = `greatest(total, toInt256(1)) * ${QUANTUM}`
  return `if(${running} = total, cost, ${QUANTUM} * sign(cost) * intDiv(2 * abs(cost) * ${running} + ${whole}, 2 * ${whole}))`
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

function sharesSql(
  { dimensionId, condition, from, to, currency, metric, element }: CellsInput,
  further: string,
): string {
  const running = (place: string) => `if(empty(wide_sums), toInt256(sums[${place}]), wide_sums[${place}])`
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
  const columns = `gap, reason, ${unitsSql(metric)} AS cost, ${place} AS place,
    if(place > 1, ${running('place - 1')}, toInt256(0)) AS before, ${running('place')} AS upto, ${running('-1')} AS total${further}`
  return `SELECT *, if(place = 0, cost, ${shareSql('upto')} - ${shareSql('before')}) AS amount
    FROM (SELECT ${columns} FROM allocation_cell WHERE ${tests.join(' AND ')})`
}

/** The cells that an amount is made of, the largest first. */
export async function readCells({ limit, ...input }: CellsInput & { limit: number }): Promise<Cell[]> {
  const further = `, run_id AS run, period_start AS start, period_end AS end, currency, keys, lines, driver, length(elements) AS size, ${unitsSql('EffectiveCost')} AS effective`
  const texts = ['cost', 'effective', 'before', 'upto', 'total', 'amount'].map(
    (name) => `toString(c.${name}) AS ${name}`,
  )
  const { query } = await warehouse()
  return query({
    query: `SELECT c.run AS run, c.start AS start, c.end AS end, c.currency AS currency, c.keys AS keys, c.lines AS lines, c.driver AS driver, c.gap AS gap, c.reason AS reason, c.size AS size, ${texts.join(', ')}
      FROM (${sharesSql(input, further)}) AS c ORDER BY abs(c.amount) DESC, c.start, c.keys LIMIT ${limit}`,
    schema: cellRow,
  })
}

/** The exact sums over all cells, by what became of them. */
export async function readOutcomes(input: CellsInput): Promise<Outcome[]> {
  const { query } = await warehouse()
  return query({
    query: `SELECT c.gap AS gap, c.reason AS reason, count() AS cells, toString(sum(c.amount)) AS amount, toString(sum(c.cost)) AS cost
      FROM (${sharesSql(input, '')}) AS c GROUP BY gap, reason ORDER BY abs(sum(c.amount)) DESC`,
    schema: outcomeRow,
  })
}
