import { z } from 'zod'
import type { WorkspaceState } from '../contract/workspace'
import { currentLinesSql } from '../costs/current-lines'
import { database } from '../db/client'
import { currentDefinition } from '../definitions/current'
import { allocatedDimensions, planStreams } from '../definitions/streams'
import { warehouse } from '../warehouse/client'

const span = z.object({ lines: z.coerce.number(), first: z.string(), last: z.string() })

/** What there is, so that the overview can say what is missing. */
export async function readWorkspace(): Promise<WorkspaceState> {
  const { prisma } = await database()
  const { query } = await warehouse()
  const [total] = await query({
    query: `SELECT count() AS lines, toString(min(toDate(ChargePeriodStart))) AS first, toString(max(toDate(ChargePeriodStart))) AS last
      FROM cost_lines WHERE ${await currentLinesSql()}`,
    schema: span,
  })
  const { definition, version } = await currentDefinition()
  const dimensions = allocatedDimensions({ definition, streams: await planStreams() })
  const running = await prisma.costImport.count({ where: { status: { in: ['queued', 'running'] } } })
  const hasCosts = (total?.lines ?? 0) > 0
  return {
    costs: hasCosts,
    definitions: version > 0,
    allocation_dimensions: dimensions.map(({ id, name }) => ({ id, name })),
    streams: await prisma.stream.count(),
    telemetry: (await prisma.stream.count({ where: { lastSeq: { gt: 0 } } })) > 0,
    import_running: running > 0,
    first_day: hasCosts ? (total?.first ?? null) : null,
    last_day: hasCosts ? (total?.last ?? null) : null,
  }
}
