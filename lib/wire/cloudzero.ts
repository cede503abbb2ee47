import {
  type Granularity,
  type ParsedRecord,
  type RecordError,
  showValue,
  type TelemetryOperation,
} from '../telemetry/record'
import { isJsonObject } from './cloudzero/read-filter'
import { createRecordReader } from './cloudzero/read-record'
import { compareShape, type Shape } from './cloudzero/same-shape'

export interface ParsedTelemetry {
  ok: true
  records: ParsedRecord[]
  granularity: Granularity
  /** Canonical, sorted. On delete those that any record names, null when none does. */
  filterKeys: string[] | null
}
export type TelemetryParse = ParsedTelemetry | { ok: false; errors: RecordError[] }

/** More than that helps nobody to mend a request. */
export const MAX_ERRORS = 100

/**
 * Reads the body of CloudZero's `/telemetry/allocation/{stream}/{operation}`, all or nothing.
 * `body` is what `lossless-json` parsed, so that no digit of a value is lost; ordinary numbers do as well.
 * Source: CloudZero docs, Allocation Telemetry; unknown further fields are ignored, as CloudZero does.
 */
export function parseTelemetry({
  operation,
  body,
  now,
  allowZero = false,
  canonicalKey = (key) => key,
}: {
  operation: TelemetryOperation
  body: unknown
  now: Date
  allowZero?: boolean
  canonicalKey?: (key: string) => string
}): TelemetryParse {
  if (!isJsonObject(body)) {
    return refuse('body', `the request must be an object with a "records" array: received ${showValue(body)}`)
  }
  const list = body.records
  if (!Array.isArray(list)) return refuse('records', `records must be an array: received ${showValue(list)}`)
  if (list.length === 0) return refuse('records', 'records must hold at least one record')

  const deleting = operation === 'delete'
  const read = createRecordReader({ operation, now, allowZero, canonicalKey })
  const records: ParsedRecord[] = []
  const errors: RecordError[] = []
  const keys = new Set<string>()
  let shape: (Shape & { granularity: Granularity }) | null = null

  for (const [index, raw] of list.entries()) {
    if (errors.length >= MAX_ERRORS) break
    if (!isJsonObject(raw)) {
      errors.push({ index, field: 'record', reason: `a record must be an object: received ${showValue(raw)}` })
      continue
    }
    const reading = read(raw)
    if ('errors' in reading) {
      for (const { field, reason } of reading.errors) errors.push({ index, field, reason })
      continue
    }
    // The first good record says what the others have to look like; deletes may each name other keys.
    const { record, filterKeys } = reading
    shape ??= { owner: `record ${index}`, granularity: record.granularity, filterKeys: deleting ? null : filterKeys }
    for (const fault of compareShape({ shape, granularity: record.granularity, filterKeys, partialKeys: deleting })) {
      errors.push({ index, ...fault })
    }
    records.push(record)
    for (const key of filterKeys ?? []) keys.add(key)
  }
  if (errors.length > 0 || shape === null) return { ok: false, errors: errors.slice(0, MAX_ERRORS) }
  const filterKeys = deleting && keys.size === 0 ? null : [...keys].sort()
  return { ok: true, records, granularity: shape.granularity, filterKeys }
}

function refuse(field: string, reason: string): TelemetryParse {
  return { ok: false, errors: [{ index: -1, field, reason }] }
}

/**
 * Whether parsed records fit the stream they are for: its granularity and filter keys, where they are fixed already
 * (null = not yet). On delete a record may name fewer keys than the stream, never others. Empty = it fits.
 */
export function checkAgainstStream({
  stream,
  parsed,
  operation,
}: {
  stream: { name: string; granularity: Granularity | null; filterKeys: string[] | null }
  parsed: ParsedTelemetry
  operation: TelemetryOperation
}): RecordError[] {
  const shape = { ...stream, owner: `stream ${showValue(stream.name)}` }
  const partialKeys = operation === 'delete'
  const errors: RecordError[] = []
  // Records that are added agree with each other, so the first one speaks for all of them.
  const judged = partialKeys ? parsed.records : parsed.records.slice(0, 1)
  for (const [index, record] of judged.entries()) {
    const filterKeys = record.filter === null ? null : Object.keys(record.filter).sort()
    for (const { field, reason } of compareShape({ shape, granularity: record.granularity, filterKeys, partialKeys })) {
      errors.push({ index, field, reason })
    }
    if (errors.length >= MAX_ERRORS) break
  }
  return errors.slice(0, MAX_ERRORS)
}
