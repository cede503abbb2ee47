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
    const form = busboy({ headers: { 'content-type': contentType }, limits: { files: 1 } })
    form.on('file', (_field, file, info) => resolve({ file, name: info.filename }))
    form.on('error', reject)
    form.on('close', () => reject(new AppError('invalid_request', 'The form holds no file.')))
    stream.on('error', reject)
    stream.pipe(form)
  })
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
    await rm(path, { force: true })
    throw error instanceof AppError
      ? error
      : new AppError('invalid_request', 'The upload broke off before its end; nothing was imported.')
  }
  return { sha256: hash.digest('hex'), bytes }
}

/** Takes a bill in: the file is on disk and the job is committed when this returns. */
export async function receiveImport({
  ctx,
  body,
  contentType,
  source,
  fileName,
}: ReceiveInput): Promise<{ id: string; status: string }> {
  if (!body) throw new AppError('invalid_request', 'The body is empty: send the bill itself.')
  const id = randomUUID()
  const relative = `imports/${id}/source`
  const path = dataPath('imports', id, 'source')
  const raw = Readable.fromWeb(body as unknown as NodeReadableStream)
  const isForm = contentType.startsWith('multipart/form-data')
  const form = isForm ? await fileOfForm({ stream: raw, contentType }) : null
  const { sha256, bytes } = await keepFile({ stream: form?.file ?? raw, path })
  if (bytes === 0) {
    await rm(dataPath('imports', id), { recursive: true, force: true })
    throw new AppError('invalid_request', 'The body is empty: send the bill itself.')
  }
  const idempotency = ctx.idempotency && { ...ctx.idempotency, requestHash: `${ctx.idempotency.requestHash}:${sha256}` }
  const accepted = await transact({
    ctx: { ...ctx, idempotency },
    run: async (tx) => {
      await tx.costImport.create({
        data: {
          id,
          source,
          format: 'auto',
          fileName: form?.name || fileName,
          path: relative,
          sha256,
          bytes,
          createdBy: ctx.principal.name,
        },
      })
      await enqueue({ tx, name: 'import-costs', data: { importId: id } })
      return { id, status: 'queued' }
    },
  })
  // A repeated request got the first one's answer; its file is kept already.
  if (accepted.id !== id) await rm(dataPath('imports', id), { recursive: true, force: true })
  await wake('import-costs')
  return accepted
}
