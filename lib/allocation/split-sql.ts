import { METRICS } from '../contract/common'

/** Amounts are rounded to 12 fractional digits (DESIGN §3), costs are kept with 18: a quantum is 10^6 units. */
const QUANTUM = '1000000'

/** A Decimal(38, 18) as a whole number of its last digits, wide enough for cost × weight. */
export const units = (expression: string) => `toInt256(reinterpret(${expression}, 'Int128'))`

/**
 * round(cost × c ÷ T), half away from zero, in whole quanta, without ever leaving the integers; for c = T the cost
 * itself, so that a split ends on exactly what it began with, even where a cost has more than 12 digits.
 * 2 × |cost| × T has to stay below 5.7 × 10^76 (units of 10^-18), which an Int256 holds: 10^15 of cost by 10^25 of weights.
 */
export function cumulativeShareSql({ cost, running, total }: { cost: string; running: string; total: string }): string {
  return `if(${running} = ${total}, ${cost}, ${QUANTUM} * sign(${cost}) * intDiv(2 * abs(${cost}) * ${running} + ${total} * ${QUANTUM}, 2 * ${total} * ${QUANTUM}))`
}

/**
 * amount_i = share(c_i) − share(c_(i−1)) of every metric (DESIGN §3, 3), as Decimal(38, 18). `whole` says of which
 * rows the metrics stay as they are.
 */
export function splitAmountsSql({
  rows,
  running,
  before,
  total,
  whole,
}: {
  rows: string
  running: string
  before: string
  total: string
  whole: string
}): string[] {
  // `if` may evaluate both sides over a block: a divisor of 0 must not stand even in the one that is not taken.
  const divisor = `greatest(${total}, toInt256(1))`
  return METRICS.map((metric) => {
    const cost = units(`${rows}.${metric}`)
    const upTo = cumulativeShareSql({ cost, running, total: divisor })
    const previous = cumulativeShareSql({ cost, running: before, total: divisor })
    return `if(${whole}, ${rows}.${metric}, reinterpret(toInt128(${upTo} - ${previous}), 'Decimal(38, 18)')) AS ${metric}`
  })
}

/** The weights of one cell as whole numbers, added up from the first on. */
export function runningWeightsSql(weights: string): string {
  return `arrayCumSum(${weights})`
}
