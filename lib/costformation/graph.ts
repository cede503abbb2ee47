import { directSources } from './references'
import { parseFilterKey } from './source'
import type { Definition, Dimension } from './tree'

export { directSources, readsChargeStart } from './references'

/**
 * The filter keys of each stream by its name. A key `custom:<Name>` makes the dimensions that split by the stream
 * depend on the dimension of that name; only the stored streams know it, not the document.
 */
export type StreamFilterKeys = ReadonlyMap<string, readonly string[]>

const NO_STREAMS: StreamFilterKeys = new Map()

function dependencyNames({
  dimension,
  streamFilterKeys,
}: {
  dimension: Dimension
  streamFilterKeys: StreamFilterKeys
}): string[] {
  if (dimension.type !== 'Allocation' || dimension.allocation.type !== 'AllocateByStreams') return []
  return dimension.allocation.streams
    .flatMap((stream) => streamFilterKeys.get(stream.value) ?? [])
    .map(parseFilterKey)
    .flatMap((key) => ('kind' in key && key.kind === 'dimensionName' ? [key.name] : []))
}

/** What each dimension directly depends on, by id. A disabled one computes nothing, and so depends on nothing. */
function buildEdges(definition: Definition, streamFilterKeys: StreamFilterKeys): Map<string, string[]> {
  const ids = new Set(definition.dimensions.map(({ id }) => id))
  const idByName = new Map(definition.dimensions.map(({ id, name }) => [name, id]))
  return new Map(
    definition.dimensions.map((dimension) => {
      if (dimension.disabled) return [dimension.id, []]
      const named = dependencyNames({ dimension, streamFilterKeys }).flatMap((name) => idByName.get(name) ?? [])
      const referenced = directSources(dimension).flatMap((source) => (source.kind === 'dimension' ? [source.id] : []))
      return [dimension.id, [...new Set([...referenced, ...named])].filter((id) => ids.has(id))]
    }),
  )
}

/** Depth first: the ids with dependencies first, and every circle that an edge back to an open dimension closes. */
function walk(edges: ReadonlyMap<string, readonly string[]>): { order: string[]; cycles: string[][] } {
  const order: string[] = []
  const cycles: string[][] = []
  const done = new Set<string>()
  const open: string[] = []
  const visit = (id: string) => {
    if (done.has(id)) return
    const start = open.indexOf(id)
    if (start >= 0) {
      cycles.push(open.slice(start))
      return
    }
    open.push(id)
    for (const next of edges.get(id) ?? []) visit(next)
    open.pop()
    done.add(id)
    order.push(id)
  }
  for (const id of edges.keys()) visit(id)
  return { order, cycles }
}

/** At least one circle for each group of dimensions that depend on each other, as ids in order: `[A, B]` is A → B → A. */
export function findCycles({
  definition,
  streamFilterKeys = NO_STREAMS,
}: {
  definition: Definition
  streamFilterKeys?: StreamFilterKeys
}): string[][] {
  return walk(buildEdges(definition, streamFilterKeys)).cycles
}

/** The ids of a circle in order, each once (`[A, B]` is A → B → A; `[A]` is A → A), or null. */
export function findCycle(options: { definition: Definition; streamFilterKeys?: StreamFilterKeys }): string[] | null {
  return findCycles(options)[0] ?? null
}

/** `A → B → A` */
export function spellCycle(cycle: readonly string[]): string {
  return [...cycle, ...cycle.slice(0, 1)].join(' → ')
}

/** The ids of all dimensions, dependencies first. Throws on a circle: ask `findCycle` before. */
export function dependencyOrder(definition: Definition, streamFilterKeys: StreamFilterKeys = NO_STREAMS): string[] {
  const { order, cycles } = walk(buildEdges(definition, streamFilterKeys))
  if (cycles[0] !== undefined) throw new Error(`Dimensions depend on each other: ${spellCycle(cycles[0])}`)
  return order
}

/** The ids that a dimension depends on, directly or not; itself only if it is in a circle. */
export function dependenciesOf(
  definition: Definition,
  id: string,
  streamFilterKeys: StreamFilterKeys = NO_STREAMS,
): Set<string> {
  const edges = buildEdges(definition, streamFilterKeys)
  const found = new Set<string>()
  const pending = [...(edges.get(id) ?? [])]
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    if (found.has(next)) continue
    found.add(next)
    pending.push(...(edges.get(next) ?? []))
  }
  return found
}

/**
 * The ids of the enabled Allocation dimensions that a dimension's elements come out of, itself included, inner splits
 * first. Throws on a circle.
 */
export function allocationsBehind(
  definition: Definition,
  id: string,
  streamFilterKeys: StreamFilterKeys = NO_STREAMS,
): string[] {
  const involved = dependenciesOf(definition, id, streamFilterKeys).add(id)
  const allocations = new Set(
    definition.dimensions.filter(({ type, disabled }) => type === 'Allocation' && !disabled).map((found) => found.id),
  )
  return dependencyOrder(definition, streamFilterKeys).filter((found) => involved.has(found) && allocations.has(found))
}
