import { createHash, randomUUID } from 'node:crypto'
import { z } from 'zod'
import { authorize, isSameOrigin } from '../auth/authorize'
import type { Context } from '../auth/principal'
import type { Scope } from '../contract/workspace'
import { AppError } from '../errors'
import { log } from '../log'
import { parseWith } from '../parse/parse-with'
import { refuseUnstorable } from '../parse/refuse-unstorable'
import { parseJson } from '../parse-json'
import { DEFAULT_BODY_LIMIT, readBody } from './body'
import { refuseUnknownParameters } from './known-parameters'
import { problemResponse } from './problem'

type Schema = z.ZodType | undefined
type Parsed<T extends Schema> = T extends z.ZodType ? z.infer<T> : undefined

interface Options<P extends Schema, Q extends Schema, B extends Schema> {
  /** null: no key is needed. */
  scope: Scope | null
  params?: P
  query?: Q
  /** Refuses parameters that `query` does not name. */
  onlyKnown?: boolean
  /** 'text' hands the body on as it is; a schema parses JSON; absent leaves the stream to the handler. */
  body?: B
  text?: boolean
  limit?: number
  parseJson?: (text: string) => unknown
  /** How this wire says an error; our own API's problem+json by default. */
  onError?: (input: { error: AppError; requestId: string }) => Response
}

export interface Input<P extends Schema, Q extends Schema, B extends Schema> {
  ctx: Context
  request: Request
  params: Parsed<P>
  query: Parsed<Q>
  body: Parsed<B>
  /** The body of a `text` route. */
  text: string
}

type NextContext = { params: Promise<Record<string, string | string[]>> }

function queryObject(url: string): Record<string, string | string[]> {
  const search = new URL(url).searchParams
  const result: Record<string, string | string[]> = {}
  for (const key of new Set(search.keys())) {
    const values = search.getAll(key)
    result[key] = values.length > 1 ? values : (values[0] ?? '')
  }
  return result
}

/** A parameter that is a list may come once or several times. */
function withLists(schema: z.ZodType, values: Record<string, string | string[]>): Record<string, unknown> {
  if (!(schema instanceof z.ZodObject)) return values
  const result: Record<string, unknown> = { ...values }
  for (const [key, field] of Object.entries(schema.shape)) {
    const inner = field instanceof z.ZodDefault ? field.unwrap() : field
    if (inner instanceof z.ZodArray && typeof result[key] === 'string') result[key] = [result[key]]
  }
  return result
}

const parsePart = (schema: Schema, what: string, value: (schema: z.ZodType) => unknown): unknown =>
  schema ? parseWith({ schema, value: value(schema), what }) : undefined

// PostgreSQL's text has no NUL.
const isNulRefused = (error: unknown) => error instanceof Error && /invalid byte sequence.*0x00/.test(error.message)

function toAppError(error: unknown, requestId: string): AppError {
  if (error instanceof AppError) return error
  if (isNulRefused(error))
    return new AppError('invalid_request', 'A text of the request holds NUL, which cannot be stored.')
  log.error({ err: error, requestId }, 'unexpected error')
  return new AppError('internal', 'An unexpected error was logged under the request id of this answer.')
}

function idempotencyOf(request: Request, bodyHash: string): Context['idempotency'] {
  const { headers } = request
  // The second is CloudZero's name for it.
  const key = (headers.get('idempotency-key') ?? headers.get('cloudzero-idempotency-key'))?.trim()
  if (!key || request.method === 'GET') return undefined
  if (key.length > 255) throw new AppError('invalid_request', 'Idempotency-Key is longer than 255 characters.')
  const url = new URL(request.url)
  const requestHash = createHash('sha256')
    .update(`${request.method} ${url.pathname}${url.search}\n${bodyHash}`)
    .digest('hex')
  return { key, requestHash }
}

/** Whoever asks without a key. A page of another site must not write here either, such as the first-run set-up. */
function anonymous(request: Request): Context['principal'] {
  if (request.method !== 'GET' && request.method !== 'HEAD' && !isSameOrigin(request)) {
    throw new AppError('forbidden', 'This write must come from one of this server’s own pages.')
  }
  return { kind: 'system', id: 'anonymous', name: 'anonymous', scopes: [] }
}

/** The one wrapper of every route: authorize → limit → parse → one service call → respond. */
export function handle<P extends Schema = undefined, Q extends Schema = undefined, B extends Schema = undefined>(
  options: Options<P, Q, B>,
  respond: (input: Input<P, Q, B>) => Promise<Response>,
): (request: Request, next: NextContext) => Promise<Response> {
  const { onError = problemResponse } = options
  return async (request, next) => {
    const requestId = request.headers.get('x-request-id')?.slice(0, 100) || randomUUID()
    try {
      const principal = options.scope === null ? anonymous(request) : await authorize({ request, scope: options.scope })
      const reads = options.body !== undefined || options.text === true
      const { text, hash } = reads
        ? await readBody({ request, limit: options.limit ?? DEFAULT_BODY_LIMIT })
        : { text: '', hash: '' }
      const rawQuery = queryObject(request.url)
      if (options.onlyKnown && options.query)
        refuseUnknownParameters({ schema: options.query, names: Object.keys(rawQuery) })
      const params = await next.params
      const input = {
        ctx: { principal, requestId, idempotency: idempotencyOf(request, hash) },
        request,
        params: parsePart(options.params, 'path', () => params),
        query: parsePart(options.query, 'query', (schema) => withLists(schema, rawQuery)),
        body: parsePart(options.body, 'body', () => parseJson(text, options.parseJson)),
        text,
      } as Input<P, Q, B>
      refuseUnstorable({ what: 'path', value: input.params })
      // What is only asked may be about a text that a bill holds.
      if (options.scope !== 'read') {
        refuseUnstorable({ what: 'query', value: input.query })
        refuseUnstorable({ what: 'body', value: input.body })
      }
      const response = await respond(input)
      response.headers.set('x-request-id', requestId)
      return response
    } catch (error) {
      return onError({ error: toAppError(error, requestId), requestId })
    }
  }
}

export function json(body: unknown, status = 200): Response {
  return Response.json(body, { status, headers: { 'cache-control': 'no-store' } })
}
