import { Decimal } from 'decimal.js'

/** Decimal with room for any bill: its default of 20 significant digits would cut large sums of 12-digit fractions. */
export const Exact = Decimal.clone({ precision: 60, toExpNeg: -40, toExpPos: 60 })
export type Exact = Decimal

/** The exact sum, as a plain decimal; of nothing, `0`. */
export function sumExact(amounts: readonly string[]): string {
  return amounts.reduce((sum, amount) => sum.plus(amount), new Exact(0)).toFixed()
}

export function isZero(amount: string): boolean {
  return new Exact(amount).isZero()
}
