import { Readable } from 'node:stream'
import { AppError } from '../errors'
import { v2Error } from '../wire/cloudzero-v2/response'
import { handle } from './handle'

/** An AppError in the words of CloudZero's V2. `details`: what is wrong, one by one. */
export function onV2Error({ error, requestId }: { error: AppError; requestId: string }): Response {
  const details = (error.extra.errors ?? []) as unknown[]
  const { status, body } = v2Error({ code: error.code, message: error.message, errors: details })
  return Response.json(body, { status, headers: { 'x-request-id': requestId } })
}

const JSON_HEADERS = { 'content-type': 'application/json', 'cache-control': 'no-store' }

/** JSON that was written already, so that no number of it goes through a float. */
export function jsonText(text: string): Response {
  return new Response(text, { headers: JSON_HEADERS })
}

/** A path of V2 that is not served. */
export function v2UnknownRoute() {
  return handle({ scope: null, onError: onV2Error }, async ({ request }) => {
    throw new AppError('not_found', `There is no ${request.method} ${new URL(request.url).pathname} here.`)
  })
}

/**
 * Whether a flag of the query is on: CloudZero documents “if passed”, whatever it holds; its own sample script passes
 * `False` for no, which is believed.
 */
export function isOn(value: string | undefined): boolean {
  return value !== undefined && !/^(false|0|no)$/i.test(value.trim())
}

/** The text of a body that is either the document itself or a form with one file, under any name. */
export async function documentOf({ request, text }: { request: Request; text: string }): Promise<string> {
  const type = request.headers.get('content-type') ?? ''
  if (!/^multipart\/form-data/i.test(type)) return text
  const form = await new Response(text, { headers: { 'content-type': type } }).formData().catch(() => {
    throw new AppError('invalid_request', 'The form cannot be read.')
  })
  const parts = [...form.values()]
  const files = parts.filter((part) => typeof part !== 'string')
  if (files.length > 1) throw new AppError('invalid_request', `The form holds ${files.length} files: send one.`)
  const [only] = files.length === 1 ? files : parts
  if (only === undefined) throw new AppError('invalid_request', 'The form holds no file.')
  return typeof only === 'string' ? only : only.text()
}

/** JSON text as it comes. */
export function jsonStream(pieces: AsyncIterable<string>): Response {
  const body = Readable.toWeb(Readable.from(pieces).map((piece: string) => Buffer.from(piece)))
  return new Response(body as ReadableStream<Uint8Array>, { headers: JSON_HEADERS })
}
