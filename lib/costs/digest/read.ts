import { database } from '../../db/client'
import { warehouse } from '../../warehouse/client'
import { currentParts, linesOfSql } from '../current-lines'
import { daysOfSql } from '../days/current-days'
import { digestLines, type ImportDigest, importDigest, type KeyRow, type ShapeRow } from './digest'

/** An import never changes once it is whole, and so its digest. */
const known = new Map<string, ImportDigest>()

/** The digest of a whole import; one that was made without is read off its lines, once. */
export async function digestOf(importId: string): Promise<ImportDigest> {
  const kept = known.get(importId)
  if (kept) return kept
  const { prisma } = await database()
  const row = await prisma.costImport.findUniqueOrThrow({ where: { id: importId }, select: { digest: true } })
  if (row.digest !== null) {
    const digest = importDigest.parse(JSON.parse(row.digest))
    known.set(importId, digest)
    return digest
  }
  const { query } = await warehouse()
  const digest = await digestLines({ query, where: `ImportId = toUUID('${importId}')` })
  await prisma.costImport.update({ where: { id: importId }, data: { digest: JSON.stringify(digest) } })
  known.set(importId, digest)
  return digest
}

export interface BillDigest {
  /** The lines that it is of, as a WHERE over cost_lines. */
  lines: string
  /** The same as a WHERE over cost_days; null where not all of it is added up by day yet. */
  days: string | null
  /** Lines of one currency by the day of their charge and the month of their bill. */
  shape: ShapeRow[]
  tags: KeyRow[]
  attributes: KeyRow[]
  columns: KeyRow[]
}

/** What the bills that count hold. */
export async function currentDigest(): Promise<BillDigest> {
  const parts = await currentParts()
  const all: BillDigest = {
    lines: linesOfSql(parts),
    days: await daysOfSql(parts),
    shape: [],
    tags: [],
    attributes: [],
    columns: [],
  }
  const counted = new Set(parts.map(({ importId }) => importId))
  for (const id of known.keys()) if (!counted.has(id)) known.delete(id)
  for (const { importId, month } of parts) {
    const name = month.toISOString().slice(0, 10)
    const digest = await digestOf(importId)
    for (const part of ['shape', 'tags', 'attributes', 'columns'] as const) {
      const rows = digest[part].filter((row) => row.month === name)
      all[part].push(...(rows as never[]))
    }
  }
  return all
}
