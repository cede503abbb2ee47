import { METRICS, type Metric } from '../contract/common'

/** Amounts are rounded to 12 fractional digits (DESIGN §3), costs are kept with 18: a quantum is 10^6 units. */
const QUANTUM = '1000000'

type Wide = 'Int128' | 'Int256'

/** A Decimal(38, 18) as a whole number of its last digits, wide enough for cost × weight. */
export const units = (expression: string, type: Wide = 'Int256') =>
  type === 'Int128' ? `reinterpret(${expression}, 'Int128')` : `toInt256(reinterpret(${expression}, 'Int128'))`

/**
 * round(cost × c ÷ T), half away from zero, in whole quanta, of every running weight c but the last, without ever
 * leaving the integers. 2 × |cost| × T must be below the type's bound: for an Int256 that is 10^15 of cost by 10^25 of
 * weights. `cost`: its units, as an Int128.
 */
function sharesSql({ cost, running, total, type }: { cost: string; running: string; total: string; type: Wide }) {
  const to = (value: string) => `to${type}(${value})`
  const [twice, sign] = [`2 * abs(${to(cost)})`, `${to(QUANTUM)} * sign(${to(cost)})`]
  const half = `${to(total)} * ${to(QUANTUM)}`
  return `arrayMap(c -> toInt128(${sign} * intDiv(${twice} * c + ${half}, 2 * ${half})), arrayPopBack(${running}))`
}

/** The running shares of a cost, as Array(Int128); over the columns of `fittedSql`. */
function runningSql(cost: string): string {
  const narrow = sharesSql({ cost, running: 'narrow', total: 'narrow_total', type: 'Int128' })
  const wide = sharesSql({ cost, running: 'wide', total: 'wide_total', type: 'Int256' })
  return `arrayPushBack(arrayConcat(${narrow}, ${wide}), ${cost})`
}

/**
 * Adds to cells what their shares are computed from: `names`, their elements, and which of their running weights fit
 * into 128 bits with their costs. `rows` has the metrics, `elements`, `whole` (what stands for an element where there
 * is none), `sums` (Array(UInt64): running weights, in the order of the elements) and `wide_sums` (Array(Int256): the
 * same where they need more than 63 bits; one of both is empty).
 */
export function fittedSql(rows: string): string {
  const most = `arrayMax([${METRICS.map((metric) => `abs(${units(metric, 'Int128')})`).join(', ')}])`
  // 2^123, and 2^63 of weights: neither side of the quotient leaves an Int128.
  const fits = `empty(wide_sums) AND (empty(sums) OR ${most} < intDiv(toInt128('10633823966279326983230456482242756608'), toInt128(greatest(sums[-1], 1))))`
  const wide = `if(fits, [], if(empty(wide_sums), CAST(sums, 'Array(Int256)'), wide_sums))`
  return `SELECT *, if(empty(elements), [whole], elements) AS names, if(fits, sums, []) AS narrow, arrayMap(c -> toInt256(c), ${wide}) AS wide,
    toInt128(if(empty(narrow), 0, narrow[-1])) AS narrow_total, if(empty(wide), toInt256(0), wide[-1]) AS wide_total
    FROM (SELECT *, ${fits} AS fits FROM (${rows}))`
}

export const shareColumn = (metric: Metric) => `shares_${metric}`

/**
 * The running shares of each metric, as Array(Int128) of 10^-18; the last is exactly the cost, so that a split ends on
 * what it began with, even where a cost has more than 12 digits (DESIGN §3, 3). A row without weights has one share.
 */
export function runningSharesSql(): string[] {
  return METRICS.map((metric) => `${runningSql(units(metric, 'Int128'))} AS ${shareColumn(metric)}`)
}

/** amount_i = share(c_i) − share(c_(i−1)), as Array(Int128). */
export function amountsSql(shares: string): string {
  return `arrayMap((upTo, before) -> upTo - before, ${shares}, arrayPushFront(arrayPopBack(${shares}), toInt128(0)))`
}

/**
 * The amounts of every metric, in the order of METRICS, as Array(Array(Int128)): planned in a third of the time that an
 * expression a metric takes, for who needs them all.
 */
export function allAmountsSql(): string {
  const costs = `[${METRICS.map((metric) => units(metric, 'Int128')).join(', ')}]`
  return `arrayMap(shares -> ${amountsSql('shares')}, arrayMap(cost -> ${runningSql('cost')}, ${costs}))`
}
