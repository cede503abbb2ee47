import { SCOPES, type Scope } from '../contract/workspace'
import { AppError } from '../errors'
import { findPrincipalByKey } from './api-keys'
import { auth } from './auth'
import type { Principal } from './principal'

/** `Authorization: <key>`, with or without `Bearer` (reference/cloudzero.md §1). */
function keyOf(request: Request): string | null {
  const header = request.headers.get('authorization')?.trim()
  if (!header) return null
  return /^bearer\s+/i.test(header) ? header.replace(/^bearer\s+/i, '').trim() : header
}

/** A page of another site must not write with this browser's cookie. */
export function isSameOrigin(request: Request): boolean {
  const site = request.headers.get('sec-fetch-site')
  if (site) return site === 'same-origin' || site === 'none'
  const origin = request.headers.get('origin')
  const host = request.headers.get('x-forwarded-host') ?? request.headers.get('host')
  return !origin || (URL.canParse(origin) && new URL(origin).host === host)
}

async function sessionPrincipal(request: Request): Promise<Principal | null> {
  if (!request.headers.has('cookie')) return null
  const session = await (await auth()).api.getSession({ headers: request.headers })
  if (!session) return null
  if (request.method !== 'GET' && request.method !== 'HEAD' && !isSameOrigin(request)) {
    throw new AppError('forbidden', 'A write with a session must come from one of this server’s own pages.')
  }
  return { kind: 'user', id: session.user.id, name: session.user.email, scopes: SCOPES }
}

/** Who asks, if they may. A key in the header always decides, even where there is a session too. */
export async function authorize({ request, scope }: { request: Request; scope: Scope }): Promise<Principal> {
  const key = keyOf(request)
  const principal = key ? await findPrincipalByKey(key) : await sessionPrincipal(request)
  if (!principal) {
    throw new AppError(
      'unauthorized',
      key
        ? 'The API key is not known here, or it was revoked.'
        : 'Send an API key in the Authorization header, or sign in.',
    )
  }
  if (!principal.scopes.includes(scope)) {
    throw new AppError(
      'forbidden',
      `This needs the scope "${scope}"; the key "${principal.name}" has ${principal.scopes.join(', ')}.`,
    )
  }
  return principal
}
