import { type ImportProfile, type Mapping, mapping } from '../../contract/import-profiles'
import { database } from '../../db/client'
import type { ImportProfileModel } from '../../db/generated/models'
import { AppError } from '../../errors'

export const presentProfile = (row: ImportProfileModel): ImportProfile => ({
  source: row.source,
  mapping: mapping.parse(row.mapping),
  created_by: row.createdBy,
  created_at: row.createdAt.toISOString(),
  updated_at: row.updatedAt.toISOString(),
})

export const noProfile = (source: string) =>
  new AppError('not_found', `The source "${source}" has no profile: none of its files was mapped.`)

export async function listProfiles(): Promise<ImportProfile[]> {
  const { prisma } = await database()
  const rows = await prisma.importProfile.findMany({ orderBy: { source: 'asc' } })
  return rows.map(presentProfile)
}

export async function getProfile(source: string): Promise<ImportProfile> {
  const { prisma } = await database()
  const row = await prisma.importProfile.findUnique({ where: { source } })
  if (!row) throw noProfile(source)
  return presentProfile(row)
}

/** How a source's CSVs of no known format are read; null where nobody has said so. */
export async function profileOf(source: string): Promise<Mapping | null> {
  const { prisma } = await database()
  const row = await prisma.importProfile.findUnique({ where: { source }, select: { mapping: true } })
  return row ? mapping.parse(row.mapping) : null
}
