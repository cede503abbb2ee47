import { database } from '../../db/client'
import type { CostImportFileModel, CostImportModel } from '../../db/generated/models'
import { dataPath } from '../../env'
import { AppError } from '../../errors'
import { log } from '../../log'
import { ScratchEnded } from '../../warehouse/scratch/client'
import { dropLines } from './drop-lines'
import { ImportEngine } from './engine'
import { Cancelled, Superseded } from './interrupted'
import { loadCsv } from './load-csv'
import type { LoadedChunk, LoadFile } from './load-file'
import { loadParquet } from './load-parquet'
import { fileKind } from './open-source'
import { planFile } from './plan-file'
import { LinesDiffer, publishImport } from './publish'
import { refuseHuge } from './refuse-huge'
import { RejectionLog } from './rejections'

interface Counts {
  rows: number
  rejected: number
}

type ImportRow = CostImportModel & { files: CostImportFileModel[] }

/** Tells how far it is, and hears whether it should go on. */
async function progress({ row, read, counts }: { row: ImportRow; read: number; counts: Counts }): Promise<void> {
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

/** What is done of the files before, and of this one. */
const bytesBefore = (row: ImportRow, position: number) =>
  row.files.reduce((sum, file) => sum + (file.position < position ? Number(file.bytes) : 0), 0)

async function loadFiles({ row, engine }: { row: ImportRow; engine: ImportEngine }): Promise<Counts> {
  const { prisma } = await database()
  const counts: Counts = { rows: 0, rejected: 0 }
  const rejections = new RejectionLog({ importId: row.id, files: row.files.length })
  await rejections.clear()
  const names = new Map<string, string>()
  for (const file of row.files) {
    const path = dataPath(file.path)
    const onChunk = async ({ rows, rejected, read }: LoadedChunk) => {
      await rejections.add({ file: file.position, rejections: rejected })
      counts.rows += rows
      counts.rejected = rejections.count
      await progress({ row, read: bytesBefore(row, file.position) + read, counts })
    }
    const plan: LoadFile['plan'] = async ({ columns, header }) => {
      rejections.begin({ fileName: file.fileName, header })
      return planFile({ row, columns })
    }
    const load: LoadFile = { path, engine, directory: scratchPath(row), plan, onChunk }
    try {
      const kind = await fileKind(path)
      const { sha256 } = await (kind === 'parquet' ? loadParquet(load) : loadCsv({ ...load, kind }))
      if (sha256 !== null) {
        const key = { importId: row.id, position: file.position }
        await prisma.costImportFile.update({ where: { importId_position: key }, data: { sha256 } })
      }
      refuseTwin({ names, content: sha256 ?? file.sha256, fileName: file.fileName })
    } catch (error) {
      throw row.files.length > 1 ? inFile(error, file.fileName) : error
    }
  }
  return counts
}

/** One content twice, gzipped once, would count twice. `names`: of the contents before. */
function refuseTwin({ names, content, fileName }: { names: Map<string, string>; content: string; fileName: string }) {
  const twin = names.get(content)
  if (twin !== undefined)
    throw new AppError('unprocessable', `has the same content as "${twin}", which would count twice`)
  names.set(content, fileName)
}

/** Says which of several files is meant. */
function inFile(error: unknown, fileName: string): unknown {
  if (isDamage(error)) return new AppError('unprocessable', `${fileName}: ${messageOf(error)}`)
  return error
}

const scratchPath = (row: ImportRow) => dataPath('imports', row.id, `scratch-${row.attempt}`)

const isGzipError = (error: unknown): error is Error =>
  error instanceof Error && 'code' in error && String(error.code).startsWith('Z_')

/** A mistake of the bill's, not of ours. */
const isDamage = (error: unknown) => error instanceof AppError || isGzipError(error)

/** What a person can do something about; the rest is in the log. */
function messageOf(error: unknown): string {
  if (error instanceof AppError) return error.message
  const text = error instanceof Error ? error.message : String(error)
  if (error instanceof ScratchEnded) {
    return 'The process that reads the bill was ended from outside, maybe for want of memory; nothing was changed. Import the file again.'
  }
  if (isGzipError(error)) return `The gzip file is damaged or cut short: ${text}.`
  return `The import stopped on an unexpected error: ${text.slice(0, 500).replaceAll('\0', '')}`
}

function refuseTooManyRejected({ row, counts }: { row: ImportRow; counts: Counts }): void {
  const { rows, rejected } = counts
  if (rows === 0) throw new AppError('unprocessable', 'The file has a header and no rows.')
  if (rows === rejected) {
    throw new AppError(
      'unprocessable',
      rows === 1
        ? 'The only row was refused; the reason is listed below.'
        : `All ${rows} rows were refused; the first reasons are listed below.`,
    )
  }
  if (rejected > rows * Number(row.maxRejected)) {
    const percent = (share: number) => `${Number((share * 100).toFixed(2))} %`
    throw new AppError(
      'unprocessable',
      `${rejected} of ${rows} rows were refused (${percent(rejected / rows)}), more than the ${percent(Number(row.maxRejected))} that this import allows; nothing was changed.`,
    )
  }
}

async function warn({ row, warnings }: { row: ImportRow; warnings: readonly string[] }): Promise<void> {
  if (warnings.length === 0) return
  const { prisma } = await database()
  await prisma.costImport.updateMany({
    where: { id: row.id, attempt: row.attempt },
    data: { warnings: { push: [...warnings] } },
  })
}

async function load(row: ImportRow): Promise<void> {
  const engine = await ImportEngine.open({ importId: row.id, directory: scratchPath(row) })
  try {
    const counts = await loadFiles({ row, engine })
    refuseTooManyRejected({ row, counts })
    await engine.settle(() => progress({ row, read: Number(row.bytes), counts }))
    const digest = await engine.digest()
    await warn({ row, warnings: await refuseHuge(engine) })
    await engine.handOver()
    await publishImport({ row, counts, digest })
  } finally {
    await engine.close()
  }
}

/** Ends an import that cannot go on. One that was published meanwhile, or taken over, is left as it is. */
async function giveUp({ row, error }: { row: ImportRow; error: unknown }): Promise<void> {
  const { prisma } = await database()
  const mine = { id: row.id, attempt: row.attempt, status: 'running' }
  if ((await prisma.costImport.count({ where: mine })) === 0) return
  await dropLines(row.id)
  const status = error instanceof Cancelled ? 'cancelled' : 'failed'
  if (status === 'failed' && !isDamage(error)) log.error({ err: error, importId: row.id }, 'import failed')
  await prisma.costImport.updateMany({
    where: mine,
    data: { status, error: status === 'failed' ? messageOf(error) : null, finishedAt: new Date() },
  })
}

const files = { files: { orderBy: { position: 'asc' } } } as const

/**
 * Imports one bill from its kept source files. It may run again after a crash: it starts from the beginning, and no
 * reader sees a line of it before it is whole.
 */
export async function runImport(importId: string): Promise<void> {
  const { prisma } = await database()
  const [started] = await prisma.costImport.updateManyAndReturn({
    where: { id: importId, status: { in: ['queued', 'running'] } },
    data: {
      status: 'running',
      startedAt: new Date(),
      heartbeatAt: new Date(),
      error: null,
      warnings: [],
      attempt: { increment: 1 },
    },
  })
  if (!started) return
  const row = await prisma.costImport.findUniqueOrThrow({ where: { id: importId }, include: files })
  await dropLines(importId)
  try {
    await load(row)
  } catch (error) {
    if (error instanceof Superseded) return
    // The next process starts it again.
    if (error instanceof LinesDiffer || (error instanceof ScratchEnded && error.isStopping)) throw error
    await giveUp({ row, error })
  }
}
