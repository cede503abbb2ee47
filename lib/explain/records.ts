import type { PlanStream } from '../allocation/split-plan'
import type { ExplainPart } from '../contract/allocations'
import { database } from '../db/client'
import { plainDecimal } from '../decimal'
import { filterOf } from '../telemetry/read-records'
import { formatInstant } from '../telemetry/record'
import { fromUnits, toUnits } from '../units'
import { type Evidence, SHOWN_VALUES } from './evidence'
import type { Span } from './spans'

export type ExplainedRecord = ExplainPart['records'][number]

/** Records that are asked for: those of a stream whose filters match the cell's values, in a span. */
export interface RecordQuestion {
  /** What the answer is found by. */
  cell: number
  stream: PlanStream
  /** The cell's values, parallel to the stream's filter keys. */
  values: readonly string[]
  span: Span
  /** Whose own records come first; null: nobody's. */
  element: string | null
}

/** Batches shown of a record. */
const SHOWN_BATCHES = 5

/** Windows of more buckets are explained by the element's own records alone. */
const MANY_BUCKETS = 100
const HOURS = { HOURLY: 1, DAILY: 24, MONTHLY: 730 } as const

interface Filter {
  id: number
  streamId: number
  canonical: string
}

interface Row {
  cell: number
  bucket: Date
  filterId: number
  element: string
  value: string
  batchId: number
  operation: string
  sender: string
  receivedAt: Date
  count: bigint
  sum: string
  own: string | null
  last: Date | null
  batches: ExplainedRecord['batches']
  batchCount: bigint
}

async function activeFilters(streams: readonly number[]): Promise<Filter[]> {
  const { prisma } = await database()
  return prisma.telemetryFilter.findMany({
    where: { streamId: { in: [...new Set(streams)] }, active: true },
    select: { id: true, streamId: true, canonical: true },
  })
}

/** AND across keys, OR within a key (DESIGN §3, 1). */
const matches = (lists: readonly string[][], values: readonly string[]) =>
  lists.every((list, index) => list.includes(values[index] ?? ''))

function isLong({ span, stream }: RecordQuestion): boolean {
  if (span.last) return false
  return (span.until.getTime() - span.from.getTime()) / 3_600_000 / HOURS[stream.granularity] > MANY_BUCKETS
}

interface Asked {
  filters: Filter[]
  /** As jsonb: what `jsonb_to_recordset` of both statements reads. */
  list: string
}

async function ask(questions: readonly RecordQuestion[]): Promise<Asked> {
  const filters = await activeFilters(questions.map(({ stream }) => stream.id))
  const lists = filters.map((filter) => ({ ...filter, lists: JSON.parse(filter.canonical) as string[][] }))
  const rows = questions.map((question) => ({
    cell: question.cell,
    stream: question.stream.id,
    filters: lists
      .filter(({ streamId, lists: values }) => streamId === question.stream.id && matches(values, question.values))
      .map(({ id }) => id),
    from: question.span.from.toISOString(),
    until: question.span.until.toISOString(),
    last: question.span.last,
    element: question.element,
    alone: question.element !== null && isLong(question),
  }))
  return { filters, list: JSON.stringify(rows) }
}

/**
 * The records behind cells, read from what the senders told us and not from its projection, for all cells at once, each
 * with the batches that its value is made of (docs/decisions/005). An answer that is missing has no records.
 */
export async function readRecords(
  questions: readonly RecordQuestion[],
): Promise<Map<number, Evidence<ExplainedRecord>>> {
  if (questions.length === 0) return new Map()
  const { prisma } = await database()
  const { filters, list } = await ask(questions)
  const rows = await prisma.$queryRaw<Row[]>`
    WITH asked AS (
      SELECT w.*, CASE WHEN w.last THEN (
        SELECT max(r."bucketStart") FROM telemetry_record r
        WHERE r."streamId" = w.stream AND r."filterId" = ANY(w.filters) AND r."bucketStart" >= w."from" AND r."bucketStart" < w."until"
          AND NOT r.deleted AND r.value > 0
      ) END AS bucket
      FROM jsonb_to_recordset(${list}::text::jsonb)
        AS w(cell int, stream int, filters int[], "from" timestamptz, "until" timestamptz, last boolean, element text, alone boolean)
    ), found AS (
      SELECT w.cell, w.stream, w.bucket AS last, r."bucketStart", r."filterId", r.element, r.value, r.seq,
        count(*) OVER cells AS count, sum(r.value) OVER cells AS sum, sum(r.value) FILTER (WHERE r.element = w.element) OVER cells AS own,
        row_number() OVER (PARTITION BY w.cell ORDER BY (r.element = w.element) DESC NULLS LAST, r.value DESC, r.element, r."bucketStart", r."filterId") AS place
      FROM asked w JOIN telemetry_record r
        ON r."streamId" = w.stream AND r."filterId" = ANY(w.filters) AND NOT r.deleted
        AND r."bucketStart" >= coalesce(w.bucket, w."from") AND r."bucketStart" < w."until"
        AND (NOT w.last OR r."bucketStart" = w.bucket) AND (NOT w.alone OR r.element = w.element)
      WINDOW cells AS (PARTITION BY w.cell)
    )
    SELECT f.cell, f."bucketStart" AS bucket, f."filterId", f.element, f.value::text AS value, f.count, f.sum::text AS sum, f.own::text AS own, f.last,
      b.id AS "batchId", b.operation, b.sender, b."receivedAt", coalesce(made.batches, '[]'::jsonb) AS batches, made.count AS "batchCount"
    FROM found f JOIN telemetry_batch b ON b."streamId" = f.stream AND b.seq = f.seq
    CROSS JOIN LATERAL (
      SELECT count(*) AS count, jsonb_agg(jsonb_build_object('batch_id', p.id, 'operation', p.operation, 'sender', p.sender,
        'received_at', p."receivedAt", 'value', p.value::text) ORDER BY p.place) FILTER (WHERE p.place <= ${SHOWN_BATCHES}) AS batches
      FROM (
        SELECT h.*, row_number() OVER (ORDER BY h.seq DESC) AS place FROM (
          SELECT m.id, m.seq, m.operation, m.sender, m."receivedAt", e.value, max(m.seq) FILTER (WHERE m.operation <> 'sum') OVER () AS base
          FROM telemetry_entry e JOIN telemetry_batch m ON m.id = e."batchId" AND m."undoneAt" IS NULL
          WHERE f.place <= ${SHOWN_VALUES} AND e."filterId" = f."filterId" AND e."bucketStart" = f."bucketStart" AND e.element = f.element
        ) AS h WHERE h.seq >= coalesce(h.base, 0) AND h.operation <> 'delete'
      ) AS p
    ) AS made
    WHERE f.place <= ${SHOWN_VALUES} ORDER BY f.cell, f.place`
  const canonical = new Map(filters.map((filter) => [filter.id, filter.canonical]))
  return new Map(
    questions.map((question) => {
      const own = rows.filter((row) => row.cell === question.cell)
      return [question.cell, evidenceOf({ question, rows: own, canonical })]
    }),
  )
}

