import { isUtf8 } from 'node:buffer'
import { parse } from 'csv-parse/sync'
import { z } from 'zod'
import { database } from '../../db/client'
import type { CostImportModel } from '../../db/generated/models'
import { dataPath } from '../../env'
import { AppError } from '../../errors'
import { log } from '../../log'
import { warehouse } from '../../warehouse/client'
import { readRecordChunks } from './csv-records'
import { type Header, readFocusHeader } from './focus-header'
import { Cancelled, Superseded } from './interrupted'
import { openSource } from './open-source'
import { LinesDiffer, publishImport } from './publish'
import { RejectionLog } from './rejections'
import { Stage } from './stage'

/** One statement a chunk: it bounds memory, and how long the embedded engine is held. */
const CHUNK_BYTES = 8 * 1024 * 1024

const partitionRow = z.object({ partition: z.string() })

/** Takes an import's lines out of the warehouse, all of them or those of some partitions. */
export async function dropLines(importId: string, keep: readonly string[] = []): Promise<void> {
  const { query, command } = await warehouse()
  const partitions = await query({
    query: `SELECT DISTINCT partition FROM system.parts WHERE database = currentDatabase() AND table = 'cost_lines' AND active AND startsWith(partition, concat('(\\'', {id:String}))`,
    params: { id: importId },
    schema: partitionRow,
  })
  for (const { partition } of partitions) {
    if (keep.some((month) => partition.includes(month))) continue
    await command({ query: `ALTER TABLE cost_lines DROP PARTITION ${partition}` })
  }
}

async function progress({ row, read, counts }: { row: CostImportModel; read: number; counts: Counts }): Promise<void> {
  const { prisma } = await database()
  const [mine] = await prisma.costImport.updateManyAndReturn({
    where: { id: row.id, attempt: row.attempt },
    data: {
      heartbeatAt: new Date(),
      bytesRead: read,
      rowsRead: counts.rows,
      rowsAccepted: counts.rows - counts.rejected,
      rowsRejected: counts.rejected,
    },
    select: { cancelledAt: true },
  })
  if (!mine) throw new Superseded()
  if (mine.cancelledAt) throw new Cancelled()
}

interface Counts {
  rows: number
  rejected: number
}

function readHeader(data: Buffer): string[] {
  // UTF-16 shows itself by its NULs, which PostgreSQL would not store in a message.
  if (!isUtf8(data) || data.includes(0))
    throw new AppError('unprocessable', 'The first line is not UTF-8 text: save the file as UTF-8.')
  try {
    const [names] = parse(data, { relax_column_count: true }) as string[][]
    return names ?? []
  } catch (error) {
    throw new AppError(
      'unprocessable',
      `The first line is not a CSV header: ${error instanceof Error ? error.message : 'it cannot be read'}.`,
    )
  }
}

async function loadFile(row: CostImportModel): Promise<Counts> {
  const { prisma } = await database()
  const { stream, read } = await openSource(dataPath(row.path))
  const counts: Counts = { rows: 0, rejected: 0 }
  let stage: Stage | null = null
  let rejections: RejectionLog | null = null
  try {
    for await (const chunk of readRecordChunks({ stream, size: CHUNK_BYTES })) {
      if (!stage || !rejections) {
        const names = readHeader(chunk.data)
        const header: Header = readFocusHeader(names)
        await prisma.costImport.update({ where: { id: row.id }, data: { format: 'focus', warnings: header.warnings } })
        stage = new Stage({ importId: row.id, attempt: row.attempt, header })
        rejections = new RejectionLog({ importId: row.id, header: names })
        await rejections.clear()
        await stage.open()
        continue
      }
      const result = await stage.add(chunk)
      await rejections.add(result.rejected)
      counts.rows += result.rows
      counts.rejected = rejections.count
      await progress({ row, read: read(), counts })
    }
  } finally {
    await stage?.close()
  }
  if (!stage) throw new AppError('unprocessable', 'The file is empty.')
  return counts
}

const isGzipError = (error: unknown) => error instanceof Error && 'code' in error && String(error.code).startsWith('Z_')

/** What a person can do something about; the rest is in the log. */
function messageOf(error: unknown): string {
  if (error instanceof AppError) return error.message
  const text = error instanceof Error ? error.message : String(error)
  if (isGzipError(error)) return `The gzip file is damaged or cut short: ${text}.`
  return `The import stopped on an unexpected error: ${text.slice(0, 500).replaceAll('\0', '')}`
}

async function load(row: CostImportModel): Promise<void> {
  const counts = await loadFile(row)
  if (counts.rows === 0) throw new AppError('unprocessable', 'The file has a header and no rows.')
  if (counts.rows === counts.rejected) {
    throw new AppError(
      'unprocessable',
      counts.rows === 1
        ? 'The only row was refused; the reason is listed below.'
        : `All ${counts.rows} rows were refused; the first reasons are listed below.`,
    )
  }
  await publishImport({ row, counts })
}

/** Ends an import that cannot go on. One that was published meanwhile, or taken over, is left as it is. */
async function giveUp({ row, error }: { row: CostImportModel; error: unknown }): Promise<void> {
  const { prisma } = await database()
  const mine = { id: row.id, attempt: row.attempt, status: 'running' }
  if ((await prisma.costImport.count({ where: mine })) === 0) return
  await dropLines(row.id)
  const status = error instanceof Cancelled ? 'cancelled' : 'failed'
  if (status === 'failed' && !(error instanceof AppError) && !isGzipError(error)) {
    log.error({ err: error, importId: row.id }, 'import failed')
  }
  await prisma.costImport.updateMany({
    where: mine,
    data: { status, error: status === 'failed' ? messageOf(error) : null, finishedAt: new Date() },
  })
}

/**
 * Imports one bill from the kept source file. It may run again after a crash: it starts that file from its beginning,
 * and no reader sees a line of it before it is whole.
 */
export async function runImport(importId: string): Promise<void> {
  const { prisma } = await database()
  const [row] = await prisma.costImport.updateManyAndReturn({
    where: { id: importId, status: { in: ['queued', 'running'] } },
    data: { status: 'running', startedAt: new Date(), heartbeatAt: new Date(), error: null, attempt: { increment: 1 } },
  })
  if (!row) return
  await dropLines(importId)
  try {
    await load(row)
  } catch (error) {
    if (error instanceof Superseded) return
    if (error instanceof LinesDiffer) throw error
    await giveUp({ row, error })
  }
}
