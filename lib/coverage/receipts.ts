import type { Receipt } from '../contract/coverage'
import type { StreamGranularity } from '../contract/streams'
import { database } from '../db/client'

export interface DayReceipt {
  received: Receipt
  /** Of the record that came last, of those that `received` is about. */
  delaySeconds: number
  lateRecords: number
}

/** As make_interval has it. */
const LENGTH = {
  HOURLY: { months: 0, hours: 1 },
  DAILY: { months: 0, hours: 24 },
  MONTHLY: { months: 1, hours: 0 },
} as const

const RANK: Record<Receipt, number> = { on_time: 0, backfilled: 1, late: 2 }

interface Bucket {
  bucket: Date
  /** When it ended. */
  ended: Date
  /** When the last of its records first came. */
  latest: Date
  late: bigint
}

/**
 * When each record of a stream that stands first came, by bucket. The first batch that named it counts, of those that
 * are not undone: what came in time and is put right later is not late. A record stands where the last that was said of
 * it is no delete (docs/decisions/005).
 */
async function readBuckets({
  streamId,
  granularity,
  from,
  to,
  lateHours,
}: Parameters<typeof readReceipts>[0]): Promise<Bucket[]> {
  const { prisma } = await database()
  const { months, hours } = LENGTH[granularity]
  // By filter, as its records alone fit into memory to be sorted. `receivedAt` is without time zone, in UTC.
  return prisma.$queryRaw<Bucket[]>`
    SELECT bucket, ended, max(received) AS latest, count(*) FILTER (WHERE received > ended + make_interval(hours => ${lateHours}::int)) AS late
    FROM (
      SELECT r.bucket, r.received, (r.bucket AT TIME ZONE 'UTC') + make_interval(months => ${months}::int, hours => ${hours}::int) AS ended
      FROM telemetry_filter f CROSS JOIN LATERAL (
        SELECT e."bucketStart" AS bucket, min(b."receivedAt") FILTER (WHERE b.operation <> 'delete') AS received
        FROM telemetry_entry e
        JOIN telemetry_batch b ON b.id = e."batchId" AND b."streamId" = ${streamId} AND b."undoneAt" IS NULL
        WHERE e."filterId" = f.id AND e."bucketStart" >= ${from} AND e."bucketStart" < ${to}
        GROUP BY e."bucketStart", e.element
        HAVING max(b.seq) > coalesce(max(b.seq) FILTER (WHERE b.operation = 'delete'), 0)
      ) AS r
      WHERE f."streamId" = ${streamId}
    ) AS records
    GROUP BY bucket, ended`
}

/** By the day on which its buckets start: how late their records came. */
export async function readReceipts(asked: {
  streamId: number
  granularity: StreamGranularity
  from: Date
  to: Date
  lateHours: number
}): Promise<Map<string, DayReceipt>> {
  const { prisma } = await database()
  const began = await prisma.telemetryBatch.aggregate({
    where: { streamId: asked.streamId },
    _min: { receivedAt: true },
  })
  const days = new Map<string, DayReceipt>()
  for (const { bucket, ended, latest, late } of await readBuckets(asked)) {
    const isOld = began._min.receivedAt !== null && ended < began._min.receivedAt
    const received = late === 0n ? 'on_time' : isOld ? 'backfilled' : 'late'
    const delaySeconds = Math.round((latest.getTime() - ended.getTime()) / 1000)
    const day = bucket.toISOString().slice(0, 10)
    const known = days.get(day)
    const lateRecords = (known?.lateRecords ?? 0) + (received === 'late' ? Number(late) : 0)
    const isWorse = !known || RANK[received] > RANK[known.received]
    const isLonger = known?.received === received && delaySeconds > known.delaySeconds
    days.set(day, { ...(isWorse || isLonger ? { received, delaySeconds } : known), lateRecords })
  }
  return days
}
