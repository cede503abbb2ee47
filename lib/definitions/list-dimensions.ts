import type { z } from 'zod'
import type { dimensionList } from '../contract/costformation'
import { allocationsBehind } from '../costformation/graph'
import { currentDefinition } from './current'
import { planStreams, streamFilterKeys, streamsOf } from './streams'

export async function listDimensions(): Promise<z.infer<typeof dimensionList>> {
  const { version, definition } = await currentDefinition()
  const keys = streamFilterKeys(await planStreams())
  return {
    version: version || null,
    dimensions: definition.dimensions.map((dimension) => ({
      id: dimension.id,
      name: dimension.name,
      type: dimension.type,
      hidden: dimension.hidden,
      disabled: dimension.disabled,
      streams: streamsOf(dimension),
      allocated: !dimension.disabled && allocationsBehind(definition, dimension.id, keys).length > 0,
    })),
  }
}
