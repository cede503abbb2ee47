import type { Properties, Reader } from './reader'
import { parseSource } from './source'
import type { SourceReference, SourceSet } from './tree'

/** What the reading of every part of a document needs. */
export interface ReadContext {
  reader: Reader
  dimensionIds: ReadonlySet<string>
}

export const SOURCE_PROPERTIES = ['Source', 'Sources'] as const
export const SOURCE_PROPERTIES_NOT_BUILT = ['CoalesceSources', 'Transforms'] as const

/** The source set that holds at this level: its own, or else the one that it inherits. */
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
  if (one !== undefined && many !== undefined) {
    reader.fail({ at: many.key, message: 'write either `Source` or `Sources`, not both' })
  }
  const property = one ?? many
  if (property === undefined) return inherited
  const cursors = property === one ? [one] : (reader.list({ cursor: property, what: 'sources' }) ?? [])
  const references: SourceReference[] = []
  for (const cursor of cursors) {
    const text = reader.text({ cursor, what: property === one ? 'one source; several go under `Sources`' : 'a source' })
    if (text === null) continue
    const source = parseSource({ text: text.value, dimensionIds: context.dimensionIds })
    if ('error' in source) reader.fail({ at: text.at, message: source.error })
    else references.push({ source, at: text.at })
  }
  return { references, coalesce: false, transforms: [], at: property.at }
}
