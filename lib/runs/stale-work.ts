import { type ChargeDay, daysReached, looksBeyondItsDay } from '../allocation/reach'
import { type PlanStream, planSplit } from '../allocation/split-plan'
import { allocationsBehind } from '../costformation/graph'
import type { Definition, Dimension } from '../costformation/tree'
import { currentLinesSql } from '../costs/current-lines'
import { database } from '../db/client'
import { streamFilterKeys } from '../definitions/streams'
import { chargeDays } from './charge-days'

export interface StaleWork {
  /** What was seen to be out of date; a day that is marked again meanwhile has a higher token. */
  seen: { day: string; dimensionId: string; token: number }[]
  /** Dimensions with days to compute, inner splits first. */
  work: { dimension: Dimension; days: string[] }[]
}

/**
 * What has to be computed: where a split is out of date, all that goes by it is; and where cost is, or a split that it
 * is read through, also the days that look at it from afar. `dimensions`: dependencies first.
 */
export async function readStaleWork({
  definition,
  dimensions,
  streams,
}: {
  definition: Definition
  dimensions: readonly Dimension[]
  streams: ReadonlyMap<string, PlanStream>
}): Promise<StaleWork> {
  const { prisma } = await database()
  const rows = await prisma.staleDay.findMany({ orderBy: { day: 'asc' } })
  const seen = rows.map(({ day, dimensionId, token }) => ({ day: day.toISOString().slice(0, 10), dimensionId, token }))
  const filterKeys = streamFilterKeys(streams)
  const markedFor = (id: string) => seen.filter(({ dimensionId }) => dimensionId === id).map(({ day }) => day)
  const ofAll = markedFor('')
  const known = new Map<string, string[]>()
  let charges: ChargeDay[] | null = null
  for (const dimension of dimensions) {
    const behind = allocationsBehind(definition, dimension.id, filterKeys).filter((id) => id !== dimension.id)
    const changed = [...new Set([...ofAll, ...behind.flatMap((id) => known.get(id) ?? [])])]
    const plan = dimension.type === 'Allocation' ? planSplit({ dimension, streams }) : null
    let reached = changed
    if (plan && changed.length > 0 && looksBeyondItsDay(plan)) {
      charges ??= await chargeDays(await currentLinesSql())
      reached = daysReached({ plan, changed, charges })
    }
    const days = [...new Set([...markedFor(dimension.id), ...reached])].sort()
    known.set(dimension.id, days)
  }
  const work = dimensions.flatMap((dimension) => {
    const days = known.get(dimension.id) ?? []
    return days.length > 0 ? [{ dimension, days }] : []
  })
  return { seen, work }
}
