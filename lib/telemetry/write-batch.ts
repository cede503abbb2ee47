import type { Context } from '../auth/principal'
import { streamName } from '../contract/streams'
import type { Transaction } from '../db/client'
import { Prisma } from '../db/generated/client'
import type { StreamModel } from '../db/generated/models'
import { transact } from '../db/transact'
import { refuseCircle } from '../definitions/refuse-circle'
import { AppError } from '../errors'
import { enqueue, wake } from '../jobs/queue'
import { checkAgainstStream, type ParsedTelemetry } from '../wire/cloudzero'
import { applyDelete, applyEntries } from './apply-entries'
import { canonicalText, createFilterFinder, ensureFilters } from './filters'
import type { Granularity, RecordError, TelemetryOperation } from './record'

// A type, not an interface: it is stored as JSON under an Idempotency-Key.
export type BatchAccepted = { batch_id: number; seq: number; records: number }

/** A batch that was refused; `extra.record_errors` keeps the records' indexes for the wires that report them. */
export function rejectedBatch(
  errors: readonly RecordError[],
  code: 'invalid_request' | 'unprocessable' = 'invalid_request',
): AppError {
  const first = errors[0]
  const where = first && first.index >= 0 ? `record ${first.index}, ` : ''
  const more = errors.length > 1 ? ` (and ${errors.length - 1} more)` : ''
  return new AppError(
    code,
    first ? `${where}${first.field}: ${first.reason}${more}` : 'The records are not valid.',
    errors.map(({ index, field, reason, line }) => ({
      name: index >= 0 ? `records[${index}].${field}` : field,
      reason,
      line,
    })),
    { record_errors: errors },
  )
}

/** The stream, locked: its batches are numbered and applied one after the other. */
async function lockStream({
  tx,
  name,
  create,
}: {
  tx: Transaction
  name: string
  create: boolean
}): Promise<StreamModel> {
  if (create) await tx.$executeRaw`INSERT INTO stream (name) VALUES (${name}) ON CONFLICT (name) DO NOTHING`
  await tx.$queryRaw`SELECT id FROM stream WHERE name = ${name} FOR UPDATE`
  const stream = await tx.stream.findUnique({ where: { name } })
  if (!stream) throw new AppError('invalid_request', `telemetry stream must exist: there is no stream "${name}"`)
  return stream
}

export async function nextBatch({
  tx,
  ctx,
  stream,
  operation,
  origin,
  recordCount,
  undoesBatchId = null,
}: {
  tx: Transaction
  ctx: Context
  stream: StreamModel
  operation: TelemetryOperation | 'undo'
  origin: string
  recordCount: number
  undoesBatchId?: number | null
}) {
  const seq = stream.lastSeq + 1
  const batch = await tx.telemetryBatch.create({
    data: { streamId: stream.id, seq, operation, origin, sender: ctx.principal.name, recordCount, undoesBatchId },
  })
  await tx.stream.update({ where: { id: stream.id }, data: { lastSeq: seq, lastReceivedAt: batch.receivedAt } })
  await enqueue({ tx, name: 'project-telemetry', data: { streamId: stream.id } })
  return batch
}

async function applyBatch({
  tx,
  stream,
  operation,
  parsed,
  batch,
  filterKeys,
}: {
  tx: Transaction
  stream: StreamModel
  operation: TelemetryOperation
  parsed: ParsedTelemetry
  batch: { id: number; seq: number }
  filterKeys: string[]
}): Promise<number> {
  const target = { tx, streamId: stream.id, batchId: batch.id, seq: batch.seq }
  if (operation === 'delete') {
    const idsOf = await createFilterFinder({ tx, streamId: stream.id, filterKeys })
    const matches = parsed.records.map(({ bucketStart, element, filter }) => ({
      bucketStart,
      element,
      filterIds: idsOf(filter),
    }))
    return applyDelete({ ...target, matches })
  }
  const textOf = new Map(
    parsed.records.map((record) => [record.filter, canonicalText(record.filter ?? {}, filterKeys)]),
  )
  const ids = await ensureFilters({ tx, streamId: stream.id, seq: batch.seq, texts: [...new Set(textOf.values())] })
  const entries = parsed.records.map((record) => ({
    filterId: ids.get(textOf.get(record.filter) ?? '') ?? 0,
    bucketStart: record.bucketStart,
    element: record.element ?? '',
    value: record.value ?? '0',
  }))
  await applyEntries({ ...target, operation, entries })
  return parsed.records.length
}

/** A sum that is larger than a record can hold. */
export const isOverflow = (error: unknown) =>
  error instanceof Prisma.PrismaClientKnownRequestError && /22003|numeric field overflow/.test(error.message)

/** Adds a batch to a stream: all of it or nothing, committed when this returns. Sum and replace create the stream. */
export async function writeBatch({
  ctx,
  name,
  operation,
  parsed,
  origin,
}: {
  ctx: Context
  name: string
  operation: TelemetryOperation
  parsed: ParsedTelemetry
  origin: 'API' | 'CSV' | 'example'
}): Promise<BatchAccepted> {
  const valid = streamName.safeParse(name)
  if (!valid.success)
    throw new AppError('invalid_request', `stream name "${name.slice(0, 100)}": ${valid.error.issues[0]?.message}`)
  if (operation !== 'delete') await refuseCircle({ stream: name, filterKeys: parsed.filterKeys ?? [] })
  try {
    const accepted = await transact({
      ctx,
      run: async (tx) => {
        const stream = await lockStream({ tx, name, create: operation !== 'delete' })
        const shape = {
          name,
          granularity: stream.granularity as Granularity | null,
          filterKeys: stream.keysFixed ? stream.filterKeys : null,
        }
        const errors = checkAgainstStream({ stream: shape, parsed, operation })
        if (errors.length > 0) throw rejectedBatch(errors)
        const filterKeys = stream.keysFixed ? stream.filterKeys : (parsed.filterKeys ?? [])
        if (operation !== 'delete' && !(stream.keysFixed && stream.granularity)) {
          await tx.stream.update({
            where: { id: stream.id },
            data: { granularity: parsed.granularity, filterKeys, keysFixed: true },
          })
        }
        const batch = await nextBatch({ tx, ctx, stream, operation, origin, recordCount: parsed.records.length })
        const records = await applyBatch({ tx, stream, operation, parsed, batch, filterKeys })
        if (operation === 'delete')
          await tx.telemetryBatch.update({ where: { id: batch.id }, data: { recordCount: records } })
        return { batch_id: batch.id, seq: batch.seq, records }
      },
    })
    await wake('project-telemetry')
    return accepted
  } catch (error) {
    if (isOverflow(error))
      throw new AppError('invalid_request', 'value: the sum of the values for one record exceeds 20 integer digits')
    throw error
  }
}
