import fc from 'fast-check'
import { type Fraction, fraction } from '../../testing/reference/fraction'
import { type Shares, sharesOf } from '../../testing/reference/shares'
import { entriesOf, toVector, type Vector } from './vector'

/** U+FF5A comes before U+1F600 in UTF-8, and after it in UTF-16. */
export const NAMES = ['Email', 'email', 'Zoë', 'ｚ', '😀', 'a|b, c']

export const vectorOf = (weights: Readonly<Record<string, number | bigint>>): Vector =>
  toVector(Object.entries(weights).map(([element, weight]) => [element, BigInt(weight)]))

export const weightsOf = (vector: Vector) => Object.fromEntries(entriesOf(vector))

/** The shares of a vector, as the reference has them. */
export const toShares = (vector: Vector): Shares =>
  sharesOf(entriesOf(vector).map(([element, weight]): [string, Fraction] => [element, fraction(weight)]))

/** Small ones, for the many ties and whole ratios, and those that come near the limits or beyond. */
export const weightArb = fc.oneof(
  { weight: 3, arbitrary: fc.bigInt(1n, 6n) },
  { weight: 2, arbitrary: fc.bigInt(1n, 10n ** 9n).map((value) => value * 10n ** 15n) },
  fc.bigInt(1n, 2n ** 120n - 1n),
  fc.bigInt(1n, 2n ** 130n),
)

export const vectorArb = fc
  .uniqueArray(fc.constantFrom(...NAMES), { minLength: 1 })
  .chain((names) => fc.tuple(...names.map((name) => fc.tuple(fc.constant(name), weightArb))))
  .map((entries) => toVector(entries))

export const percentArb = fc
  .tuple(fc.integer({ min: 0, max: 99 }), fc.constantFrom('', '.5', '.25', '.999999999999999999'))
  .map(([whole, fractionDigits]) => `${whole}${fractionDigits}`)
