import { createReadStream, existsSync } from 'node:fs'
import { Readable } from 'node:stream'
import type { Context } from '../auth/principal'
import { type CostImport, importStatus } from '../contract/costs'
import { database } from '../db/client'
import type { Prisma } from '../db/generated/client'
import { AppError } from '../errors'
import { rejectedPath } from './import/rejections'

const include = {
  periods: { orderBy: { month: 'asc' } },
  rejections: { orderBy: { line: 'asc' }, take: 200 },
} satisfies Prisma.CostImportInclude

type Row = Prisma.CostImportGetPayload<{ include: typeof include }>

function present(row: Row): CostImport {
  return {
    id: row.id,
    source: row.source,
    format: row.format,
    file_name: row.fileName,
    status: importStatus.parse(row.status),
    bytes: Number(row.bytes),
    bytes_read: Number(row.bytesRead),
    rows_read: Number(row.rowsRead),
    rows_accepted: Number(row.rowsAccepted),
    rows_rejected: Number(row.rowsRejected),
    error: row.error,
    warnings: row.warnings,
    created_by: row.createdBy,
    created_at: row.createdAt.toISOString(),
    started_at: row.startedAt?.toISOString() ?? null,
    finished_at: row.finishedAt?.toISOString() ?? null,
    periods: row.periods.map((period) => ({
      month: period.month.toISOString().slice(0, 7),
      rows: Number(period.rows),
    })),
    rejections: row.rejections.map(({ line, column, value, reason }) => ({
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
  return (await prisma.costImport.findMany({ include, orderBy: { createdAt: 'desc' }, take: 100 })).map(present)
}

export async function getImport(id: string): Promise<CostImport> {
  const { prisma } = await database()
  const row = await prisma.costImport.findUnique({ where: { id }, include })
  if (!row) throw notFound(id)
  return present(row)
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
