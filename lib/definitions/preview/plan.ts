import type { PlanStream } from '../../allocation/split-plan'
import type { PreviewChange } from '../../contract/definition-preview'
import { allocationsBehind, dependenciesOf, dependencyOrder } from '../../costformation/graph'
import type { Definition, Dimension } from '../../costformation/tree'
import { meaningOf } from '../compare'
import { streamFilterKeys } from '../streams'

export interface PlannedDimension {
  /** As it is after the change; before it, where it is removed. */
  dimension: Dimension
  change: PreviewChange
  /** Whether it is there, and not disabled. */
  inNow: boolean
  inAfter: boolean
  /** Whether a split gives its elements, now or after. */
  allocated: boolean
}

/** A dimension's meaning together with that of all it depends on: the same text, the same elements. */
export function fingerprints(definition: Definition, streams: ReadonlyMap<string, PlanStream>): Map<string, string> {
  const keys = streamFilterKeys(streams)
  const own = new Map(definition.dimensions.map((dimension) => [dimension.id, meaningOf(dimension)]))
  return new Map(
    definition.dimensions.map(({ id }) => {
      const behind = [...dependenciesOf(definition, id, keys)].sort()
      return [id, [id, ...behind].map((each) => own.get(each)).join('\n')]
    }),
  )
}

const isThere = (definition: Definition, id: string) =>
  definition.dimensions.some((dimension) => dimension.id === id && !dimension.disabled)

function isAllocated(definition: Definition, id: string, streams: ReadonlyMap<string, PlanStream>): boolean {
  return isThere(definition, id) && allocationsBehind(definition, id, streamFilterKeys(streams)).length > 0
}

/** Every dimension of either definition, in the new one's order and then what is removed, with how it changes. */
export function planPreview({
  now,
  after,
  streams,
}: {
  now: Definition
  after: Definition
  streams: ReadonlyMap<string, PlanStream>
}): PlannedDimension[] {
  const [old, next] = [fingerprints(now, streams), fingerprints(after, streams)]
  const oldMeaning = new Map(now.dimensions.map((dimension) => [dimension.id, meaningOf(dimension)]))
  const changeOf = (dimension: Dimension): PreviewChange => {
    if (!next.has(dimension.id)) return 'removed'
    if (!old.has(dimension.id)) return 'added'
    if (oldMeaning.get(dimension.id) !== meaningOf(dimension)) return 'changed'
    return old.get(dimension.id) === next.get(dimension.id) ? 'same' : 'affected'
  }
  const removed = now.dimensions.filter(({ id }) => !next.has(id))
  return [...after.dimensions, ...removed].map((dimension) => ({
    dimension,
    change: changeOf(dimension),
    inNow: isThere(now, dimension.id),
    inAfter: isThere(after, dimension.id),
    allocated: isAllocated(now, dimension.id, streams) || isAllocated(after, dimension.id, streams),
  }))
}

/** What has to be computed for some dimensions, dependencies first, themselves included. */
export function neededFor({
  definition,
  ids,
  streams,
}: {
  definition: Definition
  ids: readonly string[]
  streams: ReadonlyMap<string, PlanStream>
}): Dimension[] {
  const keys = streamFilterKeys(streams)
  const byId = new Map(definition.dimensions.map((dimension) => [dimension.id, dimension]))
  const needed = new Set(
    ids.filter((id) => byId.has(id)).flatMap((id) => [id, ...dependenciesOf(definition, id, keys)]),
  )
  return dependencyOrder(definition, keys).flatMap((id) => {
    const dimension = needed.has(id) ? byId.get(id) : undefined
    return dimension && !dimension.disabled ? [dimension] : []
  })
}
