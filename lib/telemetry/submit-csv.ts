import type { Context } from '../auth/principal'
import { canonicalFilterKey } from '../costformation/source'
import { database } from '../db/client'
import { AppError } from '../errors'
import { parseTelemetryCsv } from './csv'
import { GRANULARITIES, type TelemetryOperation } from './record'
import { type BatchAccepted, writeBatch } from './write-batch'

/** Takes telemetry as a file. All of it or nothing: the bad rows come back, with their lines, to be mended. */
export async function submitCsv({
  ctx,
  name,
  operation,
  source,
}: {
  ctx: Context
  name: string
  operation: Exclude<TelemetryOperation, 'delete'>
  source: string
}): Promise<BatchAccepted> {
  const { prisma } = await database()
  const stream = await prisma.stream.findUnique({ where: { name } })
  const parsed = await parseTelemetryCsv({
    source,
    granularity: GRANULARITIES.find((granularity) => granularity === stream?.granularity),
    filterKeys: stream?.keysFixed ? stream.filterKeys : undefined,
    canonicalKey: canonicalFilterKey,
    now: new Date(),
  })
  const [first] = parsed.errors
  if (first) {
    throw new AppError(
      'unprocessable',
      `line ${first.line}, ${first.field}: ${first.reason}${parsed.errors.length > 1 ? ` (and ${parsed.errors.length - 1} more)` : ''}`,
      parsed.errors.map(({ field, reason, line }) => ({ name: field, reason, line })),
      { rejected_rows: parsed.rejectedRows, rejected_csv: parsed.rejectedCsv },
    )
  }
  if (parsed.records.length === 0 || parsed.granularity === null)
    throw new AppError('unprocessable', 'The file holds no records.')
  return writeBatch({
    ctx,
    name,
    operation,
    parsed: { ok: true, records: parsed.records, granularity: parsed.granularity, filterKeys: parsed.filterKeys },
    origin: 'CSV',
  })
}
