import { z } from 'zod'
import { importStatus } from '@/lib/contract/costs'
import { ProblemError, plainProblem, problemFrom } from './problem-error'
import { withQuery } from './request'

const accepted = z.object({ id: z.string(), status: importStatus })

/** XMLHttpRequest, because fetch does not tell how much of a body has gone out. */
export function uploadBill({
  file,
  source,
  onProgress,
  signal,
}: {
  file: File
  source: string
  onProgress: (sent: number) => void
  signal: AbortSignal
}): Promise<z.infer<typeof accepted>> {
  return new Promise((resolve, reject) => {
    const xhr = new XMLHttpRequest()
    xhr.open('POST', withQuery('/api/v1/cost-imports', { format: 'auto', source, file_name: file.name }))
    xhr.setRequestHeader('content-type', 'text/csv')
    xhr.upload.onprogress = (event) => onProgress(event.loaded)
    xhr.onload = () => {
      if (xhr.status < 200 || xhr.status > 299) return reject(problemFrom(xhr.status, xhr.responseText))
      const body = accepted.safeParse(JSON.parse(xhr.responseText))
      if (body.success) resolve(body.data)
      else
        reject(
          new ProblemError(plainProblem(xhr.status, 'The server answered in a form that this page does not know.')),
        )
    }
    xhr.onerror = () => reject(problemFrom(0, ''))
    xhr.onabort = () => reject(new DOMException('The upload was cancelled.', 'AbortError'))
    signal.addEventListener('abort', () => xhr.abort(), { once: true })
    xhr.send(file)
  })
}
