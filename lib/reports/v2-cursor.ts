import { createHash } from 'node:crypto'
import { z } from 'zod'
import type { V2CostsQuery } from '../contract/cloudzero-v2'
import { AppError } from '../errors'
import { decodeCursor } from '../wire/cloudzero-v2/pagination'

const DAY = 86_400_000

/** A cursor of /v2/billing/costs. */
export const costsCursor = z.object({
  /** The request that it belongs to, and what its report depended on. */
  query: z.string(),
  stamp: z.string(),
  /** The first page's end, which is the present where none is asked for. */
  to: z.iso.datetime(),
  offset: z.int().min(0),
  total: z.int().min(0),
  /** When the first page was read, in milliseconds. */
  since: z.int(),
})
export type CostsCursor = z.infer<typeof costsCursor>

export function queryDigest({ cursor: _, ...query }: V2CostsQuery): string {
  return createHash('sha256').update(JSON.stringify(query)).digest('base64url').slice(0, 16)
}

const gone = (reason: string) => new AppError('gone', `cursor: ${reason}; run the query again without a cursor`)

export const changedMeanwhile = () => gone('bills, telemetry or the definition changed since the first page')

/** What a cursor says, if its report can still be read as it was. CloudZero keeps results for 24 hours. */
export function openCursor({
  query,
  stamp,
  now,
}: {
  query: V2CostsQuery
  stamp: string
  now: number
}): CostsCursor | null {
  if (query.cursor === undefined || query.cursor === '') return null
  const cursor = decodeCursor({ text: query.cursor, schema: costsCursor })
  if (!cursor) throw gone('it is none of this endpoint’s')
  if (cursor.query !== queryDigest(query)) throw gone('it belongs to a request with other parameters')
  if (now - cursor.since > DAY) throw gone('it is older than 24 hours')
  if (cursor.stamp !== stamp) throw changedMeanwhile()
  return cursor
}
