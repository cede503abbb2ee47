/** The fixed codes of the product's errors; each wire maps them to its own status and body. */
export type ErrorCode =
  | 'invalid_request'
  | 'unauthorized'
  | 'forbidden'
  | 'not_found'
  | 'conflict'
  | 'gone'
  | 'too_large'
  | 'unsupported_media_type'
  | 'unprocessable'
  | 'idempotency_mismatch'
  | 'unavailable'
  | 'internal'

export interface InvalidParam {
  name: string
  reason: string
  line?: number
  column?: number
}

/** An error that the caller may read. Anything else is logged with its request id and shown without its message. */
export class AppError extends Error {
  readonly code: ErrorCode
  readonly invalidParams: InvalidParam[]
  /** Further members of the problem document. */
  readonly extra: Record<string, unknown>

  constructor(
    code: ErrorCode,
    message: string,
    invalidParams: InvalidParam[] = [],
    extra: Record<string, unknown> = {},
  ) {
    super(message)
    this.name = 'AppError'
    this.code = code
    this.invalidParams = invalidParams
    this.extra = extra
  }
}
