import type { RunCause } from '../contract/runs'
import { streamGranularity } from '../contract/streams'
import { database } from '../db/client'
import type { StreamModel } from '../db/generated/models'
import { currentDefinition } from '../definitions/current'
import { splitsBy } from '../definitions/streams'
import { enqueue, wake } from '../jobs/queue'
import { allCostDays, daysTouchedBy, markStale } from '../runs/stale-days'
import { warehouse } from '../warehouse/client'

const PAGE = 20_000

interface ChangedRow {
  bucket: string
  filterId: number
  element: string
  value: string
  deleted: boolean
  seq: number
}

async function projectRecords({ streamId, after }: { streamId: number; after: number }): Promise<void> {
  const { prisma } = await database()
  const { insert } = await warehouse()
  let cursor: ChangedRow | null = null
  for (;;) {
    const last: ChangedRow | null = cursor
    const rows: ChangedRow[] = await prisma.$queryRaw<ChangedRow[]>`
      SELECT to_char("bucketStart" AT TIME ZONE 'UTC', 'YYYY-MM-DD HH24:MI:SS') AS bucket, "filterId", element, value::text, deleted, seq
      FROM telemetry_record
      WHERE "streamId" = ${streamId} AND seq > ${after}
        AND (${last === null} OR ("bucketStart", "filterId", element)
          > ((${last?.bucket ?? '1970-01-01'}::text || '+00')::timestamptz, ${last?.filterId ?? 0}::int, ${last?.element ?? ''}::text))
      ORDER BY "bucketStart", "filterId", element
      LIMIT ${PAGE}`
    await insert({
      table: 'telemetry',
      rows: rows.map((row) => ({
        stream_id: streamId,
        bucket_start: row.bucket,
        filter_id: row.filterId,
        element: row.element,
        value: row.value,
        is_deleted: row.deleted ? 1 : 0,
        version: row.seq,
      })),
    })
    cursor = rows.at(-1) ?? null
    if (rows.length < PAGE) return
  }
}

/** Whether the stream's filters changed, and so the cost that is shared at all. */
async function projectFilters({ streamId, after }: { streamId: number; after: number }): Promise<boolean> {
  const { prisma } = await database()
  const { insert } = await warehouse()
  const rows = await prisma.telemetryFilter.findMany({ where: { streamId, seq: { gt: after } } })
  await insert({
    table: 'telemetry_filter',
    rows: rows.map((row) => ({
      stream_id: streamId,
      filter_id: row.id,
      filter_values: row.values,
      is_active: row.active ? 1 : 0,
      version: row.seq,
    })),
  })
  return rows.length > 0
}

/** Who sent what has to be projected. */
async function causeOf({ stream, lastSeq }: { stream: StreamModel; lastSeq: number }): Promise<RunCause> {
  const { prisma } = await database()
  const last = await prisma.telemetryBatch.findFirst({
    where: { streamId: stream.id, seq: { lte: lastSeq } },
    orderBy: { seq: 'desc' },
    select: { sender: true },
  })
  return {
    ...{ kind: 'telemetry', stream: stream.name, batches: lastSeq - stream.projectedSeq },
    by: last?.sender ?? '',
  }
}

/**
 * Brings a stream's changes to the warehouse, and marks the days that they touch. Safe to run twice: rows carry the
 * number of the batch that changed them last, and the newest wins.
 */
export async function projectTelemetry(streamId: number): Promise<void> {
  const { prisma } = await database()
  const stream = await prisma.stream.findUnique({ where: { id: streamId } })
  if (!stream || stream.projectedSeq >= stream.lastSeq) return
  const { lastSeq, projectedSeq, granularity, name } = stream
  await prisma.stream.update({ where: { id: streamId }, data: { loadingSeq: lastSeq } })
  await projectRecords({ streamId, after: projectedSeq })
  const poolChanged = await projectFilters({ streamId, after: projectedSeq })
  const { definition } = await currentDefinition()
  const cause = await causeOf({ stream, lastSeq })
  const stale: { dimension: string; days: string[] }[] = []
  for (const dimension of granularity ? splitsBy({ definition, stream: name }) : []) {
    const days = poolChanged
      ? await allCostDays()
      : await daysTouchedBy({
          ...{ streamId, after: projectedSeq, dimension },
          granularity: streamGranularity.parse(granularity),
        })
    stale.push({ dimension: dimension.id, days })
  }
  await prisma.$transaction(async (tx) => {
    await tx.$executeRaw`UPDATE stream SET "projectedSeq" = greatest("projectedSeq", ${lastSeq}) WHERE id = ${streamId}`
    for (const { dimension, days } of stale) await markStale({ tx, days, dimensions: [dimension], cause })
    if (stale.length === 0) await enqueue({ tx, name: 'recompute-days', data: {} })
  })
  await wake('recompute-days')
}
