import { AppError, type InvalidParam } from '../errors'
import { unstorableIn } from '../storable-text'

/** Every text of a parsed value that cannot be kept, keys of objects included, by its path. */
function findUnstorable(value: unknown, path: readonly string[]): InvalidParam[] {
  if (typeof value === 'string') {
    const found = unstorableIn(value)
    return found ? [{ name: path.join('.'), reason: `holds ${found}, which cannot be stored` }] : []
  }
  if (Array.isArray(value)) return value.flatMap((item, index) => findUnstorable(item, [...path, String(index)]))
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([key, item]) => {
    const found = unstorableIn(key)
    if (found) return [{ name: path.join('.'), reason: `holds a key with ${found}, which cannot be stored` }]
    return findUnstorable(item, [...path, key])
  })
}

/** Refuses a part of a request (`what`: path, query, body) that holds texts which no database keeps as they are. */
export function refuseUnstorable({ what, value }: { what: string; value: unknown }): void {
  const invalid = findUnstorable(value, [])
  const [first] = invalid
  if (first) {
    throw new AppError('invalid_request', `${what}: ${first.name ? `${first.name} ` : ''}${first.reason}`, invalid)
  }
}
