import type { RelationInput } from '../allocation/relation'
import type { FilterKey } from '../costformation/source'
import { planStreams } from '../definitions/streams'
import { cellsInForce } from './cells-in-force'
import { RUN_TABLES } from './run-tables'

type Splits = Pick<RelationInput, 'streams' | 'cells'>

/** What reports need of the splits: the streams that they go by, and the cells that runs have stored. */
export async function currentSplits(): Promise<Splits> {
  return { streams: await planStreams(), cells: await cellsInForce() }
}

/** The same for a report that goes by these keys: nothing is read where no dimension is among them. */
export async function splitsFor(keys: readonly FilterKey[]): Promise<Splits> {
  return keys.some(({ kind }) => kind === 'dimensionName') ? currentSplits() : NO_SPLITS
}

/** For what no split has a say in. */
export const NO_SPLITS: Splits = { streams: new Map(), cells: { table: RUN_TABLES.cells, condition: () => '0' } }
