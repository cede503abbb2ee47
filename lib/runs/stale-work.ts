import type { StreamFilterKeys } from '../costformation/graph'
import { allocationsBehind } from '../costformation/graph'
import type { Definition, Dimension } from '../costformation/tree'
import { database } from '../db/client'

export interface StaleWork {
  /** What was seen to be out of date; a day that is marked again meanwhile has a higher token. */
  seen: { day: string; dimensionId: string; token: number }[]
  /** Dimensions with days to compute, inner splits first. */
  work: { dimension: Dimension; days: string[] }[]
}

/** What has to be computed: where a split is out of date, all that goes by it is. `dimensions`: dependencies first. */
export async function readStaleWork({
  definition,
  dimensions,
  filterKeys,
}: {
  definition: Definition
  dimensions: readonly Dimension[]
  filterKeys: StreamFilterKeys
}): Promise<StaleWork> {
  const { prisma } = await database()
  const rows = await prisma.staleDay.findMany({ orderBy: { day: 'asc' } })
  const seen = rows.map(({ day, dimensionId, token }) => ({ day: day.toISOString().slice(0, 10), dimensionId, token }))
  const work = dimensions.flatMap((dimension) => {
    const behind = new Set(['', dimension.id, ...allocationsBehind(definition, dimension.id, filterKeys)])
    const days = [...new Set(seen.filter(({ dimensionId }) => behind.has(dimensionId)).map(({ day }) => day))]
    return days.length > 0 ? [{ dimension, days }] : []
  })
  return { seen, work }
}
