import type { ErrorCode } from '../errors'
import type { RecordError, TelemetryOperation } from '../telemetry/record'

/** `internal` is every error that isn't ours to explain: it is logged, never shown. */
export type CloudZeroErrorCode = ErrorCode | 'too_many_requests' | 'internal'

export interface CloudZeroErrorBody {
  error: { message: string; type: string; errors: { index: number; field: string; reason: string }[] }
}
export interface CloudZeroSuccessBody {
  message: string
  records: number
  batch_id: number | null
}
export interface CloudZeroReply<Body> {
  status: number
  headers: Record<string, string>
  body: Body
}

/** CloudZero documents 400, 403, 413, 429 and 503. */
const STATUS: Record<CloudZeroErrorCode, number> = {
  invalid_request: 400,
  unprocessable: 400,
  // An unknown stream on delete is "telemetry stream must exist", one of the documented 400 reasons.
  not_found: 400,
  conflict: 400,
  gone: 400,
  idempotency_mismatch: 400,
  unsupported_media_type: 400,
  // A bad key is 403 there, never 401.
  unauthorized: 403,
  forbidden: 403,
  too_large: 413,
  too_many_requests: 429,
  unavailable: 503,
  internal: 500,
}

/** What there is to say when the caller gave no words of its own. */
const MESSAGE: Partial<Record<CloudZeroErrorCode, string>> = {
  not_found: 'telemetry stream must exist',
  unauthorized: 'the API key is missing, unknown or lacks the scope "ingest"',
  forbidden: 'the API key is missing, unknown or lacks the scope "ingest"',
  too_large: 'a request has at most 5 MB: send fewer records at a time',
  too_many_requests: 'too many requests: slow down',
  unavailable: 'the service is not available: slow down and send the request again',
  internal: 'internal error',
}

/** The message alone must be enough: most senders log nothing else, so it holds the first offence. */
export function errorReply({
  code,
  message,
  errors = [],
  retryAfterSeconds,
}: {
  code: CloudZeroErrorCode
  message?: string
  errors?: RecordError[]
  retryAfterSeconds?: number
}): CloudZeroReply<CloudZeroErrorBody> {
  const words = code === 'internal' ? undefined : (message ?? summarise(errors))
  return {
    status: STATUS[code],
    headers: retryAfterSeconds === undefined ? {} : { 'Retry-After': String(Math.ceil(retryAfterSeconds)) },
    body: {
      error: {
        message: words ?? MESSAGE[code] ?? 'the request is not valid',
        type: code,
        errors: errors.map(({ index, field, reason }) => ({ index, field, reason })),
      },
    },
  }
}

function summarise(errors: RecordError[]): string | undefined {
  const [first] = errors
  if (!first) return undefined
  const place = first.index < 0 ? first.field : `record ${first.index}, ${first.field}`
  const more = errors.length > 1 ? ` (and ${errors.length - 1} more)` : ''
  return `${place}: ${first.reason}${more}`
}

/** 200, but 201 for the delete of allocation telemetry, as its page says. */
export function successReply({
  operation,
  kind = 'allocation',
  records,
  batchId,
}: {
  operation: TelemetryOperation
  kind?: 'allocation' | 'metric'
  records: number
  batchId: number | null
}): CloudZeroReply<CloudZeroSuccessBody> {
  return {
    status: operation === 'delete' && kind === 'allocation' ? 201 : 200,
    headers: {},
    body: {
      message: `${records} ${records === 1 ? 'record' : 'records'} accepted (${operation})`,
      records,
      batch_id: batchId,
    },
  }
}
