import type { PlanStream } from '../allocation/split-plan'
import type { Explanation } from '../contract/allocations'
import { database } from '../db/client'
import { filterOf } from '../telemetry/read-records'
import { formatInstant } from '../telemetry/record'
import { toUnits } from '../units'

type ExplainedRecord = Explanation['parts'][number]['records'][number]

export interface Drivers {
  /** Weight of each element in units of 10^-18, elements in the order of the split. */
  weights: { element: string; weight: bigint }[]
  records: ExplainedRecord[]
}

interface Row {
  bucket: Date
  canonical: string
  element: string
  value: string
  batchId: number
  operation: string
  sender: string
  receivedAt: Date
}

const NEXT_BUCKET = { HOURLY: '1 hour', DAILY: '1 day', MONTHLY: '1 month' } as const

// The split orders elements by their bytes; so does this.
const byBytes = (a: { element: string }, b: { element: string }) =>
  Buffer.compare(Buffer.from(a.element), Buffer.from(b.element))

/**
 * The records behind one cell, read from what the senders told us and not from its projection: those of the stream
 * whose filter matches the cell's values and whose bucket overlaps its charge period (DESIGN §3, 1).
 */
export async function readDrivers({
  stream,
  values,
  start,
  end,
}: {
  stream: PlanStream
  /** The cell's values, parallel to the stream's filter keys. */
  values: readonly string[]
  start: Date
  end: Date
}): Promise<Drivers> {
  const { prisma } = await database()
  const filters = await prisma.telemetryFilter.findMany({
    where: { streamId: stream.id, active: true },
    select: { id: true, canonical: true },
  })
  const matching = filters.filter(({ canonical }) =>
    (JSON.parse(canonical) as string[][]).every((list, index) => list.includes(values[index] ?? '')),
  )
  const last = new Date(Math.max(end.getTime(), start.getTime() + 1000))
  const rows = await prisma.$queryRaw<Row[]>`
    SELECT r."bucketStart" AS bucket, f.canonical, r.element, r.value::text AS value, b.id AS "batchId", b.operation, b.sender, b."receivedAt"
    FROM telemetry_record r
    JOIN telemetry_filter f ON f.id = r."filterId"
    JOIN telemetry_batch b ON b."streamId" = r."streamId" AND b.seq = r.seq
    WHERE r."streamId" = ${stream.id} AND NOT r.deleted AND r."filterId" = ANY(${matching.map((filter) => filter.id)})
      AND r."bucketStart" < ${last} AND (r."bucketStart" AT TIME ZONE 'UTC' + ${NEXT_BUCKET[stream.granularity]}::interval) > ${start}::timestamptz AT TIME ZONE 'UTC'
    ORDER BY r."bucketStart", r.element`
  const weights = new Map<string, bigint>()
  for (const row of rows) weights.set(row.element, (weights.get(row.element) ?? 0n) + toUnits(row.value))
  return {
    weights: [...weights]
      .map(([element, weight]) => ({ element, weight }))
      .filter(({ weight }) => weight > 0n)
      .sort(byBytes),
    records: rows.map((row) => ({
      timestamp: formatInstant(row.bucket),
      filter: filterOf({ canonical: row.canonical, filterKeys: stream.filterKeys }),
      element_name: row.element,
      value: row.value.includes('.') ? row.value.replace(/\.?0+$/, '') : row.value,
      batch_id: row.batchId,
      operation: row.operation,
      sender: row.sender,
      received_at: row.receivedAt.toISOString(),
    })),
  }
}
