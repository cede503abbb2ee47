/** Rational numbers in lowest terms; `below` is above 0. Here and in this folder nothing is taken from the engine. */
export interface Fraction {
  above: bigint
  below: bigint
}

export function fraction(above: bigint, below = 1n): Fraction {
  let [divisor, rest] = [below < 0n ? -below : below, above < 0n ? -above : above]
  while (rest !== 0n) [divisor, rest] = [rest, divisor % rest]
  if (below < 0n) divisor = -divisor
  return { above: above / divisor, below: below / divisor }
}

export const ZERO = fraction(0n)
export const ONE = fraction(1n)

export const add = (a: Fraction, b: Fraction) => fraction(a.above * b.below + b.above * a.below, a.below * b.below)
export const subtract = (a: Fraction, b: Fraction) => fraction(a.above * b.below - b.above * a.below, a.below * b.below)
export const multiply = (a: Fraction, b: Fraction) => fraction(a.above * b.above, a.below * b.below)
export const divide = (a: Fraction, b: Fraction) => fraction(a.above * b.below, a.below * b.above)
export const isLess = (a: Fraction, b: Fraction) => a.above * b.below < b.above * a.below
export const isEqual = (a: Fraction, b: Fraction) => a.above === b.above && a.below === b.below
export const sum = (list: readonly Fraction[]) => list.reduce(add, ZERO)

/** `-1.25` */
export function parse(decimal: string): Fraction {
  const [, digits = ''] = decimal.split('.')
  return fraction(BigInt(decimal.replace('.', '')), 10n ** BigInt(digits.length))
}

/** Half away from zero, to so many fractional digits. */
export function round(value: Fraction, digits: number): Fraction {
  const scale = 10n ** BigInt(digits)
  const size = value.above < 0n ? -value.above : value.above
  const rounded = (2n * size * scale + value.below) / (2n * value.below)
  return fraction(value.above < 0n ? -rounded : rounded, scale)
}
