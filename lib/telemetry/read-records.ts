import { z } from 'zod'
import type { RecordList, recordsQuery } from '../contract/streams'
import { streamGranularity } from '../contract/streams'
import { database } from '../db/client'
import { AppError } from '../errors'
import { instant } from '../instant'
import { findStream } from './list-streams'
import { formatInstant } from './record'

const cursorShape = z.tuple([z.string(), z.number().int(), z.string()])

function readCursor(text: string | undefined) {
  if (text === undefined) return null
  try {
    return cursorShape.parse(JSON.parse(Buffer.from(text, 'base64url').toString('utf8')))
  } catch {
    throw new AppError('invalid_request', 'cursor: not one that this server gave.')
  }
}

interface Row {
  bucket: Date
  filterId: number
  canonical: string
  element: string
  value: string
}

/** A stream's records as they stand, newest bucket first. */
export async function readRecords({
  name,
  query,
}: {
  name: string
  query: z.infer<typeof recordsQuery>
}): Promise<RecordList> {
  const stream = await findStream(name)
  const { prisma } = await database()
  const cursor = readCursor(query.cursor)
  const narrowed = {
    streamId: stream.id,
    from: instant(query.from ?? '1970-01-01').toISOString(),
    to: instant(query.to ?? '9999-01-01').toISOString(),
    element: query.element ?? null,
  }
  const rows = await prisma.$queryRaw<Row[]>`
    SELECT r."bucketStart" AS bucket, r."filterId", f.canonical, r.element, trim_scale(r.value)::text AS value
    FROM telemetry_record r JOIN telemetry_filter f ON f.id = r."filterId"
    WHERE r."streamId" = ${narrowed.streamId} AND NOT r.deleted
      AND r."bucketStart" >= ${narrowed.from}::timestamptz AND r."bucketStart" < ${narrowed.to}::timestamptz
      AND (${narrowed.element}::text IS NULL OR r.element = ${narrowed.element})
      AND (${cursor === null} OR (r."bucketStart", r."filterId", r.element)
        < (${cursor?.[0] ?? '1970-01-01'}::timestamptz, ${cursor?.[1] ?? 0}::int, ${cursor?.[2] ?? ''}::text))
    ORDER BY r."bucketStart" DESC, r."filterId" DESC, r.element DESC
    LIMIT ${query.limit + 1}`
  const [count] = await prisma.$queryRaw<{ total: bigint }[]>`
    SELECT count(*) AS total FROM telemetry_record
    WHERE "streamId" = ${narrowed.streamId} AND NOT deleted
      AND "bucketStart" >= ${narrowed.from}::timestamptz AND "bucketStart" < ${narrowed.to}::timestamptz
      AND (${narrowed.element}::text IS NULL OR element = ${narrowed.element})`
  const page = rows.slice(0, query.limit)
  const last = page.at(-1)
  const next =
    rows.length > query.limit && last ? JSON.stringify([last.bucket.toISOString(), last.filterId, last.element]) : null
  return {
    records: page.map((row) => ({
      timestamp: formatInstant(row.bucket),
      granularity: streamGranularity.parse(stream.granularity),
      filter: filterOf({ canonical: row.canonical, filterKeys: stream.filterKeys }),
      element_name: row.element,
      value: row.value,
    })),
    total: Number(count?.total ?? 0),
    next_cursor: next === null ? null : Buffer.from(next).toString('base64url'),
  }
}

/** A stored filter as the senders write it. */
export function filterOf({
  canonical,
  filterKeys,
}: {
  canonical: string
  filterKeys: readonly string[]
}): Record<string, string[]> {
  const values = JSON.parse(canonical) as string[][]
  return Object.fromEntries(filterKeys.map((key, index) => [key, values[index] ?? []]))
}
