/**
 * What a cost is split by: an element's share is its weight ÷ the sum of all, so that the unit of the weights does not
 * matter. Elements are distinct and in the order of their UTF-8 bytes; weights are above 0.
 */
export interface Vector {
  elements: readonly string[]
  weights: readonly bigint[]
}

export const EMPTY_VECTOR: Vector = { elements: [], weights: [] }

export const sumOf = (weights: readonly bigint[]) => weights.reduce((sum, weight) => sum + weight, 0n)

/** Where UTF-16 units stand in the order of UTF-8 bytes: surrogates, which write U+10000 and above, come last. */
const rank = (unit: number) => (unit < 0xd800 ? unit : unit < 0xe000 ? unit + 0x2000 : unit - 0x800)

/** The order of the UTF-8 bytes, as ClickHouse sorts. */
export function compareBytes(a: string, b: string): number {
  const length = Math.min(a.length, b.length)
  for (let index = 0; index < length; index++) {
    const difference = rank(a.charCodeAt(index)) - rank(b.charCodeAt(index))
    if (difference !== 0) return difference
  }
  return a.length - b.length
}

/** Sorts, adds up equal elements, and leaves out weights of 0. Throws a RangeError on a weight below 0. */
export function toVector(entries: Iterable<readonly [element: string, weight: bigint]>): Vector {
  const sums = new Map<string, bigint>()
  for (const [element, weight] of entries) {
    if (weight < 0n) throw new RangeError(`the weight of ${JSON.stringify(element)} is below zero: ${weight}`)
    if (weight > 0n) sums.set(element, (sums.get(element) ?? 0n) + weight)
  }
  const elements = [...sums.keys()].sort(compareBytes)
  return { elements, weights: elements.map((element) => sums.get(element) ?? 0n) }
}

export function entriesOf({ elements, weights }: Vector): [element: string, weight: bigint][] {
  return elements.map((element, index) => [element, weights[index] ?? 0n])
}

/** The elements that are kept, in their order. */
export function filterVector({ elements, weights }: Vector, isKept: (element: string) => boolean): Vector {
  return { elements: elements.filter(isKept), weights: weights.filter((_, index) => isKept(elements[index] ?? '')) }
}