/** What a record's value is made of: the last replacement and the sums after it, the latest first. */
function batchesOf({ batches, batchCount, value }: Row): Pick<ExplainedRecord, 'batches' | 'batches_rest'> {
  const shown = batches.map((batch) => ({
    ...batch,
    value: plainDecimal(batch.value),
    received_at: new Date(batch.received_at).toISOString(),
  }))
  return {
    batches: shown,
    batches_rest: {
      batches: Number(batchCount) - shown.length,
      value: fromUnits(shown.reduce((rest, batch) => rest - toUnits(batch.value), toUnits(value))),
    },
  }
}

function evidenceOf({
  question,
  rows,
  canonical,
}: {
  question: RecordQuestion
  rows: readonly Row[]
  canonical: ReadonlyMap<number, string>
}): Evidence<ExplainedRecord> {
  const [first] = rows
  return {
    count: Number(first?.count ?? 0),
    sum: toUnits(first?.sum ?? '0'),
    own: toUnits(first?.own ?? '0'),
    shown: rows.reduce((sum, row) => sum + toUnits(row.value), 0n),
    isWhole: question.element === null || !isLong(question),
    bucket: first?.last ?? null,
    rows: rows.map((row) => ({
      timestamp: formatInstant(row.bucket),
      filter: filterOf({ canonical: canonical.get(row.filterId) ?? '[]', filterKeys: question.stream.filterKeys }),
      element_name: row.element,
      value: plainDecimal(row.value),
      batch_id: row.batchId,
      operation: row.operation,
      sender: row.sender,
      received_at: row.receivedAt.toISOString(),
      ...batchesOf(row),
    })),
  }
}

/** The values of every element by cell, in units of 10^-18. */
export async function readWeights(questions: readonly RecordQuestion[]): Promise<Map<number, Map<string, bigint>>> {
  if (questions.length === 0) return new Map()
  const { prisma } = await database()
  const { list } = await ask(questions)
  const rows = await prisma.$queryRaw<{ cell: number; element: string; value: string }[]>`
    WITH asked AS (
      SELECT w.*, CASE WHEN w.last THEN (
        SELECT max(r."bucketStart") FROM telemetry_record r
        WHERE r."streamId" = w.stream AND r."filterId" = ANY(w.filters) AND r."bucketStart" >= w."from" AND r."bucketStart" < w."until"
          AND NOT r.deleted AND r.value > 0
      ) END AS bucket
      FROM jsonb_to_recordset(${list}::text::jsonb)
        AS w(cell int, stream int, filters int[], "from" timestamptz, "until" timestamptz, last boolean)
    )
    SELECT w.cell, r.element, sum(r.value)::text AS value
    FROM asked w JOIN telemetry_record r
      ON r."streamId" = w.stream AND r."filterId" = ANY(w.filters) AND NOT r.deleted
      AND r."bucketStart" >= w."from" AND r."bucketStart" < w."until" AND (NOT w.last OR r."bucketStart" = w.bucket)
    GROUP BY w.cell, r.element HAVING sum(r.value) > 0`
  const weights = new Map<number, Map<string, bigint>>()
  for (const { cell, element, value } of rows) {
    const known = weights.get(cell) ?? new Map<string, bigint>()
    weights.set(cell, known.set(element, toUnits(value)))
  }
  return weights
}

/** Names that a stream's last records have, to begin a record with. */
export async function recentElements(streamId: number): Promise<string[]> {
  const { prisma } = await database()
  const rows = await prisma.$queryRaw<{ element: string }[]>`
    SELECT DISTINCT element FROM (
      SELECT element FROM telemetry_record WHERE "streamId" = ${streamId} AND NOT deleted ORDER BY "bucketStart" DESC LIMIT 200
    ) AS latest ORDER BY element LIMIT 3`
  return rows.map(({ element }) => element)
}
