import { isLosslessNumber } from 'lossless-json'
import { unstorableIn } from '../../storable-text'
import { type CanonicalFilter, showValue } from '../../telemetry/record'

/** CloudZero docs, allocation telemetry, Limits. */
export const MAX_FILTER_KEYS = 5
export const MAX_FILTER_VALUES = 20
/** Ours: PostgreSQL indexes these texts, and an index row holds 2,704 bytes. */
const MAX_TEXT_CHARACTERS = 512

/** What is wrong with a filter, and under which of its keys, as the sender wrote it. */
export interface FilterError {
  key: string | null
  reason: string
}
export type FilterReading = { filter: CanonicalFilter; keys: string[] } | { errors: FilterError[] }

export function isJsonObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !isLosslessNumber(value)
}

/** Why a text can't be stored and matched as it is, or null. */
export function textFault(text: string): string | null {
  if (!/\S/.test(text)) return `must not be empty: received ${showValue(text)}`
  if (text.length > MAX_TEXT_CHARACTERS) {
    return `at most ${MAX_TEXT_CHARACTERS} characters, has ${text.length}: received ${showValue(text)}`
  }
  if (unstorableIn(text)) {
    return `must not contain NUL or unpaired surrogates: received ${showValue(text)}`
  }
  return null
}

/**
 * Makes the reader for one request. Most records of a request repeat a few filters, so readings are kept, and equal
 * filters come back as the same object.
 */
export function createFilterReader({ canonicalKey }: { canonicalKey: (key: string) => string }) {
  const known = new Map<string, FilterReading>()
  return (filter: Record<string, unknown>): FilterReading => {
    const fingerprint = fingerprintOf(filter)
    const before = fingerprint === null ? undefined : known.get(fingerprint)
    if (before) return before
    const reading = readFilter({ filter, canonicalKey })
    if (fingerprint !== null) known.set(fingerprint, reading)
    return reading
  }
}

/** null = something else than texts and lists of texts: an error, not worth keeping. */
function fingerprintOf(filter: Record<string, unknown>): string | null {
  for (const key in filter) {
    const values = filter[key]
    if (typeof values === 'string') continue
    if (!Array.isArray(values) || !values.every((value) => typeof value === 'string')) return null
  }
  return JSON.stringify(filter)
}

function readFilter({
  filter,
  canonicalKey,
}: {
  filter: Record<string, unknown>
  canonicalKey: (key: string) => string
}): FilterReading {
  const errors: FilterError[] = []
  const found = new Map<string, { writtenAs: string; values: string[] }>()
  const sent = Object.keys(filter)
  if (sent.length > MAX_FILTER_KEYS) {
    const names = sent.slice(0, MAX_FILTER_KEYS + 1).map(showValue)
    errors.push({
      key: null,
      reason: `at most ${MAX_FILTER_KEYS} filter keys, received ${sent.length}: ${names.join(', ')}`,
    })
    return { errors }
  }
  for (const key of sent) {
    const fault = textFault(key)
    if (fault) {
      errors.push({ key, reason: `a filter key ${fault}` })
      continue
    }
    const canonical = canonicalKey(key)
    const twin = found.get(canonical)
    if (twin) {
      errors.push({
        key,
        reason: `filter keys ${showValue(twin.writtenAs)} and ${showValue(key)} are the same key, ${showValue(canonical)}`,
      })
      continue
    }
    const reading = readValues(filter[key])
    if ('reason' in reading) errors.push({ key, reason: `filter key ${showValue(key)}: ${reading.reason}` })
    else found.set(canonical, { writtenAs: key, values: reading.values })
  }
  if (errors.length > 0) return { errors }
  const keys = [...found.keys()].sort()
  // fromEntries defines its properties; assigning `__proto__` would not.
  return { filter: Object.fromEntries(keys.map((key) => [key, found.get(key)?.values ?? []])), keys }
}

function readValues(raw: unknown): { values: string[] } | { reason: string } {
  const list: unknown[] = Array.isArray(raw) ? raw : [raw]
  if (list.length === 0) return { reason: 'needs at least one value' }
  const values: string[] = []
  for (const value of list) {
    if (typeof value !== 'string') return { reason: `values must be strings: received ${showValue(value)}` }
    const fault = textFault(value)
    if (fault) return { reason: `a value ${fault}` }
    values.push(value)
  }
  if (values.length === 1) return { values }
  const distinct = [...new Set(values)].sort()
  if (distinct.length <= MAX_FILTER_VALUES) return { values: distinct }
  return { reason: `at most ${MAX_FILTER_VALUES} distinct values, received ${distinct.length}` }
}
