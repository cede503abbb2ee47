import { parseDocument } from 'yaml'
import type { ErrorCode, InvalidParam } from '../../errors'

/** CloudZero's V2 documents 400, 403, 404, 410, 413, 422 and 429. */
const STATUS: Record<ErrorCode, number> = {
  invalid_request: 400,
  // A bad key is 403 there, never 401.
  unauthorized: 403,
  forbidden: 403,
  not_found: 404,
  // The one conflict of this wire: If-Match names a version that is not the latest any more.
  conflict: 412,
  gone: 410,
  too_large: 413,
  unsupported_media_type: 415,
  unprocessable: 422,
  idempotency_mismatch: 422,
  unavailable: 503,
  internal: 500,
}

export interface V2Error {
  status: number
  body: Record<string, unknown>
}

/**
 * An error as V2 says it: `{"error":{"message","type"}}`; 403 and 413, which CloudZero's gateway answers, say `message`
 * at the root as well. `errors`: what is wrong in detail.
 */
export function v2Error({
  code,
  message,
  errors,
}: {
  code: ErrorCode
  message: string
  errors?: readonly unknown[]
}): V2Error {
  const status = STATUS[code]
  const error = { message, type: code, ...(errors && errors.length > 0 ? { errors } : {}) }
  return { status, body: status === 403 || status === 413 ? { message, error } : { error } }
}

/** `Dimensions.Product.Rules[0].Type` → `["Dimensions", "Product", "Rules", "0", "Type"]`. */
export function pathParts(path: string): string[] {
  return path.split(/\.|\[(\d+)\]/).filter((part) => part !== undefined && part !== '')
}

const SHOWN = 200

/** What a definition's document has at a path, as text; '' where it has nothing. */
function valueAt(document: ReturnType<typeof parseDocument>, path: readonly string[]): string {
  const value = document.hasIn(path) ? document.getIn(path) : undefined
  if (value === undefined || value === null) return ''
  return (typeof value === 'object' ? JSON.stringify(value) : String(value)).slice(0, SHOWN)
}

/** The errors of a definition as V2's 422 lists them. */
export function definitionErrors({ yaml, errors }: { yaml: string; errors: readonly InvalidParam[] }) {
  const document = parseDocument(yaml, { logLevel: 'silent' })
  return errors.map(({ name, reason, line, column }) => {
    const path = pathParts(name)
    const place = line === undefined ? '' : `line ${line}, column ${column}: `
    return { error: `${place}${reason}`, value: valueAt(document, path), path }
  })
}
