import { findCycle, spellCycle } from '../costformation/graph'
import { AppError } from '../errors'
import { currentDefinition } from './current'
import { planStreams, streamFilterKeys } from './streams'

/**
 * Refuses filter keys for a stream that would make a dimension be split by its own outcome: nothing that reaches it
 * could be computed any more. Keys that are fixed already have passed.
 */
export async function refuseCircle({
  stream,
  filterKeys,
}: {
  stream: string
  filterKeys: readonly string[]
}): Promise<void> {
  if (!filterKeys.some((key) => key.startsWith('custom:'))) return
  const keys = streamFilterKeys(await planStreams())
  if (keys.get(stream)?.join('\n') === filterKeys.join('\n')) return
  const { definition } = await currentDefinition()
  const cycle = findCycle({ definition, streamFilterKeys: new Map(keys).set(stream, [...filterKeys]) })
  if (cycle) {
    throw new AppError(
      'invalid_request',
      `filter: dimensions would depend on each other through the filter keys of this stream: ${spellCycle(cycle)}`,
    )
  }
}
