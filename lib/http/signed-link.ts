import { createHmac, timingSafeEqual } from 'node:crypto'
import { AppError } from '../errors'
import { secretKey } from '../secret'

const HOUR = 3_600_000

/** Of the path and of when it ends, in whole seconds since 1970. */
function signatureOf({ path, expires }: { path: string; expires: string }): string {
  return createHmac('sha256', secretKey()).update(`link\n${path}\n${expires}`).digest('base64url')
}

/** Where this server is, as the caller reached it. */
function originOf(request: Request): string {
  const url = new URL(request.url)
  const { headers } = request
  const host = headers.get('x-forwarded-host') ?? headers.get('host') ?? url.host
  const protocol = headers.get('x-forwarded-proto')?.split(',')[0]?.trim() ?? url.protocol.replace(':', '')
  return `${protocol}://${host}`
}

/** A link that opens one path of this server without a key, for an hour. */
export function signLink({ request, path, now }: { request: Request; path: string; now: number }): string {
  const expires = String(Math.floor((now + HOUR) / 1000))
  const query = new URLSearchParams({ expires, signature: signatureOf({ path, expires }) })
  return `${originOf(request)}${path}?${query}`
}

/** Throws an AppError for a link that is not ours, or that has expired. */
export function checkLink({
  path,
  expires,
  signature,
  now,
}: {
  path: string
  expires: string
  signature: string
  now: number
}): void {
  const [given, wanted] = [Buffer.from(signature), Buffer.from(signatureOf({ path, expires }))]
  if (given.length !== wanted.length || !timingSafeEqual(given, wanted)) {
    throw new AppError('forbidden', 'This link was not made here: ask for the version again.')
  }
  if (Number(expires) * 1000 < now) throw new AppError('gone', 'This link has expired: ask for the version again.')
}
