import { isMap } from 'yaml'
import type { Cursor, Reader } from './reader'
import type { MetadataRule, Text } from './tree'

type MetadataValue = MetadataRule['values'][number]

/** Reads the `Values` of a Metadata rule: texts, or `{name: [alternatives]}`; a name is an alternative of its own. */
export function readMetadataValues({ cursor, reader }: { cursor: Cursor; reader: Reader }): MetadataValue[] {
  const items = reader.list({ cursor, what: 'values' }) ?? []
  return items.flatMap((item) => {
    if (isMap(item.node)) return readAlternatives({ cursor: item, reader })
    const name = reader.text({ cursor: item, what: 'a text to look for, or `name: [alternatives]`' })
    return name === null ? [] : [{ name, alternatives: [name] }]
  })
}

function readAlternatives({ cursor, reader }: { cursor: Cursor; reader: Reader }): MetadataValue[] {
  const named = reader.map({ cursor, what: '`name: [alternatives]`' }) ?? new Map()
  if (named.size === 0) reader.fail({ at: cursor.at, message: 'expected `name: [alternatives]`; it is an empty map' })
  return [...named].flatMap(([value, property]) => {
    if (value === '') return reader.fail({ at: property.key, message: 'an element needs a name' }) ?? []
    const name: Text = { value, at: property.key }
    const alternatives = reader
      .oneOrMore({ cursor: property, what: 'alternatives' })
      .flatMap((alternative) => reader.text({ cursor: alternative, what: 'a text to look for' }) ?? [])
    return { name, alternatives: [name, ...alternatives] }
  })
}
