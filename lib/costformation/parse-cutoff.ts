import { HUNDRED, readDecimal } from './parse-number'
import type { Cursor, Reader } from './reader'
import type { AllocationDimension } from './tree'

/** Reads `ElementCutoff` (CloudZero: Element Cutoff Thresholds). */
export function readCutoff({
  reader,
  cursor,
}: {
  reader: Reader
  cursor: Cursor
}): AllocationDimension['elementCutoff'] {
  const properties = reader.map({ cursor, what: '`ThresholdPercent`, and the `Name` of what is cut off' })
  if (properties === null) return null
  reader.checkNames({ properties, known: ['ThresholdPercent', 'Name'], owner: '`ElementCutoff`' })
  const name = properties.get('Name')
  const element = name ? reader.text({ cursor: name, what: 'the element of what is cut off' }) : null
  const threshold = properties.get('ThresholdPercent')
  if (threshold === undefined) {
    return reader.fail({ at: cursor.at, message: '`ElementCutoff` needs `ThresholdPercent`, from 0 to below 100' })
  }
  const percent = readDecimal({
    reader,
    cursor: threshold,
    what: 'a percentage from 0 to below 100',
    isAllowed: (units) => units < HUNDRED,
  })
  return percent === null ? null : { thresholdPercent: percent.value, name: element?.value ?? null }
}
