import { type WithoutElement, withoutElement } from '../contract/definition-preview'
import { fromUnits } from '../units'

/** Sums of one side, by element or by why there is none; in units of 10^-18. */
export class Ledger {
  readonly #sums = new Map<string, bigint>()

  /** element '': none, for a reason. */
  add({ element, reason, cost }: { element: string; reason: string; cost: bigint }): void {
    const key = element === '' ? `-${withoutElement.catch('not_in_dimension').parse(reason)}` : `=${element}`
    this.#sums.set(key, (this.#sums.get(key) ?? 0n) + cost)
  }

  get keys(): string[] {
    return [...this.#sums.keys()]
  }

  of(key: string): bigint {
    return this.#sums.get(key) ?? 0n
  }

  /** Of the pool: what lies outside of it does not count. */
  totals(): { cost: string; allocated: string; unallocated: string } {
    let allocated = 0n
    let unallocated = 0n
    for (const [key, cost] of this.#sums) {
      if (key.startsWith('=')) allocated += cost
      else if (key !== OUTSIDE) unallocated += cost
    }
    return {
      cost: fromUnits(allocated + unallocated),
      allocated: fromUnits(allocated),
      unallocated: fromUnits(unallocated),
    }
  }

  /** Of everything. */
  total(): bigint {
    return [...this.#sums.values()].reduce((sum, cost) => sum + cost, 0n)
  }
}

export const OUTSIDE = '-outside_the_pool'

/** The element, or the reason for there being none, that a key stands for. */
export function nameOf(key: string): { element: string | null; reason: WithoutElement | null } {
  if (key.startsWith('=')) return { element: key.slice(1), reason: null }
  return { element: null, reason: withoutElement.parse(key.slice(1)) }
}

/** Keys of some sides: elements by the most that they have on any side, then cost without an element. */
export function rankedKeys(sides: readonly Ledger[]): string[] {
  const keys = [...new Set(sides.flatMap((side) => side.keys))]
  const size = (key: string) => {
    let most = 0n
    for (const side of sides) {
      const cost = side.of(key)
      const absolute = cost < 0n ? -cost : cost
      if (absolute > most) most = absolute
    }
    return most
  }
  const isNamed = (key: string) => Number(key.startsWith('='))
  const place = (key: string) => Number(key === OUTSIDE)
  return keys.sort((a, b) => {
    if (isNamed(a) !== isNamed(b)) return isNamed(b) - isNamed(a)
    if (place(a) !== place(b)) return place(a) - place(b)
    const [left, right] = [size(a), size(b)]
    return left === right ? (a < b ? -1 : 1) : left < right ? 1 : -1
  })
}
