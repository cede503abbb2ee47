import { z } from 'zod'
import { importMode } from '../../contract/costs'
import { database, type Transaction } from '../../db/client'
import type { CostImportFileModel, CostImportModel } from '../../db/generated/models'
import { enqueue, wake } from '../../jobs/queue'
import { markStale } from '../../runs/stale-days'
import { warehouse } from '../../warehouse/client'
import { digestLines, type ImportDigest, monthsOfDigest } from '../digest/digest'
import { carryOtherHours } from './carry-hours'
import { Cancelled, Superseded } from './interrupted'
import { daysOf, dropForgotten, lockSource } from './periods'
import { refuseRepeated } from './repeated'

const countRow = z.object({ n: z.coerce.number() })

type ImportRow = CostImportModel & { files: CostImportFileModel[] }

/** Another process wrote lines of the same import: it has to be started again. */
export class LinesDiffer extends Error {
  constructor(importId: string, held: number, expected: number) {
    super(`import ${importId} holds ${held} lines where ${expected} were accepted; it is started again`)
  }
}

async function refuseAppendedTwice({ tx, row }: { tx: Transaction; row: ImportRow }): Promise<void> {
  if (row.mode !== 'append' || row.allowRepeat) return
  const files = await tx.costImportFile.findMany({ where: { importId: row.id } })
  const contents = files.map(({ sha256 }) => sha256)
  await refuseRepeated({ tx, source: row.source, importId: row.id, contents, isPublishing: true })
}

/** Moves the pointer of one month. Returns the days whose cost it replaces, and the imports that are forgotten by it. */
async function movePointer({ tx, row, month }: { tx: Transaction; row: ImportRow; month: string }) {
  const id = { source: row.source, month: new Date(month) }
  const now = await tx.costPeriod.findUnique({ where: { source_month: id } })
  const before = now?.importIds ?? []
  const isAdded = importMode.parse(row.mode) === 'append'
  const importIds = isAdded ? [...before, row.id] : [row.id]
  const pointer = { importIds, previousImportIds: before, isRolledBack: false }
  await tx.costPeriod.upsert({ where: { source_month: id }, create: { ...id, ...pointer }, update: pointer })
  const replacedDays = isAdded ? [] : await daysOf({ importIds: before, month: id.month })
  const kept = new Set([...pointer.importIds, ...before])
  return {
    replacedDays,
    forgotten: (now?.previousImportIds ?? []).filter((importId) => !kept.has(importId)),
  }
}

/**
 * Makes a whole import count for its source's billing months: one transaction moves the pointers and marks the days of
 * the old and the new lines. What counted before can be brought back; what counted before that is dropped. Importing a
 * bill again never doubles it.
 */
export async function publishImport({
  row,
  counts,
  digest: ofFiles,
}: {
  row: ImportRow
  counts: { rows: number; rejected: number }
  /** Of the lines that the files brought. */
  digest: ImportDigest
}): Promise<void> {
  const { prisma } = await database()
  const accepted = counts.rows - counts.rejected
  const carried = row.mode === 'replace_hours' ? await carryOtherHours(row) : 0
  const { query } = await warehouse()
  const mineSql = `ImportId = toUUID('${row.id}')`
  const [count] = await query({ query: `SELECT count() AS n FROM cost_lines WHERE ${mineSql}`, schema: countRow })
  const held = count?.n ?? 0
  if (held !== accepted + carried) throw new LinesDiffer(row.id, held, accepted + carried)
  const digest = carried > 0 ? await digestLines({ query, where: mineSql }) : ofFiles
  await prisma.$transaction(
    async (tx) => {
      await lockSource({ tx, source: row.source })
      // Whoever cancels meanwhile is heard before anything counts, or finds the import completed.
      const [mine] = await tx.costImport.updateManyAndReturn({
        where: { id: row.id, attempt: row.attempt },
        data: {
          status: 'completed',
          bytesRead: row.bytes,
          rowsRead: counts.rows,
          rowsAccepted: accepted,
          rowsRejected: counts.rejected,
          months: monthsOfDigest(digest),
          digest: JSON.stringify(digest),
          finishedAt: new Date(),
        },
      })
      if (!mine) throw new Superseded()
      if (mine.cancelledAt) throw new Cancelled()
      await refuseAppendedTwice({ tx, row })
      const days = new Set(digest.shape.map(({ day }) => day))
      const forgotten = new Set<string>()
      for (const { month } of monthsOfDigest(digest)) {
        const moved = await movePointer({ tx, row, month })
        for (const day of moved.replacedDays) days.add(day)
        for (const importId of moved.forgotten) forgotten.add(importId)
      }
      await tx.auditEvent.create({ data: { actor: row.createdBy, action: 'cost_import.complete', target: row.id } })
      await markStale({
        ...{ tx, days: [...days].sort() },
        cause: { kind: 'bill', source: row.source, import_id: row.id, by: row.createdBy },
      })
      await dropForgotten({ tx, importIds: forgotten })
      await enqueue({ tx, name: 'add-up-days', data: { importId: row.id } })
    },
    { timeout: 60_000 },
  )
  await wake('recompute-days', 'add-up-days')
}
