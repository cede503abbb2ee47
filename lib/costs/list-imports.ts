import { createReadStream, existsSync } from 'node:fs'
import { Readable } from 'node:stream'
import { z } from 'zod'
import type { Context } from '../auth/principal'
import { type CostImport, importFormat, importMode, importStatus } from '../contract/costs'
import { database } from '../db/client'
import type { Prisma } from '../db/generated/client'
import type { CostPeriodModel } from '../db/generated/models'
import { AppError } from '../errors'
import { rejectedPath } from './import/rejections'
import { type Turn, turnablePeriods } from './import/roll-back'

const include = {
  files: { orderBy: { position: 'asc' } },
  rejections: { orderBy: [{ file: 'asc' }, { line: 'asc' }, { id: 'asc' }], take: 200 },
} satisfies Prisma.CostImportInclude

// The digest may be long, and nobody sees it here.
const asked = { include, omit: { digest: true } } as const
type Row = Prisma.CostImportGetPayload<typeof asked>

const importedMonths = z.array(z.object({ month: z.string(), rows: z.int() }))

/** How fast a running import is, and how long it takes still, by the bytes that are done. */
function pace(row: Row): { rows_per_second: number | null; seconds_left: number | null } {
  const seconds = row.startedAt ? (Date.now() - row.startedAt.getTime()) / 1000 : 0
  const done = Number(row.bytesRead) / Number(row.bytes)
  if (row.status !== 'running' || seconds < 0.5 || done === 0) return { rows_per_second: null, seconds_left: null }
  return {
    rows_per_second: Math.round(Number(row.rowsRead) / seconds),
    seconds_left: Math.round((seconds / done) * (1 - done)),
  }
}

function present({ row, periods }: { row: Row; periods: readonly CostPeriodModel[] }): CostImport {
  const ofSource = periods.filter(({ source }) => source === row.source)
  const held = new Set(
    ofSource.filter(({ importIds }) => importIds.includes(row.id)).map(({ month }) => month.toISOString().slice(0, 10)),
  )
  const months = importedMonths.parse(row.months)
  const monthRow = ({ month, rows }: (typeof months)[number]) => ({ month: month.slice(0, 7), rows })
  const after = (turn: Turn) =>
    turnablePeriods({ turn, importId: row.id, periods: ofSource }).map(({ month, previousImportIds }) => ({
      month: month.toISOString().slice(0, 7),
      imports: previousImportIds,
    }))
  const afterRollback = after('rollback')
  const afterRestore = after('restore')
  return {
    id: row.id,
    source: row.source,
    format: importFormat.parse(row.format),
    format_version: row.formatVersion,
    mode: importMode.parse(row.mode),
    file_name: row.fileName,
    files: row.files.map(({ fileName, bytes }) => ({ file_name: fileName, bytes: Number(bytes) })),
    status: importStatus.parse(row.status),
    bytes: Number(row.bytes),
    bytes_read: Number(row.bytesRead),
    rows_read: Number(row.rowsRead),
    rows_accepted: Number(row.rowsAccepted),
    rows_rejected: Number(row.rowsRejected),
    max_rejected: Number(row.maxRejected),
    ...pace(row),
    error: row.error,
    warnings: row.warnings,
    created_by: row.createdBy,
    created_at: row.createdAt.toISOString(),
    started_at: row.startedAt?.toISOString() ?? null,
    finished_at: row.finishedAt?.toISOString() ?? null,
    periods: months.filter(({ month }) => held.has(month)).map(monthRow),
    months: months.map(monthRow),
    can_roll_back: afterRollback.length > 0,
    can_restore: afterRestore.length > 0,
    after_rollback: afterRollback,
    after_restore: afterRestore,
    rejections: row.rejections.map(({ file, line, column, value, reason }) => ({
      file,
      line: Number(line),
      column,
      value,
      reason,
    })),
  }
}

const notFound = (id: string) => new AppError('not_found', `There is no import ${id}.`)

export async function listImports(): Promise<CostImport[]> {
  const { prisma } = await database()
  const periods = await prisma.costPeriod.findMany()
  const rows = await prisma.costImport.findMany({ ...asked, orderBy: { createdAt: 'desc' }, take: 100 })
  return rows.map((row) => present({ row, periods }))
}

export async function getImport(id: string): Promise<CostImport> {
  const { prisma } = await database()
  const row = await prisma.costImport.findUnique({ where: { id }, ...asked })
  if (!row) throw notFound(id)
  return present({ row, periods: await prisma.costPeriod.findMany({ where: { source: row.source } }) })
}

/** Every rejected row, with its line and reasons, as a CSV to mend the bill by. */
export async function readRejected(id: string): Promise<ReadableStream> {
  await getImport(id)
  const path = rejectedPath(id)
  if (!existsSync(path)) throw new AppError('not_found', `The import ${id} rejected no row.`)
  return Readable.toWeb(createReadStream(path)) as ReadableStream
}

/** Stops an import that is not done; nothing of it stays. */
export async function cancelImport({ ctx, id }: { ctx: Context; id: string }): Promise<CostImport> {
  const { prisma } = await database()
  await prisma.$transaction(async (tx) => {
    const { count } = await tx.costImport.updateMany({
      where: { id, status: { in: ['queued', 'running'] }, cancelledAt: null },
      data: { cancelledAt: new Date() },
    })
    if (count === 0) {
      const row = await tx.costImport.findUnique({ where: { id } })
      if (!row) throw notFound(id)
      throw new AppError('conflict', `The import is ${row.status} already.`)
    }
    await tx.costImport.updateMany({
      where: { id, status: 'queued' },
      data: { status: 'cancelled', finishedAt: new Date() },
    })
    await tx.auditEvent.create({ data: { actor: ctx.principal.name, action: 'cost_import.cancel', target: id } })
  })
  return getImport(id)
}
