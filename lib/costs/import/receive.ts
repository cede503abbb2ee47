import { createHash, randomUUID } from 'node:crypto'
import { createWriteStream } from 'node:fs'
import { rm } from 'node:fs/promises'
import { Readable, Transform } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type { ReadableStream as NodeReadableStream } from 'node:stream/web'
import type { Context } from '../../auth/principal'
import type { ImportFormat, ImportMode } from '../../contract/costs'
import type { Mapping } from '../../contract/import-profiles'
import type { Transaction } from '../../db/client'
import { transact } from '../../db/transact'
import { dataPath } from '../../env'
import { AppError } from '../../errors'
import { enqueue, wake } from '../../jobs/queue'
import { type BillFile, readBillForm } from './bill-form'
import { refuseRepeated } from './repeated'

export interface ReceiveBillInput {
  ctx: Context
  source: string
  format: ImportFormat
  mode: ImportMode
  /** From 0 to 1; a larger share of rejected rows fails the import. */
  maxRejected?: number
  /** Take content again that counts already, in mode append. */
  allowRepeat?: boolean
  /** Instead of the source's profile; asked when all files are there. */
  mapping?: () => Mapping | undefined
  files: AsyncIterable<BillFile> | Iterable<BillFile>
  /** Committed with the import. */
  within?: (tx: Transaction, importId: string) => Promise<void>
}

interface KeptFile {
  position: number
  fileName: string
  path: string
  sha256: string
  bytes: number
}

const MAX_FILES = 200

/** What a request brings in small pieces is written in large ones. */
const WRITTEN_BYTES = 4 * 1024 * 1024

/** Writes a stream to disk as it arrives. An upload that breaks off leaves nothing. */
async function keepFile({ stream, path }: { stream: Readable; path: string }) {
  const hash = createHash('sha256')
  let bytes = 0
  const measure = new Transform({
    highWaterMark: WRITTEN_BYTES,
    transform(chunk: Buffer, _encoding, done) {
      hash.update(chunk)
      bytes += chunk.length
      done(null, chunk)
    },
  })
  try {
    await pipeline(stream, measure, createWriteStream(path, { flush: true, highWaterMark: WRITTEN_BYTES }))
  } catch (error) {
    throw error instanceof AppError
      ? error
      : new AppError('invalid_request', 'The upload broke off before its end; nothing was imported.')
  }
  return { sha256: hash.digest('hex'), bytes }
}

async function keepFiles({ id, files }: { id: string; files: ReceiveBillInput['files'] }): Promise<KeptFile[]> {
  const kept: KeptFile[] = []
  for await (const { name, stream } of files) {
    const position = kept.length
    if (position >= MAX_FILES) throw new AppError('invalid_request', `A bill has at most ${MAX_FILES} files.`)
    const file = await keepFile({ stream, path: dataPath('imports', id, `file-${position}`) })
    const fileName = name.replaceAll('\0', '').slice(0, 255) || `file-${position}`
    if (file.bytes === 0) {
      throw new AppError('invalid_request', position === 0 ? EMPTY : `The file "${fileName}" is empty.`)
    }
    const twin = kept.find(({ sha256 }) => sha256 === file.sha256)
    if (twin) {
      const message = `The files "${twin.fileName}" and "${fileName}" have the same content, which would count twice.`
      throw new AppError('invalid_request', message)
    }
    kept.push({ position, fileName, path: `imports/${id}/file-${position}`, ...file })
  }
  if (kept.length === 0) throw new AppError('invalid_request', 'The form holds no file.')
  return kept
}

const EMPTY = 'The body is empty: send the bill itself.'

/** Takes a bill in: its files are on disk and the job is committed when this returns. */
export async function receiveBill(input: ReceiveBillInput): Promise<{ id: string; status: string }> {
  const id = randomUUID()
  let accepted: { id: string; status: string } | null = null
  try {
    accepted = await accept({ ...input, id })
  } finally {
    // What was refused leaves nothing; a repeated request got the first one's answer, whose files are kept already.
    if (accepted?.id !== id) await rm(dataPath('imports', id), { recursive: true, force: true })
  }
  await wake('import-costs')
  return accepted
}

async function accept({ id, ctx, files, within, allowRepeat = false, ...bill }: ReceiveBillInput & { id: string }) {
  const kept = await keepFiles({ id, files })
  const contents = kept.map(({ sha256 }) => sha256)
  const mapping = bill.mapping?.()
  const told = [bill.source, bill.format, bill.mode, String(bill.maxRejected ?? '')]
  const asked = [...told, ...(mapping ? [JSON.stringify(mapping)] : []), ...contents].join(':')
  const idempotency = ctx.idempotency && { ...ctx.idempotency, requestHash: `${ctx.idempotency.requestHash}:${asked}` }
  return transact({
    ctx: { ...ctx, idempotency },
    run: async (tx) => {
      if (bill.mode === 'append' && !allowRepeat) {
        await refuseRepeated({ tx, source: bill.source, importId: id, contents })
      }
      await tx.costImport.create({
        data: {
          id,
          source: bill.source,
          formatAsked: bill.format,
          mode: bill.mode,
          maxRejected: bill.maxRejected,
          mapping,
          allowRepeat,
          fileName: kept
            .map((file) => file.fileName)
            .join(', ')
            .slice(0, 255),
          bytes: kept.reduce((sum, file) => sum + file.bytes, 0),
          createdBy: ctx.principal.name,
          files: { create: kept },
        },
      })
      await within?.(tx, id)
      await enqueue({ tx, name: 'import-costs', data: { importId: id } })
      return { id, status: 'queued' }
    },
  })
}

/** A bill as the body of a request: the file itself, or a form with one file or several, and maybe a mapping. */
export async function receiveImport({
  body,
  contentType,
  fileName,
  mapping: asked,
  ...bill
}: Omit<ReceiveBillInput, 'files' | 'within' | 'allowRepeat' | 'mapping'> & {
  body: ReadableStream<Uint8Array> | null
  contentType: string
  fileName: string
  mapping?: Mapping | undefined
}): Promise<{ id: string; status: string }> {
  if (!body) throw new AppError('invalid_request', EMPTY)
  const stream = Readable.fromWeb(body as unknown as NodeReadableStream)
  if (!contentType.startsWith('multipart/form-data')) {
    return receiveBill({ ...bill, files: [{ name: fileName, stream }], mapping: () => asked })
  }
  const form = readBillForm({ stream, contentType, maxFiles: MAX_FILES })
  const mapping = () => {
    const ofForm = form.mapping()
    if (ofForm && asked) throw new AppError('invalid_request', 'The mapping comes twice, in the query and in the form.')
    return ofForm ?? asked
  }
  return receiveBill({ ...bill, files: form.files, mapping })
}
