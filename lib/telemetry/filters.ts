import type { Transaction } from '../db/client'
import type { CanonicalFilter } from './record'

/** One text for one filter, whatever order its values came in; parallel to the stream's sorted keys. */
export function canonicalText(filter: CanonicalFilter, filterKeys: readonly string[]): string {
  return JSON.stringify(filterKeys.map((key) => filter[key] ?? []))
}

/** Ids of a stream's filters by their canonical text; new ones are made, inactive ones come alive. */
export async function ensureFilters({
  tx,
  streamId,
  seq,
  texts,
}: {
  tx: Transaction
  streamId: number
  seq: number
  texts: readonly string[]
}): Promise<Map<string, number>> {
  const rows = await tx.$queryRaw<{ id: number; canonical: string }[]>`
    INSERT INTO telemetry_filter AS f ("streamId", canonical, digest, "values", active, seq)
    SELECT ${streamId}, canonical, encode(sha256(convert_to(canonical, 'UTF8')), 'hex'), canonical::jsonb, true, ${seq}
    FROM jsonb_array_elements_text(${JSON.stringify(texts)}::text::jsonb) AS list(canonical)
    ON CONFLICT ("streamId", digest) DO UPDATE SET
      seq = CASE WHEN f.active THEN f.seq ELSE EXCLUDED.seq END,
      active = true
    RETURNING id, canonical`
  return new Map(rows.map((row) => [row.canonical, row.id]))
}

/** After an undo: a filter that no standing batch ever sent no longer marks cost as shared. */
export async function refreshActiveFilters({
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
    WITH now AS (
      SELECT f.id, EXISTS (
        SELECT 1 FROM telemetry_entry e JOIN telemetry_batch b ON b.id = e."batchId"
        WHERE e."filterId" = f.id AND b."undoneAt" IS NULL AND b.operation IN ('sum', 'replace')
      ) AS active
      FROM telemetry_filter f
      WHERE f."streamId" = ${streamId} AND f.id IN (SELECT "filterId" FROM telemetry_entry WHERE "batchId" = ${batchId})
    )
    UPDATE telemetry_filter f SET active = now.active, seq = ${seq}
    FROM now WHERE f.id = now.id AND f.active <> now.active`
}

/**
 * Finds the filters that each of a delete's records means: those whose values for the keys it names are the ones it
 * names; null = all. The stream's filters are read once, equal filters looked up once.
 */
export async function createFilterFinder({
  tx,
  streamId,
  filterKeys,
}: {
  tx: Transaction
  streamId: number
  filterKeys: readonly string[]
}): Promise<(filter: CanonicalFilter | null) => number[] | null> {
  const rows = await tx.telemetryFilter.findMany({ where: { streamId }, select: { id: true, canonical: true } })
  const known = rows.map(({ id, canonical }) => ({
    id,
    values: (JSON.parse(canonical) as string[][]).map((list) => JSON.stringify(list)),
  }))
  const found = new Map<CanonicalFilter, number[]>()
  return (filter) => {
    if (filter === null || Object.keys(filter).length === 0) return null
    const before = found.get(filter)
    if (before) return before
    const wanted = filterKeys.map((key) => (filter[key] ? JSON.stringify(filter[key]) : null))
    const ids = known
      .filter(({ values }) => wanted.every((text, index) => text === null || text === values[index]))
      .map(({ id }) => id)
    found.set(filter, ids)
    return ids
  }
}
