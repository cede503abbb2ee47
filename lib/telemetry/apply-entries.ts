import type { Transaction } from '../db/client'
import type { TelemetryOperation } from './record'

/** One record of a batch, with its filter resolved. */
export interface Entry {
  filterId: number
  bucketStart: string
  element: string
  value: string
}

/** Which records a delete means: filterIds null = whatever the filter, element null = whatever the element. */
export interface DeleteMatch {
  bucketStart: string
  filterIds: number[] | null
  element: string | null
}

/** Writes what a sum or replace batch says, and folds it into the records. Equal keys within it add up, or the last one wins. */
export async function applyEntries({
  tx,
  streamId,
  batchId,
  seq,
  operation,
  entries,
}: {
  tx: Transaction
  streamId: number
  batchId: number
  seq: number
  operation: Exclude<TelemetryOperation, 'delete'>
  entries: readonly Entry[]
}): Promise<void> {
  const adding = operation === 'sum'
  await tx.$executeRaw`
    INSERT INTO telemetry_entry ("batchId", "filterId", "bucketStart", element, value)
    SELECT ${batchId}, e."filterId", e."bucketStart", e.element,
      CASE WHEN ${adding} THEN sum(e.value) ELSE (array_agg(e.value ORDER BY e.position DESC))[1] END
    FROM (
      SELECT (item ->> 0)::int AS "filterId", (item ->> 1)::timestamptz AS "bucketStart", item ->> 2 AS element,
        (item ->> 3)::numeric(38, 18) AS value, position
      FROM jsonb_array_elements(${JSON.stringify(entries.map((e) => [e.filterId, e.bucketStart, e.element, e.value]))}::text::jsonb)
        WITH ORDINALITY AS list(item, position)
    ) e
    GROUP BY e."filterId", e."bucketStart", e.element`
  await tx.$executeRaw`
    INSERT INTO telemetry_record AS r ("streamId", "bucketStart", "filterId", element, value, seq, deleted)
    SELECT ${streamId}, "bucketStart", "filterId", element, value, ${seq}, false
    FROM telemetry_entry WHERE "batchId" = ${batchId}
    ON CONFLICT ("streamId", "bucketStart", "filterId", element) DO UPDATE SET
      value = CASE WHEN ${adding} AND NOT r.deleted THEN r.value + EXCLUDED.value ELSE EXCLUDED.value END,
      seq = EXCLUDED.seq,
      deleted = false`
}

/**
 * Hides the records that match, and notes each one, those that are hidden already too: a delete stands for itself, and
 * holds even when the one before it is undone. The number of records that it hid.
 */
export async function applyDelete({
  tx,
  streamId,
  batchId,
  seq,
  matches,
}: {
  tx: Transaction
  streamId: number
  batchId: number
  seq: number
  matches: readonly DeleteMatch[]
}): Promise<number> {
  // Records share few distinct lists of filters: each list goes over once.
  const lists = [...new Set(matches.flatMap(({ filterIds }) => (filterIds === null ? [] : [filterIds])))]
  const numberOf = new Map(lists.map((list, index) => [list, index]))
  const wanted = matches.map(({ bucketStart, element, filterIds }) => [
    bucketStart,
    element,
    filterIds === null ? null : numberOf.get(filterIds),
  ])
  await tx.$executeRaw`
    WITH wanted AS (
      SELECT (m ->> 0)::timestamptz AS bucket, m ->> 1 AS element, (m ->> 2)::int AS list
      FROM jsonb_array_elements(${JSON.stringify(wanted)}::text::jsonb) AS items(m)
    ), allowed AS (
      SELECT (number - 1)::int AS list, id::int AS "filterId"
      FROM jsonb_array_elements(${JSON.stringify(lists)}::text::jsonb) WITH ORDINALITY AS lists(ids, number)
      CROSS JOIN jsonb_array_elements_text(ids) AS members(id)
    )
    INSERT INTO telemetry_entry ("batchId", "filterId", "bucketStart", element, value)
    SELECT DISTINCT ${batchId}::int, r."filterId", r."bucketStart", r.element, NULL::numeric
    FROM wanted w
    JOIN telemetry_record r ON r."streamId" = ${streamId} AND r."bucketStart" = w.bucket
      AND (w.element IS NULL OR r.element = w.element)
    WHERE w.list IS NULL OR (w.list, r."filterId") IN (SELECT list, "filterId" FROM allowed)`
  return tx.$executeRaw`
    UPDATE telemetry_record r SET deleted = true, seq = ${seq}
    FROM telemetry_entry e
    WHERE e."batchId" = ${batchId} AND r."streamId" = ${streamId} AND NOT r.deleted
      AND r."filterId" = e."filterId" AND r."bucketStart" = e."bucketStart" AND r.element = e.element`
}

/**
 * Folds the records that a batch touched anew, from every batch that is not undone, in order: the last replace or
 * delete is where it starts, later sums add to it.
 */
export async function refoldRecords({
  tx,
  streamId,
  batchId,
  seq,
}: {
  tx: Transaction
  streamId: number
  batchId: number
  seq: number
}): Promise<void> {
  await tx.$executeRaw`
    WITH touched AS (
      SELECT "filterId", "bucketStart", element FROM telemetry_entry WHERE "batchId" = ${batchId}
    ), history AS (
      SELECT e."filterId", e."bucketStart", e.element, e.value, b.seq, b.operation,
        max(b.seq) FILTER (WHERE b.operation <> 'sum') OVER (PARTITION BY e."filterId", e."bucketStart", e.element) AS base
      FROM touched
      JOIN telemetry_entry e USING ("filterId", "bucketStart", element)
      JOIN telemetry_batch b ON b.id = e."batchId" AND b."undoneAt" IS NULL
    ), folded AS (
      SELECT t."filterId", t."bucketStart", t.element,
        sum(h.value) FILTER (WHERE h.seq >= COALESCE(h.base, 0) AND h.operation <> 'delete') AS value
      FROM touched t LEFT JOIN history h USING ("filterId", "bucketStart", element)
      GROUP BY t."filterId", t."bucketStart", t.element
    )
    UPDATE telemetry_record r SET deleted = f.value IS NULL, value = COALESCE(f.value, 0), seq = ${seq}
    FROM folded f
    WHERE r."streamId" = ${streamId} AND r."filterId" = f."filterId" AND r."bucketStart" = f."bucketStart" AND r.element = f.element`
}
