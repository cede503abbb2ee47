import type { Context } from '../auth/principal'
import type { Transaction } from '../db/client'
import type { TelemetryBatchModel } from '../db/generated/models'
import { transact } from '../db/transact'
import { AppError } from '../errors'
import { wake } from '../jobs/queue'
import { refoldRecords } from './apply-entries'
import { refreshActiveFilters } from './filters'
import { type BatchAccepted, isOverflow, nextBatch } from './write-batch'

/** The batch with records that a chain of undos is about, and how many undos lie between. */
async function rootOf(
  tx: Transaction,
  batch: TelemetryBatchModel,
  depth = 0,
): Promise<{ root: TelemetryBatchModel; depth: number }> {
  if (batch.undoesBatchId === null) return { root: batch, depth }
  return rootOf(tx, await tx.telemetryBatch.findUniqueOrThrow({ where: { id: batch.undoesBatchId } }), depth + 1)
}

/** Takes a batch back as if it had never come; later batches stand. Undoing an undo puts the batch back. */
export async function undoBatch({
  ctx,
  name,
  batchId,
}: {
  ctx: Context
  name: string
  batchId: number
}): Promise<BatchAccepted> {
  const accepted = await transact({
    ctx,
    run: async (tx) => {
      await tx.$queryRaw`SELECT id FROM stream WHERE name = ${name} FOR UPDATE`
      const stream = await tx.stream.findUnique({ where: { name } })
      if (!stream) throw new AppError('not_found', `There is no stream "${name}".`)
      const target = await tx.telemetryBatch.findFirst({ where: { id: batchId, streamId: stream.id } })
      if (!target) throw new AppError('not_found', `The stream "${name}" has no batch ${batchId}.`)
      if (target.undoneAt) throw new AppError('conflict', `Batch ${batchId} is undone already.`)
      const { root, depth } = await rootOf(tx, target)
      // Undoing a batch takes it back, undoing that puts it back, and so on: but only what is not so already.
      const takesBack = depth % 2 === 0
      if (takesBack === (root.undoneAt !== null))
        throw new AppError('conflict', `Batch ${root.id} is ${takesBack ? 'undone already' : 'not undone'}.`)
      const recordCount = root.recordCount
      const batch = await nextBatch({
        tx,
        ctx,
        stream,
        operation: 'undo',
        origin: 'API',
        recordCount,
        undoesBatchId: target.id,
      })
      await tx.telemetryBatch.update({ where: { id: target.id }, data: { undoneAt: batch.receivedAt } })
      if (root.id !== target.id) {
        await tx.telemetryBatch.update({
          where: { id: root.id },
          data: { undoneAt: takesBack ? batch.receivedAt : null },
        })
      }
      const scope = { tx, streamId: stream.id, batchId: root.id, seq: batch.seq }
      await refoldRecords(scope).catch((error: unknown) => {
        if (!isOverflow(error)) throw error
        throw new AppError('conflict', 'With this batch a record would exceed 20 integer digits.')
      })
      await refreshActiveFilters(scope)
      await tx.auditEvent.create({
        data: { actor: ctx.principal.name, action: 'batch.undo', target: `${name}/${batchId}` },
      })
      return { batch_id: batch.id, seq: batch.seq, records: recordCount }
    },
  })
  await wake('project-telemetry')
  return accepted
}
