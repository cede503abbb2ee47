import { z } from 'zod'
import { type ImportFormat, type ImportMode, importStatus } from '@/lib/contract/costs'
import type { Mapping } from '@/lib/contract/import-profiles'
import { ProblemError, plainProblem, problemFrom } from './problem-error'
import { withQuery } from './request'

const accepted = z.object({ id: z.string(), status: importStatus })

export interface Bill {
  /** Several files are one import. */
  files: readonly File[]
  source: string
  format: ImportFormat
  mode: ImportMode
  /** From 0 to 1. */
  maxRejected: number
  /** Of these files alone; null: that of the source, if any. */
  mapping: Mapping | null
}

/** A mapping may be longer than an address: it goes with the files. */
function bodyOf({ files, mapping }: Pick<Bill, 'files' | 'mapping'>): File | FormData | null {
  const [first, ...others] = files
  if (first === undefined) return null
  if (others.length === 0 && mapping === null) return first
  const form = new FormData()
  if (mapping) form.append('mapping', JSON.stringify(mapping))
  for (const file of files) form.append('file', file, file.name)
  return form
}

/** XMLHttpRequest, because fetch does not tell how much of a body has gone out. */
export function uploadBill({
  bill: { files, source, format, mode, maxRejected, mapping },
  onProgress,
  signal,
}: {
  bill: Bill
  onProgress: (sent: number) => void
  signal: AbortSignal
}): Promise<z.infer<typeof accepted>> {
  return new Promise((resolve, reject) => {
    const xhr = new XMLHttpRequest()
    const body = bodyOf({ files, mapping })
    const query = {
      format,
      mode,
      max_rejected: maxRejected,
      source,
      file_name: files[0]?.name.slice(0, 255),
    }
    xhr.open('POST', withQuery('/api/v1/cost-imports', query))
    // A form brings its own type, with its boundary.
    if (!(body instanceof FormData)) xhr.setRequestHeader('content-type', 'application/octet-stream')
    xhr.upload.onprogress = (event) => onProgress(event.loaded)
    xhr.onload = () => {
      if (xhr.status < 200 || xhr.status > 299) return reject(problemFrom(xhr.status, xhr.responseText))
      const answer = accepted.safeParse(JSON.parse(xhr.responseText))
      if (answer.success) resolve(answer.data)
      else
        reject(
          new ProblemError(plainProblem(xhr.status, 'The server answered in a form that this page does not know.')),
        )
    }
    xhr.onerror = () => reject(problemFrom(0, ''))
    xhr.onabort = () => reject(new DOMException('The upload was cancelled.', 'AbortError'))
    signal.addEventListener('abort', () => xhr.abort(), { once: true })
    xhr.send(body)
  })
}
