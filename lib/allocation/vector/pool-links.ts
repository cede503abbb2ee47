import { compareBytes, filterVector, sumOf, type Vector } from './vector'

export type MutualMethod = 'Reciprocal' | 'StepDown' | 'Direct'

const without = (vector: Vector, isDropped: (element: string) => boolean): Vector =>
  vector.elements.some(isDropped) ? filterVector(vector, (element) => !isDropped(element)) : vector

/** In the order in which they give: the larger share of its weights to other pools first, ties by name. */
function stepOrder(links: ReadonlyMap<string, Vector>): string[] {
  const served = [...links].map(([name, vector]) => ({
    name,
    toPools: sumOf(filterVector(vector, (element) => links.has(element)).weights),
    total: sumOf(vector.weights),
  }))
  const order = served.filter(({ total }) => total > 0n)
  order.sort((a, b) => {
    const [left, right] = [a.toPools * b.total, b.toPools * a.total]
    return left === right ? compareBytes(a.name, b.name) : left < right ? 1 : -1
  })
  return order.map(({ name }) => name)
}

/** What the pools give under a method, in the order of their names. */
export function keptLinks({ pools, method }: { pools: ReadonlyMap<string, Vector>; method: MutualMethod }) {
  const names = [...pools.keys()].sort(compareBytes)
  const links = new Map<string, Vector>()
  for (const name of names) {
    const vector = pools.get(name)
    const isDropped = (element: string) => element === name || (method === 'Direct' && pools.has(element))
    if (vector) links.set(name, without(vector, isDropped))
  }
  if (method !== 'StepDown') return links
  const before = new Set<string>()
  for (const name of stepOrder(links)) {
    const vector = links.get(name)
    if (vector)
      links.set(
        name,
        without(vector, (element) => before.has(element)),
      )
    before.add(name)
  }
  return links
}

/** The pools with weights from which nothing reaches an end: an element that is no pool, or a pool without weights. */
export function findClosedPools({
  pools,
  links,
}: {
  pools: ReadonlyMap<string, Vector>
  links: ReadonlyMap<string, Vector>
}): string[] {
  const isEnd = (element: string) => pools.get(element)?.elements.length === 0 || !pools.has(element)
  const open = new Set<string>()
  let before = -1
  while (before < open.size) {
    before = open.size
    for (const [name, { elements }] of links) {
      if (isEnd(name) || elements.some((element) => isEnd(element) || open.has(element))) open.add(name)
    }
  }
  return [...links.keys()].filter((name) => !open.has(name))
}
