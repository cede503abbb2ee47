import type { DefinitionDocument } from '../contract/definition-versions'
import { AppError } from '../errors'

/** A definition as YAML, or with its author and time as JSON: what Accept asks for, or else what the route usually gives. */
export function documentResponse({
  document,
  request,
  usual,
}: {
  document: DefinitionDocument
  request: Request
  usual: 'yaml' | 'json'
}): Response {
  const accept = request.headers.get('accept') ?? ''
  const asked = accept.includes('json') ? 'json' : accept.includes('yaml') ? 'yaml' : usual
  const headers = { 'cache-control': 'no-store', vary: 'accept', etag: `"${document.version}"` }
  if (asked === 'json') return Response.json(document, { headers })
  return new Response(document.yaml, { headers: { ...headers, 'content-type': 'text/yaml; charset=utf-8' } })
}

/** The version that a write was made from: `base_version`, or the ETag that came with it as If-Match. `*`: any. */
export function baseVersionOf({
  request,
  query,
}: {
  request: Request
  query: { base_version?: number | undefined }
}): number | undefined {
  const match = request.headers.get('if-match')?.trim()
  if (query.base_version !== undefined || !match || match === '*') return query.base_version
  const [, digits] = /^(?:W\/)?"(\d{1,9})"$/.exec(match) ?? []
  if (digits === undefined) {
    throw new AppError('invalid_request', `If-Match: ${match.slice(0, 60)} is no ETag of a definition, such as "3".`)
  }
  return Number(digits)
}
