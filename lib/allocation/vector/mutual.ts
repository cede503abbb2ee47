import { fitVector, reduceVector, roundWeights } from './fit'
import { type HandOn, handOnExactly, handOnRounded } from './hand-on'
import { findClosedPools, keptLinks, type MutualMethod } from './pool-links'
import { compareBytes, sumOf, type Vector } from './vector'

/** Pools that hand on all that they get among themselves, so that no split of their cost exists. */
export class ClosedPools extends Error {
  readonly pools: readonly string[]

  constructor(pools: readonly string[]) {
    super(`these pools feed only each other: ${pools.join(', ')}`)
    this.name = 'ClosedPools'
    this.pools = pools
  }
}

type Solved = [pool: string, vector: Vector]

/** Up to here the product of the sums of weights stands for exact results, which are no larger. */
const EXACT_LIMIT = 2n ** 120n

/** Bits of the shares on the way to 18 digits: enough but for pools that hand on next to nothing, and then more. */
const PRECISIONS = [96, 768]

/**
 * Mutual services: pools whose drivers name other pools hand on what they get, until all is with elements that are no
 * pools. The result says of each pool how a cost of its own ends up.
 *
 * - `Reciprocal` solves the linear system; `StepDown` lets the pools give in turn, who serves other pools with the larger
 *   share of its weights first (ties by name), and nobody gives to those before it; `Direct` leaves out all that pools
 *   give to pools.
 * - What a pool gives to itself is dropped.
 * - A pool without weights, or whose method leaves it none, is an end: what reaches it stays there, under the pool's own
 *   name among the elements of the result. `takeOut` makes it unallocated.
 * - A pool that gives to no pool keeps its vector. Other results are exact, reduced to the smallest whole numbers, as
 *   long as the product of the sums of the reduced weights, over the pools that it reaches, is below 2^120; beyond that
 *   they are rounded to 18 digits (see `fitVector`).
 *
 * Throws ClosedPools where the system has no solution (Reciprocal only).
 */
export function solveMutual({
  pools,
  method,
}: {
  /** By the pool's name; an empty vector where it has no weights. */
  pools: ReadonlyMap<string, Vector>
  method: MutualMethod
}): Map<string, Vector> {
  const links = keptLinks({ pools, method })
  const closed = method === 'Reciprocal' ? findClosedPools({ pools, links }) : []
  if (closed.length > 0) throw new ClosedPools(closed)
  const solved = new Map<string, Vector>()
  const givers: string[] = []
  for (const [name, vector] of links) {
    if (vector.elements.length === 0) solved.set(name, { elements: [name], weights: [1n] })
    else if (vector.elements.some((element) => links.get(element)?.elements.length)) givers.push(name)
    else solved.set(name, fitVector(vector))
  }
  for (const [name, vector] of handOn({ links, givers })) solved.set(name, vector)
  return new Map([...pools.keys()].map((name) => [name, solved.get(name) ?? { elements: [name], weights: [1n] }]))
}

/** The pools that a cost comes to before it ends, its own included. */
function reachedFrom(name: string, toPools: ReadonlyMap<string, readonly string[]>): Set<string> {
  const reached = new Set([name])
  for (const pool of reached) for (const next of toPools.get(pool) ?? []) reached.add(next)
  return reached
}

function handOn({ links, givers }: { links: ReadonlyMap<string, Vector>; givers: readonly string[] }): Solved[] {
  const gives = new Set([...links].flatMap(([name, { elements }]) => (elements.length > 0 ? [name] : [])))
  const toPools = new Map([...links].map(([name, { elements }]) => [name, elements.filter((e) => gives.has(e))]))
  const reached = new Map(givers.map((name) => [name, reachedFrom(name, toPools)]))
  const within = new Set([...reached.values()].flatMap((pools) => [...pools]))
  const reduced = new Map(
    [...links].flatMap(([name, vector]) => (within.has(name) ? [[name, reduceVector(vector)] as const] : [])),
  )
  const totals = new Map([...reduced].map(([name, { weights }]) => [name, sumOf(weights)]))
  const isSmall = (name: string) => {
    let product = 1n
    for (const pool of reached.get(name) ?? []) {
      if (product < EXACT_LIMIT) product *= totals.get(pool) ?? 1n
    }
    return product < EXACT_LIMIT
  }
  const small = new Set(givers.filter(isSmall))
  const ofSmall = new Set([...small].flatMap((name) => [...(reached.get(name) ?? [])]))
  return [
    ...solve({ pools: new Map([...reduced].filter(([name]) => ofSmall.has(name))), wanted: small, isRounded: false }),
    ...solve({ pools: reduced, wanted: new Set(givers.filter((name) => !small.has(name))), isRounded: true }),
  ]
}

/** The results of those `wanted`, which reach no other givers than `pools`. */
function solve({
  pools,
  wanted,
  isRounded,
}: {
  pools: ReadonlyMap<string, Vector>
  wanted: ReadonlySet<string>
  isRounded: boolean
}): Solved[] {
  if (wanted.size === 0) return []
  const vectors = [...pools.values()]
  const ends = [...new Set(vectors.flatMap(({ elements }) => elements))].filter((name) => !pools.has(name))
  ends.sort(compareBytes)
  const system = { toPools: vectors.map(columns([...pools.keys()])), toEnds: vectors.map(columns(ends)) }
  const results = isRounded ? roundedResults(system) : handOnExactly(system)
  return [...pools.keys()].flatMap((name, index): Solved[] => {
    const weights = results[index] ?? []
    const vector = {
      elements: ends.filter((_, end) => weights[end] !== 0n),
      weights: weights.filter((weight) => weight !== 0n),
    }
    return wanted.has(name) ? [[name, isRounded ? vector : reduceVector(vector)]] : []
  })
}

/** The weights of some elements, 0 where a vector has none. */
function columns(names: readonly string[]): (vector: Vector) => bigint[] {
  const place = new Map(names.map((name, index) => [name, index]))
  return ({ elements, weights }) => {
    const row = new Array<bigint>(names.length).fill(0n)
    for (const [index, element] of elements.entries()) {
      const column = place.get(element)
      if (column !== undefined) row[column] = weights[index] ?? 0n
    }
    return row
  }
}

function roundedResults(system: HandOn): bigint[][] {
  let results: (bigint[] | null)[] = []
  for (const precision of PRECISIONS) {
    results = handOnRounded({ ...system, precision })
    if (!results.includes(null)) break
  }
  const exact = results.includes(null) ? handOnExactly(system) : []
  return results.map((weights, index) => weights ?? roundWeights(exact[index] ?? []))
}
