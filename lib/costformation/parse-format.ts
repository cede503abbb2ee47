import type { ReadContext } from './parse-source'
import type { Property } from './reader'

/** Reads a `Format`: `{0}` is the first source. A brace that is not around a number is literal text. */
export function readFormat({
  context: { reader },
  property,
  count,
}: {
  context: ReadContext
  property: Property
  count: number
}): (string | number)[] {
  const text = reader.text({ cursor: property, what: 'a format such as `{0} ({1})`' })
  if (text === null) return []
  const pieces = text.value.split(/\{(\d+)\}/)
  const format = pieces.map((piece, index) => (index % 2 === 1 ? Number(piece) : piece)).filter((part) => part !== '')
  for (const part of format) {
    if (typeof part === 'number' && part >= count) {
      const range = count === 1 ? 'only {0}' : `{0} to {${count - 1}}`
      reader.fail({ at: text.at, message: `\`{${part}}\` has no source: there is ${range}` })
    }
  }
  if (!format.some((part) => typeof part === 'number')) {
    reader.fail({ at: text.at, message: 'the format uses no source: write `{0}` for the first' })
  }
  return format
}
