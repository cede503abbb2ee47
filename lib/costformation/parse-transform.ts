import { isScalar } from 'yaml'
import { suggest } from './nearest'
import type { Cursor, Properties, Reader } from './reader'
import type { Text, Transform } from './tree'

const PLAIN = ['Lower', 'Upper', 'Title', 'Trim', 'Clean', 'Normalize'] as const
const TYPES: readonly string[] = [...PLAIN, 'Split']

/** No value has more parts, and the engine's positions are 64-bit. */
const MAX_INDEX = 1_000_000

/** Reads `Transforms`: a list of `{Type: Lower}` and the like, or of the bare types. */
export function readTransforms({ cursor, reader }: { cursor: Cursor; reader: Reader }): Transform[] {
  const items = reader.list({ cursor, what: 'transforms' }) ?? []
  return items.flatMap((item) => readTransform({ cursor: item, reader }) ?? [])
}

function readTransform({ cursor, reader }: { cursor: Cursor; reader: Reader }): Transform | null {
  const isBare = isScalar(cursor.node)
  const properties: Properties | null = isBare
    ? new Map([['Type', { ...cursor, key: cursor.at }]])
    : reader.map({ cursor, what: 'a transform such as `Type: Lower`' })
  if (properties === null) return null
  const typeProperty = properties.get('Type')
  if (typeProperty === undefined) {
    return reader.fail({ at: cursor.at, message: `the transform needs a \`Type\`: ${TYPES.join(', ')}` })
  }
  const type = reader.text({ cursor: typeProperty, what: 'the type of a transform' })
  if (type === null) return null
  const plain = PLAIN.find((known) => known === type.value)
  if (plain !== undefined) {
    reader.checkNames({ properties, known: ['Type'], owner: `the ${plain} transform` })
    return { type: plain, at: cursor.at }
  }
  if (type.value === 'Split') return readSplit({ properties, reader, cursor })
  const hint = suggest({ word: type.value, candidates: TYPES }) || `: ${TYPES.join(', ')}`
  return reader.fail({ at: type.at, message: `no transform \`${type.value}\`${hint}` })
}

function readSplit({
  properties,
  reader,
  cursor,
}: {
  properties: Properties
  reader: Reader
  cursor: Cursor
}): Transform | null {
  reader.checkNames({ properties, known: ['Type', 'Delimiter', 'Index'], owner: 'the Split transform' })
  const delimiter = readRequired({ properties, reader, cursor, name: 'Delimiter', what: 'the text to split at' })
  const position = readRequired({ properties, reader, cursor, name: 'Index', what: 'the number of a part' })
  if (delimiter === null || position === null) return null
  const index = /^-?\d+$/.test(position.value) ? Number(position.value) : 0
  if (index !== 0 && Math.abs(index) <= MAX_INDEX) {
    return { type: 'Split', delimiter: delimiter.value, index, at: cursor.at }
  }
  const message = `\`Index\` counts the parts from 1, or from the last as -1, up to ${MAX_INDEX}; \`${position.value}\` is none of them`
  return reader.fail({ at: position.at, message })
}

function readRequired(options: {
  properties: Properties
  reader: Reader
  cursor: Cursor
  name: string
  what: string
}): Text | null {
  const { properties, reader, cursor, name, what } = options
  const property = properties.get(name)
  return property
    ? reader.text({ cursor: property, what })
    : reader.fail({ at: cursor.at, message: `the Split transform needs \`${name}\`: ${what}` })
}
