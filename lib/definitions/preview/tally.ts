import type { PreviewDimension, PreviewElement, WithoutElement } from '../../contract/definition-preview'
import { fromUnits, toUnits } from '../../units'

/** Costs in units of 10^-18. */
interface Part {
  cost: bigint
  lines: number
}

interface Entry {
  element: string | null
  reason: WithoutElement | null
  now: Part
  after: Part
}

export type Elements = Pick<PreviewDimension, 'elements' | 'element_count' | 'others' | 'moved'>

/** What is listed of a dimension; the rest is `others`. */
export const LISTED = 200

const size = (value: bigint) => (value < 0n ? -value : value)

function amounts({ now, after }: Pick<Entry, 'now' | 'after'>) {
  return {
    now: fromUnits(now.cost),
    after: fromUnits(after.cost),
    difference: fromUnits(after.cost - now.cost),
    lines_now: now.lines,
    lines_after: after.lines,
  }
}

/** The larger of both sides. */
function rankOf({ now, after }: Entry): bigint {
  const [left, right] = [size(now.cost), size(after.cost)]
  if (left > right) return left
  return right
}

/** Cost without an element first, then the largest. */
function byRank(a: Entry, b: Entry): number {
  if ((a.element === null) !== (b.element === null)) return a.element === null ? -1 : 1
  const [ofA, ofB] = [rankOf(a), rankOf(b)]
  if (ofA !== ofB) return ofA < ofB ? 1 : -1
  return (a.element ?? a.reason ?? '') < (b.element ?? b.reason ?? '') ? -1 : 1
}

/** Adds up what the slices of a range give for one dimension; exact. */
export class Tally {
  readonly #entries = new Map<string, Entry>()
  #moved: Part | null = { cost: 0n, lines: 0 }

  #add({ element, reason, side, part }: { element: string; reason: string; side: 'now' | 'after'; part: Part }): void {
    const key = element === '' ? `-${reason}` : `=${element}`
    const entry = this.#entries.get(key) ?? {
      element: element || null,
      reason: element === '' ? (reason as WithoutElement) : null,
      now: { cost: 0n, lines: 0 },
      after: { cost: 0n, lines: 0 },
    }
    entry[side].cost += part.cost
    entry[side].lines += part.lines
    this.#entries.set(key, entry)
  }

  /** Lines that have one element now and one after. */
  addPair({ now, after, cost, lines }: { now: string; after: string; cost: string; lines: number }): void {
    const part = { cost: toUnits(cost), lines }
    this.#add({ element: now, reason: 'not_in_dimension', side: 'now', part })
    this.#add({ element: after, reason: 'not_in_dimension', side: 'after', part })
    if (now === after || this.#moved === null) return
    this.#moved = { cost: this.#moved.cost + part.cost, lines: this.#moved.lines + lines }
  }

  /** One side alone, as a split gives it. */
  addSide({
    side,
    element,
    reason,
    cost,
    lines,
  }: {
    side: 'now' | 'after'
    element: string
    reason: WithoutElement
    cost: string
    lines: number
  }): void {
    this.#moved = null
    this.#add({ element, reason, side, part: { cost: toUnits(cost), lines } })
  }

  /** Elements that are listed, and the rest as one. Without cost and lines on both sides, nothing is listed. */
  result(): Elements {
    const entries = [...this.#entries.values()].filter(({ now, after }) => now.lines > 0 || after.lines > 0)
    const ranked = entries.sort(byRank)
    const listed = ranked.length > LISTED + 1 ? ranked.slice(0, LISTED) : ranked
    const rest = ranked.slice(listed.length)
    const sum = (side: 'now' | 'after'): Part => ({
      cost: rest.reduce((total, entry) => total + entry[side].cost, 0n),
      lines: rest.reduce((total, entry) => total + entry[side].lines, 0),
    })
    return {
      elements: listed.map(({ element, reason, ...sides }): PreviewElement => ({ element, reason, ...amounts(sides) })),
      element_count: ranked.filter(({ element }) => element !== null).length,
      others:
        rest.length === 0 ? null : { elements: rest.length, ...amounts({ now: sum('now'), after: sum('after') }) },
      moved: this.#moved === null ? null : { cost: fromUnits(this.#moved.cost), lines: this.#moved.lines },
    }
  }
}

/** The same from the largest elements and the totals of all of them. */
export function elementsOfLargest({
  largest,
  total,
  count,
  moved,
}: {
  largest: readonly { element: string; now: string; after: string; lines_now: number; lines_after: number }[]
  total: { cost: string; lines: number }
  /** Elements, and what is without one. */
  count: number
  moved: { cost: string; lines: number }
}): Elements {
  const entries = largest.map(
    (row): Entry => ({
      element: row.element || null,
      reason: row.element === '' ? 'not_in_dimension' : null,
      now: { cost: toUnits(row.now), lines: row.lines_now },
      after: { cost: toUnits(row.after), lines: row.lines_after },
    }),
  )
  const rest = (side: 'now' | 'after'): Part => ({
    cost: entries.reduce((left, entry) => left - entry[side].cost, toUnits(total.cost)),
    lines: entries.reduce((left, entry) => left - entry[side].lines, total.lines),
  })
  const nameless = entries.some(({ element }) => element === null) ? 1 : 0
  return {
    elements: entries.map(({ element, reason, ...sides }) => ({ element, reason, ...amounts(sides) })),
    element_count: count - nameless,
    others:
      count > entries.length
        ? { elements: count - entries.length, ...amounts({ now: rest('now'), after: rest('after') }) }
        : null,
    moved: { cost: fromUnits(toUnits(moved.cost)), lines: moved.lines },
  }
}
