import type { Receipt } from '../contract/coverage'
import type { StreamGranularity } from '../contract/streams'
import { database } from '../db/client'

export interface DayReceipt {
  received: Receipt
  delaySeconds: number
}

function bucketEnd(start: Date, granularity: StreamGranularity): Date {
  const end = new Date(start)
  if (granularity === 'HOURLY') end.setUTCHours(end.getUTCHours() + 1)
  if (granularity === 'DAILY') end.setUTCDate(end.getUTCDate() + 1)
  if (granularity === 'MONTHLY') end.setUTCMonth(end.getUTCMonth() + 1)
  return end
}

const RANK: Record<Receipt, number> = { on_time: 0, backfilled: 1, late: 2 }

/** By the day on which its buckets start: when the first record of the one that waited longest came. */
export async function readReceipts({
  streamId,
  granularity,
  from,
  to,
  lateHours,
}: {
  streamId: number
  granularity: StreamGranularity
  from: Date
  to: Date
  lateHours: number
}): Promise<Map<string, DayReceipt>> {
  const { prisma } = await database()
  const began = await prisma.telemetryBatch.aggregate({ where: { streamId }, _min: { receivedAt: true } })
  const rows = await prisma.$queryRaw<{ bucket: Date; received: Date }[]>`
    SELECT e."bucketStart" AS bucket, min(b."receivedAt") AS received
    FROM telemetry_filter f
    JOIN telemetry_entry e ON e."filterId" = f.id AND e."bucketStart" >= ${from} AND e."bucketStart" < ${to}
    JOIN telemetry_batch b ON b.id = e."batchId" AND b."undoneAt" IS NULL AND b.operation IN ('sum', 'replace')
    WHERE f."streamId" = ${streamId} GROUP BY e."bucketStart"`
  const days = new Map<string, DayReceipt>()
  for (const { bucket, received } of rows) {
    const end = bucketEnd(bucket, granularity)
    const delaySeconds = Math.round((received.getTime() - end.getTime()) / 1000)
    const isOld = began._min.receivedAt !== null && end < began._min.receivedAt
    const found = delaySeconds <= lateHours * 3600 ? 'on_time' : isOld ? 'backfilled' : 'late'
    const day = bucket.toISOString().slice(0, 10)
    const known = days.get(day)
    const isWorse = !known || RANK[found] > RANK[known.received]
    const isLonger = known?.received === found && delaySeconds > known.delaySeconds
    if (isWorse || isLonger) days.set(day, { received: found, delaySeconds })
  }
  return days
}
