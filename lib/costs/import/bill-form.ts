import { PassThrough, type Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import busboy from 'busboy'
import { z } from 'zod'
import { mappingText } from '../../contract/costs'
import type { Mapping } from '../../contract/import-profiles'
import { AppError } from '../../errors'
import { parseWith } from '../../parse/parse-with'
import { refuseUnstorable } from '../../parse/refuse-unstorable'

/** One file of a bill, as it comes in. */
export interface BillFile {
  name: string
  stream: Readable
}

export interface BillForm {
  /** One after the other; each has to be read before the next one comes. */
  files: AsyncIterable<BillFile>
  /** The part `mapping`, if there is one, once all files were read; it may stand before or after them. */
  mapping: () => Mapping | undefined
}

const MAPPING = 'mapping'
const MAX_MAPPING_BYTES = 100_000
const formFields = z.object({ [MAPPING]: mappingText })

function unreadable(error: unknown): AppError {
  const reason = error instanceof Error ? error.message : String(error)
  return new AppError('invalid_request', `The form cannot be read: ${reason}.`)
}

function readMapping(texts: readonly string[]): Mapping | undefined {
  const [text, second] = texts
  if (text === undefined) return undefined
  if (second !== undefined) throw new AppError('invalid_request', 'The form holds two mappings: send one.')
  const fields = parseWith({ schema: formFields, value: { [MAPPING]: text }, what: 'form' })
  refuseUnstorable({ what: 'form', value: fields })
  return fields.mapping
}

/** A bill as a multipart form: its files under any names, and a mapping as JSON, as a field or as a file. */
export function readBillForm({
  stream,
  contentType,
  maxFiles,
}: {
  stream: Readable
  contentType: string
  maxFiles: number
}): BillForm {
  const files = new PassThrough({ objectMode: true })
  const mappings: string[] = []
  // One more of each than is taken, so that what is too much is seen.
  const limits = { files: maxFiles + 3, fieldSize: MAX_MAPPING_BYTES }
  const keepMapping = async (part: Readable) => {
    const at = mappings.push('') - 1
    const pieces: Buffer[] = []
    let size = 0
    for await (const piece of part as AsyncIterable<Buffer>) {
      if (size < MAX_MAPPING_BYTES) pieces.push(piece)
      size += piece.length
    }
    mappings[at] = Buffer.concat(pieces).toString('utf8')
  }
  try {
    const form = busboy({ headers: { 'content-type': contentType }, limits, defParamCharset: 'utf8' })
    form.on('field', (name, value) => {
      if (name === MAPPING) mappings.push(value)
    })
    form.on('file', (name, part, info) => {
      if (name === MAPPING) keepMapping(part).catch((error: Error) => files.destroy(unreadable(error)))
      else files.write({ name: info.filename ?? '', stream: part })
    })
    form.on('close', () => files.end())
    // Ends the files too when the request breaks off.
    pipeline(stream, form).catch((error: Error) => files.destroy(unreadable(error)))
  } catch (error) {
    files.destroy(unreadable(error))
  }
  return { files, mapping: () => readMapping(mappings) }
}
