import { createHash } from 'node:crypto'
import { AppError } from '../errors'

const MEGABYTE = 1024 * 1024
export const DEFAULT_BODY_LIMIT = 5 * MEGABYTE

/** The body as text, refused as soon as it passes the limit, whatever Content-Length said. */
export async function readBody({
  request,
  limit,
}: {
  request: Request
  limit: number
}): Promise<{ text: string; hash: string }> {
  const tooLarge = () =>
    new AppError(
      'too_large',
      `The body is larger than ${limit / MEGABYTE} MB (${limit} bytes), the most that one request may hold.`,
    )
  if (Number(request.headers.get('content-length') ?? 0) > limit) throw tooLarge()
  const chunks: Uint8Array[] = []
  let size = 0
  for await (const chunk of (request.body ?? []) as unknown as AsyncIterable<Uint8Array>) {
    size += chunk.byteLength
    if (size > limit) throw tooLarge()
    chunks.push(chunk)
  }
  const bytes = Buffer.concat(chunks)
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes)
    return { text, hash: createHash('sha256').update(bytes).digest('hex') }
  } catch {
    throw new AppError('invalid_request', 'The body is not UTF-8 text.')
  }
}
