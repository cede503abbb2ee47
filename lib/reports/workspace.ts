import type { WorkspaceState } from '../contract/workspace'
import { database } from '../db/client'
import { currentDefinition } from '../definitions/current'
import { allocatedDimensions, planStreams } from '../definitions/streams'
import { billShape } from './bill-shape'

/** What there is, so that the overview can say what is missing. */
export async function readWorkspace(): Promise<WorkspaceState> {
  const { prisma } = await database()
  const days = (await billShape()).map(({ day }) => day).sort()
  const { definition, version } = await currentDefinition()
  const dimensions = allocatedDimensions({ definition, streams: await planStreams() })
  const running = await prisma.costImport.count({ where: { status: { in: ['queued', 'running'] } } })
  return {
    costs: days.length > 0,
    definitions: version > 0,
    allocation_dimensions: dimensions.map(({ id, name }) => ({ id, name })),
    streams: await prisma.stream.count(),
    telemetry: (await prisma.stream.count({ where: { lastSeq: { gt: 0 } } })) > 0,
    import_running: running > 0,
    first_day: days[0] ?? null,
    last_day: days.at(-1) ?? null,
  }
}
