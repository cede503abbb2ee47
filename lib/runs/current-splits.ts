import type { RelationInput } from '../allocation/relation'
import { planStreams } from '../definitions/streams'
import { cellsInForce } from './cells-in-force'

/** What reports need of the splits: the streams that they go by, and the cells that runs have stored. */
export async function currentSplits(): Promise<Pick<RelationInput, 'streams' | 'cells'>> {
  return { streams: await planStreams(), cells: await cellsInForce() }
}
