import { isLosslessNumber } from 'lossless-json'
import { unstorableIn } from '../../storable-text'
import { formatInstant, parseDecimal, parseTimestamp, showValue } from '../../telemetry/record'

/** A CBF row as a drop brings it: its columns as text, those without a value left out. */
export type CbfRow = Map<string, string>

export interface FieldError {
  field: string
  reason: string
}

export const USAGE_START = 'time/usage_start'
const USAGE_END = 'time/usage_end'
export const COST = 'cost/cost'
const REQUIRED = [USAGE_START, COST]
const DECIMALS = new Set([
  COST,
  'cost/discounted_cost',
  'cost/amortized_cost',
  'cost/discounted_amortized_cost',
  'cost/on_demand_cost',
  'usage/amount',
])
const MAX_NAME = 256
// The last instant that the warehouse's DateTime holds lies in 2106.
const LAST_TIME = new Date('2105-12-31T00:00:00Z')
const FIRST_YEAR = 1971

/** A value as text; null: none. undefined: it is neither a text nor a number. */
function readText(value: unknown): string | null | undefined {
  if (value === null) return null
  if (typeof value === 'string') return value.trim() === '' ? null : value
  if (isLosslessNumber(value)) return value.value
  if (typeof value === 'number' || typeof value === 'boolean') return String(value)
  return undefined
}

function readTime(text: string): { time: Date } | { error: string } {
  const parsed = parseTimestamp({ text: text.trim(), now: LAST_TIME })
  if ('error' in parsed) return parsed
  if (parsed.time.getUTCFullYear() < FIRST_YEAR)
    return { error: `lies before ${FIRST_YEAR}: received ${showValue(text)}` }
  return parsed
}

/** The value of a column in the form that it is kept in: times in UTC, numbers in plain notation with all their digits. */
function readColumn({ name, value }: { name: string; value: unknown }): { text: string | null } | { error: string } {
  if (name === '' || name.length > MAX_NAME) return { error: `a column has 1 to ${MAX_NAME} characters` }
  const text = readText(value)
  if (text === undefined) return { error: `must be a text or a number: received ${showValue(value)}` }
  const unstorable = unstorableIn(name) ?? (text === null ? null : unstorableIn(text))
  if (unstorable) return { error: `holds ${unstorable}, which cannot be stored` }
  if (text === null) return { text }
  if (DECIMALS.has(name)) {
    const decimal = parseDecimal(text.trim())
    return 'error' in decimal ? decimal : { text: decimal.value }
  }
  if (name === USAGE_START || name === USAGE_END) {
    const time = readTime(text)
    return 'error' in time ? time : { text: formatInstant(time.time) }
  }
  return { text }
}

/** All that is wrong with one row, or the row. The month is the caller's to check. */
export function readRow(raw: object): { row: CbfRow } | { errors: FieldError[] } {
  const row: CbfRow = new Map()
  const errors: FieldError[] = []
  for (const [name, value] of Object.entries(raw)) {
    const column = readColumn({ name, value })
    if ('error' in column) errors.push({ field: name.slice(0, MAX_NAME), reason: column.error })
    else if (column.text !== null) row.set(name, column.text)
  }
  const faulty = new Set(errors.map(({ field }) => field))
  for (const field of REQUIRED) {
    if (!row.has(field) && !faulty.has(field)) errors.push({ field, reason: 'is required' })
  }
  const [start, end] = [row.get(USAGE_START), row.get(USAGE_END)]
  if (start !== undefined && end !== undefined && end < start) {
    errors.push({ field: USAGE_END, reason: `lies before ${USAGE_START}: ${end} is earlier than ${start}` })
  }
  return errors.length > 0 ? { errors } : { row }
}
