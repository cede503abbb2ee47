import { isLosslessNumber } from 'lossless-json'

export const GRANULARITIES = ['HOURLY', 'DAILY', 'MONTHLY'] as const
export type Granularity = (typeof GRANULARITIES)[number]
export type TelemetryOperation = 'sum' | 'replace' | 'delete'

/** Canonical keys in sorted order, each with its sorted, distinct values. `{}` = all spend. */
export type CanonicalFilter = Record<string, string[]>

export interface ParsedRecord {
  /** ISO UTC, floored to the bucket: `2024-09-01T00:00:00Z`. */
  bucketStart: string
  granularity: Granularity
  /** null only on delete: whatever the filter. Records with equal filters share one object: never mutate it. */
  filter: CanonicalFilter | null
  /** null only on delete: whatever the element. */
  element: string | null
  /** A plain decimal; null only on delete. */
  value: string | null
}

export interface RecordError {
  /** 0-based index of the record; -1 = the request as a whole. */
  index: number
  field: string
  reason: string
  /** 1-based line, for files. */
  line?: number
}

const SHOWN_CHARACTERS = 100
// The decimal column of the telemetry tables: DECIMAL(38, 18).
const MAX_INTEGER_DIGITS = 20
const MAX_FRACTION_DIGITS = 18

/** The received value as error messages show it: quoted if text, cut after 100 characters, never a whole document. */
export function showValue(value: unknown): string {
  if (value === undefined) return 'nothing'
  if (Array.isArray(value)) return `an array of ${value.length}`
  if (isLosslessNumber(value)) return cut(value.value)
  if (typeof value === 'string') return JSON.stringify(cut(value))
  if (typeof value === 'object' && value !== null) return cut(`an object with keys ${JSON.stringify(firstKeys(value))}`)
  return cut(String(value))
}

function cut(text: string): string {
  return text.length > SHOWN_CHARACTERS ? `${text.slice(0, SHOWN_CHARACTERS)}…` : text
}

function firstKeys(value: object): string[] {
  return Object.keys(value).slice(0, 10).map(cut)
}

// Most values; a request has thousands of them.
const PLAIN_INTEGER = /^[1-9]\d{0,19}$/
const DECIMAL = /^(-?)(\d+(?:\.\d+)?|\.\d+)(?:[eE]([+-]?\d+))?$/

/**
 * A number in plain or E-notation as a plain decimal without superfluous zeros; every digit is kept or it is an error.
 * Refuses a leading plus, underscores, hexadecimal, NaN, Infinity and surrounding blanks.
 */
export function parseDecimal(text: string): { value: string } | { error: string } {
  if (PLAIN_INTEGER.test(text)) return { value: text }
  const match = DECIMAL.exec(text)
  if (!match) return { error: `not a decimal number: received ${showValue(text)}` }
  const [, sign = '', mantissa = '', exponent = '0'] = match
  const [integer = '', fraction = ''] = mantissa.split('.')
  const all = integer + fraction

  // Loops, since `/0+$/` takes quadratic time on long runs of zeros.
  let first = 0
  while (first < all.length && all[first] === '0') first++
  if (first === all.length) return { value: '0' }
  let end = all.length
  while (all[end - 1] === '0') end--

  // Where the point stands, counted from the first digit that is not 0. Compared with the limits before anything is
  // padded: `1e999999999` must not become a string of that length.
  const digits = all.slice(first, end)
  const point = integer.length - first + Number(exponent)
  if (point > MAX_INTEGER_DIGITS) {
    return { error: `more than ${MAX_INTEGER_DIGITS} digits before the decimal point: received ${showValue(text)}` }
  }
  if (digits.length - point > MAX_FRACTION_DIGITS) {
    return { error: `more than ${MAX_FRACTION_DIGITS} digits after the decimal point: received ${showValue(text)}` }
  }
  if (point <= 0) return { value: `${sign}0.${'0'.repeat(-point)}${digits}` }
  if (point >= digits.length) return { value: `${sign}${digits.padEnd(point, '0')}` }
  return { value: `${sign}${digits.slice(0, point)}.${digits.slice(point)}` }
}

const TIMESTAMP =
  /^(\d{4})-(\d{2})-(\d{2})(?:[Tt ](\d{2}):(\d{2})(?::(\d{2})(?:\.\d{1,12})?)?(?:[Zz]|([+-])(\d{2})(?::?(\d{2}))?)?)?$/
const MAX_OFFSET_MINUTES = 14 * 60
const HOUR = 3_600_000
const DAY = 24 * HOUR

/**
 * ISO 8601 as CloudZero's senders write it: date only, `T` or a space, naive (= UTC), `Z` or an offset. The fraction of
 * a second is dropped: the finest bucket is an hour.
 */
export function parseTimestamp({ text, now }: { text: string; now: Date }): { time: Date } | { error: string } {
  const match = TIMESTAMP.exec(text)
  if (!match) {
    return { error: `not an ISO 8601 timestamp such as "2024-09-01T00:00:00Z": received ${showValue(text)}` }
  }
  const [, year, month, day, hour = '0', minute = '0', second = '0', sign, offsetHour = '0', offsetMinute = '0'] = match
  const daysInMonth = new Date(Date.UTC(Number(year), Number(month), 0)).getUTCDate()
  const offset = Number(offsetHour) * 60 + Number(offsetMinute)
  const exists =
    isBetween(Number(month), 1, 12) &&
    isBetween(Number(day), 1, daysInMonth) &&
    Number(hour) < 24 &&
    Math.max(Number(minute), Number(second), Number(offsetMinute)) < 60 &&
    offset <= MAX_OFFSET_MINUTES
  if (!exists) return { error: `no such date or time: received ${showValue(text)}` }
  // Date.UTC takes the years 0 to 99 for 1900 to 1999. ClickHouse's DateTime starts in 1970 and wraps before it.
  const local = Date.UTC(Number(year), Number(month) - 1, Number(day), Number(hour), Number(minute), Number(second))
  const time = local + (sign === '-' ? offset : -offset) * 60_000
  if (Number(year) < 1000 || time < 0) return { error: `timestamp before 1970: received ${showValue(text)}` }
  if (time > now.getTime() + DAY) {
    return {
      error: `timestamp too far in the future: received ${showValue(text)}, more than a day after ${formatInstant(now)}`,
    }
  }
  return { time: new Date(time) }
}

function isBetween(value: number, low: number, high: number): boolean {
  return value >= low && value <= high
}

/** The start of the UTC hour, day or month that `time` lies in. In UTC all hours are equally long, and all days. */
export function floorToBucket({ time, granularity }: { time: Date; granularity: Granularity }): Date {
  if (granularity === 'MONTHLY') return new Date(Date.UTC(time.getUTCFullYear(), time.getUTCMonth(), 1))
  const length = granularity === 'HOURLY' ? HOUR : DAY
  return new Date(Math.floor(time.getTime() / length) * length)
}

/** ISO UTC to the second, the form of `bucketStart`. */
export function formatInstant(time: Date): string {
  return `${time.toISOString().slice(0, 19)}Z`
}
