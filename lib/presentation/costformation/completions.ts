import { FOCUS_STRING_COLUMNS } from '@/lib/costformation/focus-columns'
import { NATIVE_NAMES } from '@/lib/costformation/natives'
import type { CompletionContext } from './completion-context'
import { GRAMMAR, type Property } from './grammar'
import { yamlScalar } from './yaml-scalar'

export interface Suggestion {
  label: string
  detail: string
  /** What is written. */
  insert: string
  kind: 'property' | 'source' | 'value' | 'keyword'
  /** Higher comes first among equally good matches. */
  boost: number
}

/** What there is in the workspace and in the document that sources and streams can name. */
export interface Vocabulary {
  tagKeys: readonly string[]
  attributes: readonly string[]
  dimensions: readonly { id: string; name: string }[]
  streams: readonly string[]
}

function insertProperty({ name, property, context }: { name: string; property: Property; context: CompletionContext }) {
  if (context.isKey) return name
  const { value, list } = property
  const nested = list === 'list' || value.kind === 'map'
  if (!nested) return `${name}: `
  if (context.inFlow) return `${name}: ${list === 'list' ? '[' : '{'}`
  const indent = ' '.repeat(context.indent + 2)
  return `${name}:\n${indent}${list === 'list' ? '- ' : ''}`
}

function properties(context: CompletionContext & { wants: 'property' }): Suggestion[] {
  return Object.entries(GRAMMAR[context.position])
    .filter(([name]) => context.isKey || !context.present.includes(name))
    .map(([name, property], index) => ({
      label: name,
      detail: property.hint,
      insert: insertProperty({ name, property, context }),
      kind: 'property',
      boost: -index,
    }))
}

/** Every source that can be named: what the bills have, before what they could have. */
export function sourceNames({ tagKeys, attributes, dimensions }: Vocabulary): { name: string; detail: string }[] {
  return [
    ...NATIVE_NAMES.map((name) => ({ name, detail: 'of every bill' })),
    ...tagKeys.map((key) => ({ name: `Tag:${key}`, detail: 'tag' })),
    ...dimensions.map(({ id, name }) => ({
      name: `User:Defined:${id}`,
      detail: name === id ? 'dimension' : `dimension ${name}`,
    })),
    ...attributes.map((name) => ({ name, detail: 'column of the bill' })),
    ...FOCUS_STRING_COLUMNS.map((name) => ({ name, detail: 'FOCUS column' })),
  ]
}

const asValue = (text: string, detail: string, kind: Suggestion['kind'], index: number): Suggestion => ({
  label: text,
  detail,
  insert: yamlScalar(text),
  kind,
  boost: -index / 100,
})

/** What a context allows, in the order of likelihood. `values`: those that really occur under the context's sources. */
export function suggest({
  context,
  vocabulary,
  values,
}: {
  context: CompletionContext
  vocabulary: Vocabulary
  values: readonly { value: string; detail: string }[]
}): Suggestion[] {
  if (context.wants === 'property') return properties(context)
  const { value, siblings } = context
  const fresh = (suggestion: Suggestion) => !siblings.includes(suggestion.label)
  switch (value.kind) {
    case 'enum':
      return value.values.map((text, index) => ({ ...asValue(text, '', 'keyword', index), insert: text }))
    case 'flag':
      return ['true', 'false'].map((text, index) => ({ ...asValue(text, '', 'keyword', index), insert: text }))
    case 'source':
      return sourceNames(vocabulary)
        .map(({ name, detail }, index) => asValue(name, detail, 'source', index))
        .filter(fresh)
    case 'stream':
      return vocabulary.streams.map((name, index) => asValue(name, 'stream', 'value', index)).filter(fresh)
    case 'values':
      return values.map((found, index) => asValue(found.value, found.detail, 'value', index)).filter(fresh)
    default:
      return []
  }
}

/** The key under which the values of a source are asked for; null for one that is no key. */
export function valuesKey(source: string, dimensions: Vocabulary['dimensions']): string | null {
  const [, id] = /^(?:User|CZ):Defined:(.+)$/i.exec(source) ?? []
  if (id === undefined) return /^Tag:/i.test(source) ? `tag:${source.slice(4)}` : source
  const dimension = dimensions.find((known) => known.id === id)
  return dimension ? `custom:${dimension.name}` : null
}
