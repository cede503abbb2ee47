import { isLosslessNumber, parse as parseLossless } from 'lossless-json'
import type { LineFilter } from '../../allocation/relation'
import { showValue } from '../../telemetry/record'
import { type KnownDimensions, resolveDimension } from './dimension-id'

const MAX_FILTERS = 20
const MAX_VALUES = 1000

/** A value as a cost line has it; null asks for lines that have none. */
function readValue(value: unknown): string | undefined {
  if (typeof value === 'string') return value
  if (value === null) return ''
  if (isLosslessNumber(value)) return value.value
  return typeof value === 'boolean' ? String(value) : undefined
}

function readFilter({ id, given, known }: { id: string; given: unknown; known: KnownDimensions }) {
  const negate = id.startsWith('!')
  const key = resolveDimension({ id: negate ? id.slice(1) : id, known })
  if ('error' in key) return { error: key.error }
  const list = Array.isArray(given) ? given : [given]
  const values = list.map(readValue)
  const wrong = values.indexOf(undefined)
  if (wrong >= 0) return { error: `\`${id}\`: values must be texts: received ${showValue(list[wrong])}` }
  if (values.length === 0) return { error: `\`${id}\` needs at least one value` }
  if (values.length > MAX_VALUES) return { error: `\`${id}\`: at most ${MAX_VALUES} values, received ${values.length}` }
  return { key, values: values.filter((value) => value !== undefined), negate }
}

/**
 * `{"Region": ["us-east-1"], "!Account": "123456789012"}`: all of the ids, each with any of its values, or with `!` none
 * of them.
 */
export function readFilters({
  text,
  known,
}: {
  text: string
  known: KnownDimensions
}): { filters: LineFilter[] } | { error: string } {
  if (text.trim() === '') return { filters: [] }
  let document: unknown
  try {
    document = parseLossless(text)
  } catch (error) {
    return { error: `not valid JSON: ${error instanceof Error ? error.message.slice(0, 200) : String(error)}` }
  }
  if (typeof document !== 'object' || document === null || Array.isArray(document) || isLosslessNumber(document)) {
    return { error: `must be a JSON object of dimension ids and values: received ${showValue(document)}` }
  }
  const entries = Object.entries(document)
  if (entries.length > MAX_FILTERS) return { error: `at most ${MAX_FILTERS} dimensions, received ${entries.length}` }
  const filters: LineFilter[] = []
  for (const [id, given] of entries) {
    const filter = readFilter({ id, given, known })
    if ('error' in filter) return { error: String(filter.error) }
    filters.push(filter)
  }
  return { filters }
}
