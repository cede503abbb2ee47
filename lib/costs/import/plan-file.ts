import { type ImportFormat, importFormat } from '../../contract/costs'
import { mapping as mappingSchema } from '../../contract/import-profiles'
import { database } from '../../db/client'
import type { CostImportModel } from '../../db/generated/models'
import { detectFormat, type FileColumn, type LinePlan, planLines } from '../formats/plan'
import { profileOf } from '../profiles/read'

/** A bill of a known format is read as such, whatever profile its source has; any other through the profile. */
function formatOf({ asked, header, hasProfile }: { asked: ImportFormat; header: string[]; hasProfile: boolean }) {
  if (asked !== 'auto') return asked
  return detectFormat(header) ?? (hasProfile ? 'mapping' : 'auto')
}

/**
 * How a file of an import is read: by the format that was named, or that its header tells, or by the mapping that came
 * with the import, or that its source's profile holds. Notes on the import what was found. Throws an AppError for a file that is no bill.
 */
export async function planFile({ row, columns }: { row: CostImportModel; columns: FileColumn[] }): Promise<LinePlan> {
  const { prisma } = await database()
  const given = row.mapping === null ? null : mappingSchema.parse(row.mapping)
  const mapping = given ?? (await profileOf(row.source)) ?? undefined
  const header = columns.map(({ name }) => name)
  const format = formatOf({ asked: importFormat.parse(row.formatAsked), header, hasProfile: mapping !== undefined })
  const plan = planLines({ columns, format, mapping })
  const { warnings } = await prisma.costImport.findUniqueOrThrow({ where: { id: row.id }, select: { warnings: true } })
  await prisma.costImport.update({
    where: { id: row.id },
    data: {
      format: plan.format,
      formatVersion: plan.version,
      mapping: plan.format === 'mapping' ? mapping : undefined,
      warnings: [...new Set([...warnings, ...plan.warnings])],
    },
  })
  return plan
}
