import type { Transaction } from '../../db/client'
import { AppError } from '../../errors'

/**
 * Refuses content that counts already for a source, or is about to: appended again, it would count twice. Contents are
 * SHA-256 of what the files hold, unpacked.
 */
export async function refuseRepeated({
  tx,
  source,
  importId,
  contents,
  isPublishing = false,
}: {
  tx: Transaction
  source: string
  importId: string
  contents: readonly string[]
  /** What only waits for its turn has to ask by itself. */
  isPublishing?: boolean
}): Promise<void> {
  const periods = await tx.costPeriod.findMany({ where: { source }, select: { importIds: true } })
  const counted = periods.flatMap(({ importIds }) => importIds)
  const twin = await tx.costImportFile.findFirst({
    where: {
      sha256: { in: [...contents] },
      importId: { not: importId },
      import: {
        source,
        OR: [{ id: { in: counted } }, ...(isPublishing ? [] : [{ status: { in: ['queued', 'running'] } }])],
      },
    },
    include: { import: true },
  })
  if (!twin) return
  const when = twin.import.createdAt.toISOString().replace(/\.\d+Z$/, 'Z')
  throw new AppError(
    'conflict',
    `The content of this file counts already for the source "${source}": "${twin.fileName}" of ${when} (import ${twin.importId}). To import it again, use mode=replace.`,
  )
}
