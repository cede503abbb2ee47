import type { Problem } from '../contract/common'
import type { AppError, ErrorCode } from '../errors'

const STATUS: Record<ErrorCode, { status: number; title: string }> = {
  invalid_request: { status: 400, title: 'The request is not valid' },
  unauthorized: { status: 401, title: 'Not signed in' },
  forbidden: { status: 403, title: 'Not allowed' },
  not_found: { status: 404, title: 'Not found' },
  conflict: { status: 409, title: 'Conflict' },
  gone: { status: 410, title: 'Not there any more' },
  too_large: { status: 413, title: 'Too large' },
  unsupported_media_type: { status: 415, title: 'Unsupported media type' },
  unprocessable: { status: 422, title: 'The content is not valid' },
  idempotency_mismatch: { status: 422, title: 'The Idempotency-Key was used for another request' },
  internal: { status: 500, title: 'Something went wrong here' },
  unavailable: { status: 503, title: 'Not available now' },
}

export function statusOf(code: ErrorCode): number {
  return STATUS[code].status
}

/** RFC 9457 for our own API. `extra` holds members of the one problem, such as the rejected rows of a CSV. */
export function problemResponse({ error, requestId }: { error: AppError; requestId: string }): Response {
  const { status, title } = STATUS[error.code]
  const body: Problem & Record<string, unknown> = {
    ...error.extra,
    type: `urn:apportion:${error.code}`,
    title,
    status,
    detail: error.message,
    code: error.code,
    request_id: requestId,
    invalid_params: error.invalidParams,
  }
  return new Response(JSON.stringify(body), {
    status,
    headers: {
      'content-type': 'application/problem+json',
      'x-request-id': requestId,
      ...(status === 401 ? { 'www-authenticate': 'Bearer' } : {}),
    },
  })
}
