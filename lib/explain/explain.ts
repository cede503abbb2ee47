import type { z } from 'zod'
import type { Explanation, explainQuery } from '../contract/allocations'
import { allocationsBehind } from '../costformation/graph'
import type { Definition, Dimension } from '../costformation/tree'
import { currentDefinition } from '../definitions/current'
import { planStreams, streamFilterKeys } from '../definitions/streams'
import { AppError } from '../errors'
import { findDimension } from '../reports/find-dimension'
import { isoSeconds } from '../reports/report-query'
import { readRunsInForce } from '../runs/runs-in-force'
import { readWaiting } from '../runs/waiting'
import { explainRules } from './explain-rules'
import { explainSplit } from './explain-split'
import { type ExplainRange, readExplainRange } from './range'

export interface ExplainInput {
  definition: Definition
  dimension: Dimension
  /** null: what has no element. */
  element: string | null
  range: ExplainRange
  /** How many parts are shown in full; the rest is one exact sum. */
  shownParts: number
}

/**
 * Why an amount is what it is: the cells it is made of, what each was split by, the records behind that, the lines, and
 * the splits that these came out of. The parts and the rest add up to the amount exactly (DESIGN §3, 8).
 */
export async function explainAllocation({
  key,
  query,
}: {
  key: string
  query: z.infer<typeof explainQuery>
}): Promise<Explanation> {
  const { definition, version } = await currentDefinition()
  const dimension = findDimension({ definition, key })
  const streams = await planStreams()
  const filterKeys = streamFilterKeys(streams)
  const behind = allocationsBehind(definition, dimension.id, filterKeys)
  if (behind.length === 0) {
    throw new AppError('unprocessable', `No split reaches the dimension "${dimension.name}".`)
  }
  // An element has a name: an empty one asks for what has none.
  const element = query.element || null
  const range = await readExplainRange(query)
  const runs = await readRunsInForce({ dimensionId: dimension.id, ...range })
  const waiting = await readWaiting({ ...range, ids: [dimension.id, ...behind] })
  const input = { definition, dimension, element, range, shownParts: query.parts }
  const explained =
    dimension.type === 'Allocation'
      ? await explainSplit({ ...input, dimension, streams, runs, filterKeys, isChained: behind.length > 1 })
      : await explainRules(input, filterKeys)
  return {
    dimension: dimension.name,
    dimension_id: dimension.id,
    element,
    metric: range.metric,
    currency: range.currency,
    from: isoSeconds(range.from),
    to: isoSeconds(range.to),
    definition_version: runs.definitionVersion ?? version,
    run_ids: runs.ids,
    computed_at: runs.computedAt?.toISOString() ?? null,
    up_to_date: !waiting.stale,
    ...explained,
  }
}
