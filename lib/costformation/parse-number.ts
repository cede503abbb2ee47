import { toUnits } from '../units'
import type { Cursor, Reader } from './reader'
import type { Decimal, Place } from './tree'

/** What a Decimal(38, 18) holds. */
const DECIMAL = /^\d{1,20}(?:\.\d{1,18})?$/
const PLAIN = /^\d+(?:\.\d+)?$/

export const HUNDRED = toUnits('100')

/** `what`: what is expected, such as `a weight above 0`; `isAllowed` looks at units of 10^-18. */
export function readDecimal({
  reader,
  cursor,
  what,
  isAllowed = () => true,
}: {
  reader: Reader
  cursor: Cursor
  what: string
  isAllowed?: (units: bigint) => boolean
}): { value: Decimal; at: Place } | null {
  const text = reader.text({ cursor, what })
  if (text === null) return null
  const { value, at } = text
  if (DECIMAL.test(value) && isAllowed(toUnits(value))) return text
  const message = `expected ${what}, as a plain decimal such as 12.5; \`${value}\` is none`
  const hasTooMany = PLAIN.test(value) && !DECIMAL.test(value)
  return reader.fail({
    at,
    message: hasTooMany ? `\`${value}\` has more than 20 digits before the point or 18 after it` : message,
  })
}

/** A whole number from 1 to `most`; `what` is expected, such as `a number of days`. */
export function readCount({
  reader,
  cursor,
  what,
  most,
}: {
  reader: Reader
  cursor: Cursor
  what: string
  most: number
}): number | null {
  const text = reader.text({ cursor, what })
  if (text === null) return null
  const count = /^\d{1,9}$/.test(text.value) ? Number(text.value) : 0
  if (count >= 1 && count <= most) return count
  return reader.fail({ at: text.at, message: `expected ${what} from 1 to ${most}; \`${text.value}\` is none` })
}
