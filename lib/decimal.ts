import { Decimal } from 'decimal.js'
import { fromUnits, toUnits } from './units'

/** Enough for sums of Decimal(38, 18): nothing is ever rounded here. */
const Exact = Decimal.clone({ precision: 80, toExpNeg: -80, toExpPos: 80 })

/** What whole numbers of 10^-18 add up faster. */
const SHORT = /^-?\d+(\.\d{1,18})?$/
/** What is written as it should be already. */
const PLAIN = /^(0|-?[1-9]\d*|-?(0|[1-9]\d*)\.\d*[1-9])$/

/** The exact sum of decimals, in plain notation. */
export function sumDecimals(values: Iterable<string>): string {
  let units = 0n
  let others = new Exact(0)
  for (const value of values) {
    if (SHORT.test(value)) units += toUnits(value)
    else others = others.plus(value)
  }
  return others.plus(fromUnits(units)).toFixed()
}

/** ClickHouse's text of a decimal without superfluous zeros. */
export function plainDecimal(text: string): string {
  return PLAIN.test(text) ? text : new Exact(text).toFixed()
}

/** a − b, exact, in plain notation. */
export function subtractDecimals(a: string, b: string): string {
  return new Exact(a).minus(b).toFixed()
}
