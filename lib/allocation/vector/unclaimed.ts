import { fitVector, reduceVector } from './fit'
import { entriesOf, filterVector, sumOf, toVector, type Vector } from './vector'

/** A part of a whole, from 0 to 1; the denominator is above 0. */
export interface Share {
  numerator: bigint
  denominator: bigint
}

export const NO_SHARE: Share = { numerator: 0n, denominator: 1n }

/** Takes elements out of a vector; `unclaimed` is the share they held of the whole. */
export function takeOut({ vector, elements }: { vector: Vector; elements: ReadonlySet<string> }): {
  vector: Vector
  unclaimed: Share
} {
  const kept = filterVector(vector, (element) => !elements.has(element))
  if (kept.elements.length === vector.elements.length) return { vector, unclaimed: NO_SHARE }
  const total = sumOf(vector.weights)
  return { vector: kept, unclaimed: { numerator: total - sumOf(kept.weights), denominator: total } }
}

/**
 * The whole as one vector: '' stands for the share that stays unallocated (no element is called so, and it comes
 * first), and the elements share what is left. An empty vector leaves all of it unallocated.
 */
export function withUnclaimed({ vector, unclaimed }: { vector: Vector; unclaimed: Share }): Vector {
  const { numerator, denominator } = unclaimed
  if (vector.elements.length === 0 || numerator === denominator) return { elements: [''], weights: [1n] }
  if (numerator === 0n) return fitVector(vector)
  const claimed = denominator - numerator
  const whole = toVector([
    ['', sumOf(vector.weights) * numerator],
    ...entriesOf(vector).map(([element, weight]) => [element, weight * claimed] as const),
  ])
  return fitVector(reduceVector(whole))
}
