import { createFilterReader } from '../wire/cloudzero/read-filter'
import { compareShape } from '../wire/cloudzero/same-shape'
import { type Granularity, showValue } from './record'

const FIELDS = ['timestamp', 'granularity', 'element_name', 'value'] as const
type Field = (typeof FIELDS)[number]

/** Where each field stands in a row. */
export interface TelemetryColumns {
  /** The headers as the file has them, without a last `reason`, which our own list of rejected rows ends with. */
  names: string[]
  /** Cells that a row must have. */
  headerWidth: number
  timestamp: number
  /** null = no such column: the stream's granularity holds. */
  granularity: number | null
  granularityOfStream: Granularity | null
  element_name: number
  value: number
  /** Every other column; its header is the filter key. */
  filters: { index: number; header: string }[]
  /** Canonical, sorted. */
  filterKeys: string[]
}

export interface ColumnError {
  field: string
  reason: string
}

/**
 * Reads a header: the fields in any order and case, each once, every other column a filter key. `granularity` and
 * `filterKeys` are the stream's, null where they are not fixed yet; a stream's granularity stands in for its column.
 */
export function readColumns({
  header,
  granularity,
  filterKeys,
  canonicalKey,
}: {
  header: string[]
  granularity: Granularity | null
  filterKeys: string[] | null
  canonicalKey: (key: string) => string
}): { columns: TelemetryColumns } | { errors: ColumnError[] } {
  const names = header.at(-1)?.toLowerCase() === 'reason' ? header.slice(0, -1) : header
  const errors: ColumnError[] = []
  const places = new Map<Field, number>()
  const filters = new Map<string, number>()

  for (const [index, name] of names.entries()) {
    const field = FIELDS.find((known) => known === name.toLowerCase())
    if (name === '') errors.push({ field: `column ${index + 1}`, reason: `column ${index + 1} has no name` })
    else if (field ? places.has(field) : filters.has(name)) {
      errors.push({ field: name, reason: `the column ${showValue(name)} is there twice` })
    } else if (field) places.set(field, index)
    else filters.set(name, index)
  }
  for (const field of FIELDS) {
    if (places.has(field) || (field === 'granularity' && granularity !== null)) continue
    errors.push({
      field,
      reason: `the column "${field}" is missing: found ${names.map(showValue).join(', ')}`,
    })
  }
  const [timestamp, element, value] = [places.get('timestamp'), places.get('element_name'), places.get('value')]
  if (errors.length > 0 || timestamp === undefined || element === undefined || value === undefined) return { errors }

  // The header alone decides the keys: their limits and twins are those of a filter with any values.
  const anyValues = Object.fromEntries([...filters.keys()].map((key) => [key, 'any']))
  const reading = createFilterReader({ canonicalKey })(anyValues)
  if ('errors' in reading) {
    return { errors: reading.errors.map(({ key, reason }) => ({ field: key ?? 'filter', reason })) }
  }
  const shape = { owner: 'the stream', granularity: null, filterKeys }
  const faults = compareShape({ shape, granularity: 'DAILY', filterKeys: reading.keys, partialKeys: false })
  if (faults.length > 0) return { errors: faults }

  return {
    columns: {
      names,
      headerWidth: header.length,
      timestamp,
      granularity: places.get('granularity') ?? null,
      granularityOfStream: granularity,
      element_name: element,
      value,
      filters: [...filters].map(([key, index]) => ({ header: key, index })),
      filterKeys: reading.keys,
    },
  }
}
