import type { z } from 'zod'
import type { CellsInForce } from '../allocation/split-relation'
import type { WhatIfReport, whatIfRequest } from '../contract/what-if'
import { allocationsBehind } from '../costformation/graph'
import type { Definition, Dimension } from '../costformation/tree'
import { currentDefinition } from '../definitions/current'
import { fingerprints } from '../definitions/preview/plan'
import { planStreams, streamFilterKeys } from '../definitions/streams'
import { requireValid } from '../definitions/validate'
import { AppError } from '../errors'
import { findDimension } from '../reports/find-dimension'
import { isoSeconds } from '../reports/report-query'
import { cellsInForce } from '../runs/cells-in-force'
import { storedPool } from '../runs/stored-pool'
import { withTrial } from '../runs/trial'
import { readWaiting } from '../runs/waiting'
import { fromUnits } from '../units'
import { Ledger, nameOf, rankedKeys } from './ledger'
import { tryMethod } from './methods'
import { readWhatIfScope, type WhatIfScope } from './scope'
import { addCells, addGroups, addStored, cellDays, readTotal, type Streams } from './sides'
import { differenceOf, isSamePool, SETTLED } from './stored-pool'

type Input = z.infer<typeof whatIfRequest>

export interface Asked {
  now: Definition
  next: Definition
  /** As it is now; null: it is not there. */
  before: Dimension | null
  /** As it is asked about; null: it goes. */
  after: Dimension | null
  streams: Streams
  scope: WhatIfScope
  cells: CellsInForce
  /** Days of the range wait to be computed. */
  stale: boolean
  signal: AbortSignal
}

const dimensionOf = (definition: Definition, key: string): Dimension | null =>
  definition.dimensions.find(({ id, name }) => id === key || name === key) ?? null

const isThere = (dimension: Dimension | null): dimension is Dimension => dimension !== null && !dimension.disabled

const splitsBehind = (definition: Definition, id: string, streams: Streams) =>
  allocationsBehind(definition, id, streamFilterKeys(streams))

/** What a dimension's cost is by the definition in force, from what is stored. */
export async function ledgerNow({ before, now, streams, scope, cells, signal }: Asked): Promise<Ledger> {
  const ledger = new Ledger()
  if (!isThere(before)) return ledger
  if (splitsBehind(now, before.id, streams).length > 0) await addStored({ ledger, dimension: before, scope })
  else await addGroups({ ledger, dimension: before, definition: now, streams, cells, scope, signal })
  return ledger
}

/** Splits behind a dimension that mean the same by both definitions: their stored cells count. */
function keptSplits({ now, next, streams, stale }: Asked): Set<string> {
  if (stale) return new Set()
  const [old, coming] = [fingerprints(now, streams), fingerprints(next, streams)]
  return new Set([...coming].flatMap(([id, meaning]) => (old.get(id) === meaning ? [id] : [])))
}

async function ledgerAfter(asked: Asked): Promise<Ledger> {
  const { before, after, now, next, streams, scope, cells, stale, signal } = asked
  const ledger = new Ledger()
  if (!isThere(after)) return ledger
  const read = (found: CellsInForce) =>
    after.type === 'Allocation'
      ? addCells({ ledger, dimension: after, cells: found, scope })
      : addGroups({ ledger, dimension: after, definition: next, streams, cells: found, scope, signal })
  if (splitsBehind(next, after.id, streams).length === 0) {
    await read(cells)
    return ledger
  }
  const kept = keptSplits(asked)
  // Its pool is there already where only what it is split by changes.
  const isPoolKept = !stale && isSamePool({ now, next, id: after.id, streams })
  const isSplit = isPoolKept && before?.type === 'Allocation' && after.type === 'Allocation'
  const difference = isSplit ? differenceOf(before, after) : 'all'
  if (difference !== 'all') {
    await addCells({ ledger, dimension: after, cells, scope, test: difference === 'none' ? '1' : SETTLED })
  }
  if (difference === 'none') return ledger
  const test = difference === 'gaps' ? `NOT ${SETTLED}` : '1'
  const days = difference === 'gaps' ? await cellDays({ dimension: after, cells, scope, test }) : scope.days
  await withTrial(
    {
      ...{ definition: next, streams, ids: [after.id], days, where: scope.current, signal },
      kept: { ids: kept, cells },
      ...(isPoolKept ? { rowsOf: storedPool({ dimensionId: after.id, cells, test }) } : {}),
    },
    read,
  )
  return ledger
}

/** What is in no pool makes both sides the same sum, where the dimension splits one. */
function addOutside({ ledger, dimension, total }: { ledger: Ledger; dimension: Dimension | null; total: bigint }) {
  const outside = total - ledger.total()
  const isSplit = dimension?.type === 'Allocation' || dimension === null
  if (outside !== 0n)
    ledger.add({ element: '', reason: isSplit ? 'outside_the_pool' : 'not_in_dimension', cost: outside })
}

/**
 * What a dimension would cost its elements over a range by a definition that is not saved, or by another method, beside
 * what they have now. Nothing is stored. `signal`: the asker's; the work ends between two statements when they have gone.
 */
export async function readWhatIf({ input, signal }: { input: Input; signal: AbortSignal }): Promise<WhatIfReport> {
  const { definition: now, version } = await currentDefinition()
  const next = input.yaml === undefined ? now : (await requireValid(input.yaml)).definition
  const [before, after] = [dimensionOf(now, input.dimension), dimensionOf(next, input.dimension)]
  const dimension = after ?? before
  if (!dimension) {
    // Says what comes nearest.
    findDimension({ definition: next, key: input.dimension })
    throw new AppError('not_found', `There is no dimension "${input.dimension}".`)
  }
  const streams = await planStreams()
  const scope = await readWhatIfScope(input)
  const behind = before ? [before.id, ...splitsBehind(now, before.id, streams)] : []
  const waiting = await readWaiting({ ...scope, ids: behind })
  const cells = await cellsInForce()
  const asked: Asked = { now, next, before, after, streams, scope, cells, stale: waiting.stale, signal }
  const left = await ledgerNow(asked)
  const right = input.method ? await tryMethod({ ...asked, method: input.method, left }) : await ledgerAfter(asked)
  const total = await readTotal(scope)
  addOutside({ ledger: left, dimension: before, total })
  addOutside({ ledger: right, dimension: after, total })
  const keys = rankedKeys([left, right])
  return {
    dimension: dimension.name,
    dimension_id: dimension.id,
    metric: scope.metric,
    currency: scope.currency,
    currencies: scope.currencies,
    from: isoSeconds(scope.from),
    to: isoSeconds(scope.to),
    definition_version: version,
    up_to_date: !waiting.stale,
    failure: waiting.failure,
    total: fromUnits(total),
    elements: keys.map((key) => ({
      ...nameOf(key),
      now: fromUnits(left.of(key)),
      after: fromUnits(right.of(key)),
      difference: fromUnits(right.of(key) - left.of(key)),
    })),
    totals: { now: left.totals(), after: right.totals() },
  }
}
