import type { z } from 'zod'
import { ProblemError, plainProblem, problemFrom } from './problem-error'

export type QueryParams = Record<string, string | number | readonly string[] | null | undefined>

interface RequestOptions {
  path: string
  method?: 'GET' | 'POST' | 'PUT' | 'DELETE'
  query?: QueryParams
  /** An object goes as JSON; text and files as they are, with `contentType`. */
  body?: string | Blob | object
  contentType?: string
  accept?: string
  signal?: AbortSignal
}

/** One call of our API; the answer is parsed with its contract, a refusal is thrown as ProblemError. */
export async function request<Schema extends z.ZodType>({
  schema,
  ...options
}: RequestOptions & { schema: Schema }): Promise<z.infer<Schema>> {
  const text = await requestText(options)
  const parsed = schema.safeParse(text === '' ? undefined : JSON.parse(text))
  if (parsed.success) return parsed.data
  console.error('Unexpected answer', options.path, parsed.error.issues)
  throw new ProblemError(plainProblem(200, 'The server answered in a form that this page does not know.'))
}

/** The same, where the answer is text or does not matter. */
export async function requestText(options: RequestOptions): Promise<string> {
  const { path, method = 'GET', query, body, contentType, accept, signal } = options
  const raw = body === undefined || typeof body === 'string' || body instanceof Blob
  const response = await fetch(withQuery(path, query), {
    method,
    signal,
    headers: {
      ...(accept === undefined ? {} : { accept }),
      ...(body === undefined ? {} : { 'content-type': contentType ?? 'application/json' }),
    },
    body: raw ? body : JSON.stringify(body),
  }).catch((error: unknown) => {
    if (error instanceof DOMException && error.name === 'AbortError') throw error
    throw problemFrom(0, '')
  })
  const text = await response.text()
  if (!response.ok) throw problemFrom(response.status, text)
  return text
}

/** Arrays become repeated parameters; null and undefined are left out. */
export function withQuery(path: string, query: QueryParams = {}): string {
  const params = new URLSearchParams()
  for (const [key, value] of Object.entries(query)) {
    if (value === null || value === undefined) continue
    for (const one of Array.isArray(value) ? value : [value]) params.append(key, String(one))
  }
  const text = params.toString()
  return text ? `${path}?${text}` : path
}
