import type { z } from 'zod'
import { type Batch, batch, type batchesQuery } from '../contract/streams'
import { database } from '../db/client'
import { findStream } from './list-streams'

/** What was delivered, newest first. */
export async function listBatches({
  name,
  query,
}: {
  name: string
  query: z.infer<typeof batchesQuery>
}): Promise<{ batches: Batch[]; total: number }> {
  const stream = await findStream(name)
  const { prisma } = await database()
  const where = { streamId: stream.id }
  const [rows, total] = await Promise.all([
    prisma.telemetryBatch.findMany({ where, orderBy: { seq: 'desc' }, take: query.limit, skip: query.offset }),
    prisma.telemetryBatch.count({ where }),
  ])
  return {
    batches: rows.map((row) => ({
      id: row.id,
      seq: row.seq,
      operation: batch.shape.operation.parse(row.operation),
      origin: row.origin,
      sender: row.sender,
      records: row.recordCount,
      status: row.seq <= stream.availableSeq ? 'Available' : row.seq <= stream.loadingSeq ? 'Loading' : 'Pending',
      received_at: row.receivedAt.toISOString(),
      undone_at: row.undoneAt?.toISOString() ?? null,
      undoes: row.undoesBatchId,
    })),
    total,
  }
}
