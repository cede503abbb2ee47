import { database } from '../../db/client'
import type { CountedPart } from '../current-lines'

/** The whole attempt of imports that are added up by day: it stays so for as long as they are kept. */
const known = new Map<string, number>()

/** What counts of these parts, as a WHERE over cost_days; null where not all of them are added up. */
export async function daysOfSql(parts: readonly CountedPart[]): Promise<string | null> {
  if (parts.length === 0) return null
  const counted = new Set(parts.map(({ importId }) => importId))
  for (const id of known.keys()) if (!counted.has(id)) known.delete(id)
  const unknown = [...counted].filter((id) => !known.has(id))
  if (unknown.length > 0) {
    const { prisma } = await database()
    const found = await prisma.costImport.findMany({
      where: { id: { in: unknown }, daysWhole: { not: null } },
      select: { id: true, daysWhole: true },
    })
    for (const { id, daysWhole } of found) if (daysWhole !== null) known.set(id, daysWhole)
    if (found.length < unknown.length) return null
  }
  const ids = parts.map(
    ({ importId, month }) =>
      `partitionId(toUUID('${importId}'), toDate('${month.toISOString().slice(0, 10)}'), toUInt32(${known.get(importId)}))`,
  )
  return `_partition_id IN (${ids.join(', ')})`
}
