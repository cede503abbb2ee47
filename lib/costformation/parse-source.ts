import { readTransforms } from './parse-transform'
import type { Cursor, Properties, Reader } from './reader'
import { parseSource, type SourceScope } from './source'
import type { SourceReference, SourceSet } from './tree'

/** What the reading of every part of a dimension needs. */
export interface ReadContext extends SourceScope {
  reader: Reader
}

export const SOURCE_PROPERTIES = ['Source', 'Sources', 'CoalesceSources', 'Transforms'] as const

export function hasSourceProperties(properties: Properties): boolean {
  return SOURCE_PROPERTIES.some((name) => properties.has(name))
}

/**
 * The source set that holds at this level: its own, which replaces the inherited one with its transforms and all, or
 * else the one that it inherits. A level that names no source changes how the inherited ones are read.
 */
export function readSources({
  context,
  properties,
  inherited,
}: {
  context: ReadContext
  properties: Properties
  inherited: SourceSet | null
}): SourceSet | null {
  const { reader } = context
  const one = properties.get('Source')
  const many = properties.get('Sources')
  const coalesceProperty = properties.get('CoalesceSources')
  const transformsProperty = properties.get('Transforms')
  if (one !== undefined && many !== undefined) {
    reader.fail({ at: many.key, message: 'write either `Source` or `Sources`, not both' })
  }
  const coalesce = coalesceProperty && reader.flag(coalesceProperty)
  const transforms = transformsProperty && readTransforms({ cursor: transformsProperty, reader })
  const property = one ?? many
  if (property === undefined) {
    const how = coalesceProperty ?? transformsProperty
    if (how === undefined) return inherited
    if (inherited === null) {
      const name = how === coalesceProperty ? 'CoalesceSources' : 'Transforms'
      return reader.fail({ at: how.key, message: `\`${name}\` has no \`Source\` here to apply to` })
    }
    return { ...inherited, coalesce: coalesce ?? inherited.coalesce, transforms: transforms ?? inherited.transforms }
  }
  const references = reader
    .oneOrMore({ cursor: property, what: 'sources' })
    .flatMap((cursor) => readReference({ context, cursor }) ?? [])
  return { references, coalesce: coalesce ?? false, transforms: transforms ?? [], at: property.at }
}

export function readReference({ context, cursor }: { context: ReadContext; cursor: Cursor }): SourceReference | null {
  const { reader, ...scope } = context
  const text = reader.text({ cursor, what: 'a source' })
  if (text === null) return null
  const source = parseSource({ text: text.value, ...scope })
  if ('error' in source) return reader.fail({ at: text.at, message: source.error, suggestion: source.suggestion })
  return { source, at: text.at }
}
