/** The fixed codes of the product's errors; each wire maps them to its own status and body. */
export type ErrorCode =
  | 'invalid_request'
  | 'unauthorized'
  | 'forbidden'
  | 'not_found'
  | 'conflict'
  | 'too_large'
  | 'unsupported_media_type'
  | 'unprocessable'
  | 'idempotency_mismatch'
  | 'unavailable'

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

  constructor(code: ErrorCode, message: string, invalidParams: InvalidParam[] = []) {
    super(message)
    this.name = 'AppError'
    this.code = code
    this.invalidParams = invalidParams
  }
}
