import { isLosslessNumber } from 'lossless-json'
import {
  floorToBucket,
  formatInstant,
  GRANULARITIES,
  type Granularity,
  type ParsedRecord,
  parseDecimal,
  parseTimestamp,
  showValue,
  type TelemetryOperation,
} from '../../telemetry/record'
import { createFilterReader, isJsonObject, textFault } from './read-filter'

export interface FieldError {
  field: string
  reason: string
  /** The filter key at fault, as the sender wrote it. */
  filterKey?: string
}

/** A record with the filter keys it came with: null = it has no say in them (a delete of any filter). */
export interface RecordReading {
  record: ParsedRecord
  filterKeys: string[] | null
}

export interface RecordRules {
  operation: TelemetryOperation
  now: Date
  /** Files may say 0; over the API a value is > 0 (CloudZero docs). */
  allowZero: boolean
  canonicalKey: (key: string) => string
}

/** Makes the reader for one request or file; it remembers timestamps and filters, which repeat from record to record. */
export function createRecordReader({ operation, now, allowZero, canonicalKey }: RecordRules) {
  const readFilter = createFilterReader({ canonicalKey })
  const readTimestamp = createTimestampReader({ now })
  const deleting = operation === 'delete'

  return (raw: Record<string, unknown>): RecordReading | { errors: FieldError[] } => {
    const errors: FieldError[] = []
    const granularity = readGranularity(raw.granularity)
    if ('reason' in granularity) errors.push({ field: 'granularity', reason: granularity.reason })

    // Without a granularity the bucket is unknown, but the timestamp's own faults are still worth telling.
    const bucket = readTimestamp(raw.timestamp, 'reason' in granularity ? 'HOURLY' : granularity.granularity)
    if ('reason' in bucket) errors.push({ field: 'timestamp', reason: bucket.reason })

    const element = readElement(raw.element_name, deleting)
    if ('reason' in element) errors.push({ field: 'element_name', reason: element.reason })

    const value = readValue({ raw: raw.value, deleting, allowZero })
    if ('reason' in value) errors.push({ field: 'value', reason: value.reason })

    const sent = raw.filter ?? {}
    const filter = isJsonObject(sent)
      ? readFilter(sent)
      : { errors: [{ key: null, reason: `filter must be an object: received ${showValue(sent)}` }] }
    if ('errors' in filter) {
      for (const { key, reason } of filter.errors) {
        errors.push(key === null ? { field: 'filter', reason } : { field: 'filter', reason, filterKey: key })
      }
    }
    if ('reason' in granularity || 'reason' in bucket || 'reason' in element || 'reason' in value) return { errors }
    if ('errors' in filter) return { errors }

    const anyFilter = deleting && filter.keys.length === 0
    return {
      record: {
        bucketStart: bucket.bucketStart,
        granularity: granularity.granularity,
        filter: anyFilter ? null : filter.filter,
        element: element.element,
        value: value.value,
      },
      filterKeys: anyFilter ? null : filter.keys,
    }
  }
}

const GRANULARITY_READINGS = new Map(GRANULARITIES.map((granularity) => [granularity as string, { granularity }]))

const GRANULARITY_EXPECTED = `must be one of ${GRANULARITIES.join(', ')}`

function readGranularity(raw: unknown): { granularity: Granularity } | { reason: string } {
  if (raw === undefined || raw === null) return { reason: `granularity is required, it ${GRANULARITY_EXPECTED}` }
  // Some clients send lower case.
  const reading = typeof raw === 'string' ? GRANULARITY_READINGS.get(raw.toUpperCase()) : undefined
  return reading ?? { reason: `granularity ${GRANULARITY_EXPECTED}: received ${showValue(raw)}` }
}

type BucketReading = { bucketStart: string } | { reason: string }

function createTimestampReader({ now }: { now: Date }) {
  const known: Record<Granularity, Map<string, BucketReading>> = {
    HOURLY: new Map(),
    DAILY: new Map(),
    MONTHLY: new Map(),
  }
  return (raw: unknown, granularity: Granularity): BucketReading => {
    if (raw === undefined || raw === null) return { reason: 'timestamp is required' }
    if (typeof raw !== 'string') return { reason: `timestamp must be an ISO 8601 string: received ${showValue(raw)}` }
    const before = known[granularity].get(raw)
    if (before) return before
    const parsed = parseTimestamp({ text: raw, now })
    const reading =
      'error' in parsed
        ? { reason: parsed.error }
        : { bucketStart: formatInstant(floorToBucket({ time: parsed.time, granularity })) }
    known[granularity].set(raw, reading)
    return reading
  }
}

function readElement(raw: unknown, optional: boolean): { element: string | null } | { reason: string } {
  if (raw === undefined || raw === null) return optional ? { element: null } : { reason: 'element_name is required' }
  if (typeof raw !== 'string') return { reason: `element_name must be a string: received ${showValue(raw)}` }
  const fault = textFault(raw)
  return fault ? { reason: `element_name ${fault}` } : { element: raw }
}

function readValue({
  raw,
  deleting,
  allowZero,
}: {
  raw: unknown
  deleting: boolean
  allowZero: boolean
}): { value: string | null } | { reason: string } {
  if (raw === undefined || raw === null) return deleting ? { value: null } : { reason: 'value is required' }
  if (deleting) return { reason: `value is forbidden on delete: received ${showValue(raw)}` }
  const text = isLosslessNumber(raw) ? raw.value : typeof raw === 'number' ? String(raw) : raw
  if (typeof text !== 'string') return { reason: `value must be a number: received ${showValue(raw)}` }
  const parsed = parseDecimal(text)
  if ('error' in parsed) return { reason: parsed.error }
  if (parsed.value.startsWith('-') || (parsed.value === '0' && !allowZero)) {
    return { reason: `value must be ${allowZero ? '0 or more' : 'greater than 0'}: received ${showValue(raw)}` }
  }
  return { value: parsed.value }
}
