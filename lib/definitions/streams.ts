import { z } from 'zod'
import type { PlanStream } from '../allocation/split-plan'
import { streamGranularity } from '../contract/streams'
import { allocationsBehind } from '../costformation/graph'
import type { AllocationDimension, Definition, Dimension } from '../costformation/tree'
import { readRows } from '../db/read-rows'

const streamRow = z.object({
  id: z.number(),
  name: z.string(),
  granularity: streamGranularity,
  filterKeys: z.array(z.string()),
})

/** Streams that have a granularity and filter keys, as plans need them, by name. */
export async function planStreams(): Promise<Map<string, PlanStream>> {
  const rows = await readRows({
    sql: 'SELECT id, name, granularity, "filterKeys" FROM stream WHERE "keysFixed" AND granularity IS NOT NULL ORDER BY id',
    schema: streamRow,
  })
  return new Map(rows.map((row) => [row.name, row]))
}

export function streamFilterKeys(streams: ReadonlyMap<string, PlanStream>): Map<string, string[]> {
  return new Map([...streams.values()].map((stream) => [stream.name, stream.filterKeys]))
}

/** Enabled dimensions whose elements come, wholly or in part, out of a split. */
export function allocatedDimensions({
  definition,
  streams,
}: {
  definition: Definition
  streams: ReadonlyMap<string, PlanStream>
}): Dimension[] {
  const keys = streamFilterKeys(streams)
  return definition.dimensions.filter(
    (dimension) => !dimension.disabled && allocationsBehind(definition, dimension.id, keys).length > 0,
  )
}

/** Names of the streams that a dimension splits by. */
export function streamsOf(dimension: Dimension): string[] {
  if (dimension.type !== 'Allocation' || dimension.allocation.type !== 'AllocateByStreams') return []
  return dimension.allocation.streams.map((stream) => stream.value)
}

/** The dimensions that split by a stream. */
export function splitsBy({ definition, stream }: { definition: Definition; stream: string }): AllocationDimension[] {
  return definition.dimensions.flatMap((dimension) =>
    dimension.type === 'Allocation' && !dimension.disabled && streamsOf(dimension).includes(stream) ? [dimension] : [],
  )
}

/** The dimensions that split by a stream, by display name. */
export function usersOf(input: { definition: Definition; stream: string }): string[] {
  return splitsBy(input).map(({ name }) => name)
}
