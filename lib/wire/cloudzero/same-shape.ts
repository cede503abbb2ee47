import type { Granularity } from '../../telemetry/record'
import type { FieldError } from './read-record'

const SAME_KEYS = 'all records in a stream must contain the same filter keys'
const SAME_GRANULARITY = 'all records in a stream must have the same granularity as the stream'

/** What every record has to agree with, and whose it is: `record 0`, `stream "rds-writes"`. */
export interface Shape {
  owner: string
  granularity: Granularity | null
  filterKeys: string[] | null
}

/** How a record differs from the shape; null on either side means that it is not fixed yet, or has no say. */
export function compareShape({
  shape,
  granularity,
  filterKeys,
  partialKeys,
}: {
  shape: Shape
  granularity: Granularity
  filterKeys: string[] | null
  /** On delete a record may name fewer keys, never others. */
  partialKeys: boolean
}): FieldError[] {
  const errors: FieldError[] = []
  if (shape.granularity !== null && granularity !== shape.granularity) {
    const difference = `${shape.owner} is ${shape.granularity}, received ${granularity}`
    errors.push({ field: 'granularity', reason: `${SAME_GRANULARITY}: ${difference}` })
  }
  if (shape.filterKeys === null || filterKeys === null) return errors
  const expected = shape.filterKeys
  const fits =
    filterKeys.every((key) => expected.includes(key)) && (partialKeys || filterKeys.length === expected.length)
  if (!fits) {
    const difference = `${shape.owner} has ${listKeys(expected)}, received ${listKeys(filterKeys)}`
    errors.push({ field: 'filter', reason: `${SAME_KEYS}: ${difference}` })
  }
  return errors
}

function listKeys(keys: string[]): string {
  return keys.length === 0 ? 'none' : keys.map((key) => JSON.stringify(key)).join(', ')
}
