import { cumulativeShare } from '../allocation/round'
import type { ExplainPart } from '../contract/allocations'
import { fromUnits } from '../units'
import type { Cell } from './cells'

const DIGITS = 12n
const HUNDRED = 100n * 10n ** DIGITS

/** Hundredths of a whole as a plain decimal, rounded half up to 12 digits; null of nothing. */
export function percentText(part: bigint, whole: bigint): string | null {
  if (whole === 0n) return null
  const [numerator, denominator] = whole < 0n ? [-part, -whole] : [part, whole]
  const size = numerator < 0n ? -numerator : numerator
  const rounded = (2n * size * HUNDRED + denominator) / (2n * denominator)
  // `fromUnits` counts in 10^-18.
  return fromUnits((numerator < 0n ? -rounded : rounded) * 10n ** (18n - DIGITS))
}

function greatestDivisor(a: bigint, b: bigint): bigint {
  return b === 0n ? a : greatestDivisor(b, a % b)
}

/** A part of a whole in lowest terms: `20009/220129`. */
export function fractionOf(part: bigint, whole: bigint): string {
  const divisor = greatestDivisor(whole, part)
  return `${part / divisor}/${whole / divisor}`
}

/** The element's own weight in the cell. */
export const weightOf = ({ before, upto }: Cell): bigint => upto - before

export function ratioOf(cell: Cell): ExplainPart['ratio'] {
  if (cell.size === 0) return null
  const weight = weightOf(cell)
  const percent = percentText(weight, cell.total)
  return percent === null ? null : { fraction: fractionOf(weight, cell.total), percent }
}

/** The one amount, as the rule makes it: the running share up to the element less that before it (DESIGN §3, 3). */
export function arithmeticText({ cell, unit }: { cell: Cell; unit: bigint | null }): string {
  const amount = fromUnits(cell.amount)
  if (cell.size === 0) return `${amount} stays unallocated`
  // Weights are whole numbers of a unit of 10^-18 of what was measured, if that is known.
  const weight = (value: bigint) => (unit === null ? String(value) : fromUnits(value * unit))
  const share = (running: bigint) => `round(${fromUnits(cell.cost)} × ${weight(running)} ÷ ${weight(cell.total)})`
  const [upTo, before] = [cell.upto, cell.before].map((running) =>
    cumulativeShare({ cost: cell.cost, running, total: cell.total }),
  )
  return `${share(cell.upto)} − ${share(cell.before)} = ${fromUnits(upTo ?? 0n)} − ${fromUnits(before ?? 0n)} = ${amount}`
}
