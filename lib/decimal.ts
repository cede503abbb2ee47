import { Decimal } from 'decimal.js'

/** Enough for sums of Decimal(38, 18): nothing is ever rounded here. */
const Exact = Decimal.clone({ precision: 80, toExpNeg: -80, toExpPos: 80 })

/** The exact sum of decimals, in plain notation. */
export function sumDecimals(values: Iterable<string>): string {
  let total = new Exact(0)
  for (const value of values) total = total.plus(value)
  return total.toFixed()
}

/** ClickHouse's text of a decimal without superfluous zeros. */
export function plainDecimal(text: string): string {
  return new Exact(text).toFixed()
}

/** a − b, exact, in plain notation. */
export function subtractDecimals(a: string, b: string): string {
  return new Exact(a).minus(b).toFixed()
}
