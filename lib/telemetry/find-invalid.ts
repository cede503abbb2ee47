import { findNearest } from '../costformation/nearest'
import { parseFilterKey } from '../costformation/source'
import type { Definition } from '../costformation/tree'
import { database } from '../db/client'
import type { StreamModel } from '../db/generated/models'
import { KNOWN_VALUES_LIMIT, knownValues } from '../reports/known-values'

const hint = (word: string, candidates: Iterable<string>) => {
  const found = findNearest({ word, candidates })
  return found === null ? '' : ` Did you mean "${found}"?`
}

function invalidKey(key: string, definition: Definition): string | null {
  const parsed = parseFilterKey(key)
  if ('error' in parsed) return `The filter key "${key}" cannot be read: ${parsed.error}.`
  if (parsed.kind !== 'dimensionName') return null
  const enabled = definition.dimensions.filter((dimension) => !dimension.disabled)
  if (enabled.some((dimension) => dimension.name === parsed.name)) return null
  const disabled = definition.dimensions.some((dimension) => dimension.name === parsed.name)
  if (disabled) return `The dimension "${parsed.name}" is disabled.`
  return `There is no dimension named "${parsed.name}".${hint(
    parsed.name,
    enabled.map((dimension) => dimension.name),
  )}`
}

/**
 * Why a stream's filters cannot claim cost: a key that names no dimension, or a value that no cost line has. Such
 * telemetry is accepted and kept, and counts by itself once the name exists; it never allocates nothing in silence.
 */
export async function findInvalid({
  stream,
  definition,
}: {
  stream: StreamModel
  definition: Definition
}): Promise<string | null> {
  for (const key of stream.filterKeys) {
    const reason = invalidKey(key, definition)
    if (reason) return reason
  }
  if (stream.filterKeys.length === 0) return null
  const { prisma } = await database()
  const filters = await prisma.telemetryFilter.findMany({
    where: { streamId: stream.id, active: true },
    select: { canonical: true },
  })
  const used = stream.filterKeys.map(() => new Set<string>())
  for (const { canonical } of filters) {
    for (const [index, values] of (JSON.parse(canonical) as string[][]).entries()) {
      for (const value of values) used[index]?.add(value)
    }
  }
  for (const [index, key] of stream.filterKeys.entries()) {
    const values = await knownValues(key)
    // Of a key with more values than are looked at, nothing can be said.
    if (values.length >= KNOWN_VALUES_LIMIT) continue
    const known = new Set(values)
    const unknown = [...(used[index] ?? [])].filter((value) => !known.has(value))
    const [first] = unknown
    if (first === undefined) continue
    const more = unknown.length > 1 ? ` (and ${unknown.length - 1} more)` : ''
    if (known.size === 0) return `No cost has any value for "${key}" yet, so nothing matches "${first}"${more}.`
    return `No cost has the value "${first}" for "${key}"${more}.${hint(first, known)}`
  }
  return null
}
