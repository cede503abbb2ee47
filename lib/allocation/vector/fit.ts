import { sumOf, toVector, type Vector } from './vector'

/** cost × weight is computed in 256 bits (split-sql.ts). */
const WEIGHT_LIMIT = 2n ** 120n
const TOTAL_LIMIT = 2n ** 126n

/** What rounded shares add up to: they have 18 fractional digits. */
export const ROUNDED_TOTAL = 10n ** 18n

function greatestDivisor(a: bigint, b: bigint): bigint {
  let divisor = a
  let rest = b
  while (rest !== 0n) [divisor, rest] = [rest, divisor % rest]
  return divisor
}

/** The same ratios in the smallest whole numbers. */
export function reduceVector({ elements, weights }: Vector): Vector {
  let divisor = 0n
  for (const weight of weights) {
    divisor = greatestDivisor(divisor, weight)
    if (divisor === 1n) break
  }
  return divisor <= 1n ? { elements, weights } : { elements, weights: weights.map((weight) => weight / divisor) }
}

const fits = (weights: readonly bigint[]) =>
  weights.every((weight) => weight < WEIGHT_LIMIT) && sumOf(weights) < TOTAL_LIMIT

/** Shares rounded to 18 fractional digits, as differences of rounded running shares, so that they add up to 10^18. */
export function roundWeights(weights: readonly bigint[]): bigint[] {
  const total = sumOf(weights)
  let running = 0n
  let before = 0n
  return weights.map((weight) => {
    running += weight
    const upTo = (2n * running * ROUNDED_TOTAL + total) / (2n * total)
    const share = upTo - before
    before = upTo
    return share
  })
}

/**
 * Weights small enough for a split: below 2^120, and 2^126 in sum. What is larger is divided by its greatest common
 * divisor; where even that is too large, the weights are the shares rounded to 18 fractional digits (cumulative
 * rounding in the order of the elements, adding up to exactly 10^18; a share that rounds to 0 goes). This is part of
 * what every operation on vectors means: elsewhere "exact" is exact up to it.
 */
export function fitVector(vector: Vector): Vector {
  if (fits(vector.weights)) return vector
  const reduced = reduceVector(vector)
  if (fits(reduced.weights)) return reduced
  const rounded = roundWeights(reduced.weights)
  return toVector(reduced.elements.map((element, index) => [element, rounded[index] ?? 0n]))
}
