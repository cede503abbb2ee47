import { createHash, randomUUID } from 'node:crypto'
import { createWriteStream } from 'node:fs'
import { rm } from 'node:fs/promises'
import { Readable, Transform } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type { ReadableStream as NodeReadableStream } from 'node:stream/web'
import busboy from 'busboy'
import type { Context } from '../../auth/principal'
import { transact } from '../../db/transact'
import { dataPath } from '../../env'
import { AppError } from '../../errors'
import { enqueue, wake } from '../../jobs/queue'

export interface ReceiveInput {
  ctx: Context
  body: ReadableStream<Uint8Array> | null
  contentType: string
  source: string
  fileName: string
}

/** The one file of a multipart form, as it comes in. */
function fileOfForm({
  stream,
  contentType,
}: {
  stream: Readable
  contentType: string
}): Promise<{ file: Readable; name: string | undefined }> {
  return new Promise((resolve, reject) => {
    const form = busboy({ headers: { 'content-type': contentType }, limits: { files: 1 }, defParamCharset: 'utf8' })
    form.on('file', (_field, file, info) => resolve({ file, name: info.filename }))
    form.on('close', () => reject(new AppError('invalid_request', 'The form holds no file.')))
    // Ends the file too when the request breaks off.
    pipeline(stream, form).catch(reject)
  })
}

function refuseForm(error: unknown): never {
  if (error instanceof AppError) throw error
  const reason = error instanceof Error ? error.message : String(error)
  throw new AppError('invalid_request', `The form cannot be read: ${reason}.`)
}

/** Writes the stream to disk as it arrives. An upload that breaks off leaves nothing. */
async function keepFile({
  stream,
  path,
}: {
  stream: Readable
  path: string
}): Promise<{ sha256: string; bytes: number }> {
  const hash = createHash('sha256')
  let bytes = 0
  const measure = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      hash.update(chunk)
      bytes += chunk.length
      done(null, chunk)
    },
  })
  try {
    await pipeline(stream, measure, createWriteStream(path, { flush: true }))
  } catch (error) {
    throw error instanceof AppError
      ? error
      : new AppError('invalid_request', 'The upload broke off before its end; nothing was imported.')
  }
  return { sha256: hash.digest('hex'), bytes }
}

/** Takes a bill in: the file is on disk and the job is committed when this returns. */
export async function receiveImport(input: ReceiveInput): Promise<{ id: string; status: string }> {
  const id = randomUUID()
  let accepted: { id: string; status: string } | null = null
  try {
    accepted = await acceptFile({ ...input, id })
  } finally {
    // What was refused leaves nothing; a repeated request got the first one's answer, whose file is kept already.
    if (accepted?.id !== id) await rm(dataPath('imports', id), { recursive: true, force: true })
  }
  await wake('import-costs')
  return accepted
}

async function acceptFile({ ctx, body, contentType, source, fileName, id }: ReceiveInput & { id: string }) {
  if (!body) throw new AppError('invalid_request', 'The body is empty: send the bill itself.')
  const raw = Readable.fromWeb(body as unknown as NodeReadableStream)
  const isForm = contentType.startsWith('multipart/form-data')
  const form = isForm ? await fileOfForm({ stream: raw, contentType }).catch(refuseForm) : null
  const { sha256, bytes } = await keepFile({ stream: form?.file ?? raw, path: dataPath('imports', id, 'source') })
  if (bytes === 0) throw new AppError('invalid_request', 'The body is empty: send the bill itself.')
  const idempotency = ctx.idempotency && { ...ctx.idempotency, requestHash: `${ctx.idempotency.requestHash}:${sha256}` }
  return transact({
    ctx: { ...ctx, idempotency },
    run: async (tx) => {
      await tx.costImport.create({
        data: {
          id,
          source,
          format: 'auto',
          fileName: form?.name || fileName,
          path: `imports/${id}/source`,
          sha256,
          bytes,
          createdBy: ctx.principal.name,
        },
      })
      await enqueue({ tx, name: 'import-costs', data: { importId: id } })
      return { id, status: 'queued' }
    },
  })
}
