import { isLosslessNumber } from 'lossless-json'
import { DROP_OPERATIONS, type DropOperation } from '../../contract/cloudzero-v2'
import { parseTimestamp, type RecordError, showValue } from '../../telemetry/record'
import { type CbfRow, readRow, USAGE_START } from './read-row'

export interface Drop {
  /** `2024-08`. */
  month: string
  operation: DropOperation
  rows: CbfRow[]
}

/** More than that helps nobody to mend a request. */
export const MAX_ERRORS = 100
/** Of all rows together: a CSV has every column on every row. */
export const MAX_COLUMNS = 500

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !isLosslessNumber(value)
}

const MONTH = /^\d{4}-(0[1-9]|1[0-2])$/

/** `2024-08`, a date or a date-time, of which the month counts (UTC). */
export function readMonth(text: string): { month: string } | { error: string } {
  if (MONTH.test(text)) return { month: text }
  const parsed = parseTimestamp({ text, now: new Date('2105-12-31T00:00:00Z') })
  if ('error' in parsed) return { error: `not a month such as "2024-08", nor a date-time: received ${showValue(text)}` }
  return { month: parsed.time.toISOString().slice(0, 7) }
}

function readHead(body: Record<string, unknown>) {
  const errors: RecordError[] = []
  const refuse = (field: string, reason: string) => errors.push({ index: -1, field, reason })
  const { month: monthText, operation: operationText, data } = body
  const month = typeof monthText === 'string' ? readMonth(monthText.trim()) : null
  if (month && 'error' in month) refuse('month', month.error)
  else if (!month && monthText !== undefined && monthText !== null) {
    refuse('month', `must be a text such as "2024-08": received ${showValue(monthText)}`)
  }
  const operation = DROP_OPERATIONS.find((name) => name === (operationText ?? 'replace_drop'))
  if (!operation) refuse('operation', `is one of ${DROP_OPERATIONS.join(', ')}: received ${showValue(operationText)}`)
  if (!Array.isArray(data)) refuse('data', `must be an array of rows: received ${showValue(data)}`)
  else if (data.length === 0) refuse('data', 'must hold at least one row')
  return {
    errors,
    month: month && 'month' in month ? month.month : null,
    operation: operation ?? 'replace_drop',
    data: Array.isArray(data) ? (data as unknown[]) : [],
  }
}

/**
 * Reads the body of an AnyCost billing drop, all or nothing. `body` is what `lossless-json` parsed, so that no digit is
 * lost. All rows are of the drop's month (CloudZero docs, AnyCost Stream), which is the first row's where none is named.
 */
export function readDrop(body: unknown): { drop: Drop } | { errors: RecordError[] } {
  if (!isObject(body)) {
    const reason = `the request must be an object with a "data" array: received ${showValue(body)}`
    return { errors: [{ index: -1, field: 'body', reason }] }
  }
  const head = readHead(body)
  const { errors, operation, data } = head
  let { month } = head
  const rows: CbfRow[] = []
  const columns = new Set<string>()
  for (const [index, raw] of data.entries()) {
    if (errors.length >= MAX_ERRORS) break
    const reading = isObject(raw)
      ? readRow(raw)
      : { errors: [{ field: 'row', reason: `a row must be an object: received ${showValue(raw)}` }] }
    if ('errors' in reading) {
      errors.push(...reading.errors.map((error) => ({ index, ...error })))
      continue
    }
    const start = reading.row.get(USAGE_START) ?? ''
    month ??= start.slice(0, 7)
    if (!start.startsWith(month)) {
      errors.push({ index, field: USAGE_START, reason: `${start} is not in the month of the drop, ${month} (UTC)` })
    }
    for (const name of reading.row.keys()) columns.add(name)
    rows.push(reading.row)
    if (columns.size > MAX_COLUMNS) {
      errors.push({ index, field: 'row', reason: `a drop has at most ${MAX_COLUMNS} different columns` })
      break
    }
  }
  if (errors.length > 0 || month === null) return { errors: errors.slice(0, MAX_ERRORS) }
  return { drop: { month, operation, rows } }
}

/** `data[3] cost/cost: not a decimal number: received "x"`. */
export function describeError({ index, field, reason }: RecordError): string {
  return index < 0 ? `${field}: ${reason}` : `data[${index}] ${field}: ${reason}`
}

export function summariseErrors(errors: readonly RecordError[]): string {
  const [first] = errors
  if (!first) return 'the drop is not valid'
  return `${describeError(first)}${errors.length > 1 ? ` (and ${errors.length - 1} more)` : ''}`
}
