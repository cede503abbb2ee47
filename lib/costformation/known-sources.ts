import type { DefinitionError } from '@/lib/contract/costformation'
import { findNearest } from './nearest'
import { sourceReferences } from './references'
import type { Source } from './source'
import type { Definition } from './tree'

/** What the cost lines that there are have; a source that none has may still come with the next bill. */
export interface KnownSources {
  tagKeys: Iterable<string>
  /** With their `x_`. */
  attributes: Iterable<string>
}

const LABEL = 'x_K8sLabel:'

/** A source that not every bill has: how the document names it, and what follows its prefix. */
function optionalPart(source: Source): { prefix: string; key: string } | null {
  switch (source.kind) {
    case 'tag':
      return { prefix: 'Tag:', key: source.key }
    case 'label':
      return { prefix: 'K8s:Label:', key: source.key }
    case 'attribute':
      return { prefix: '', key: source.key }
    default:
      return null
  }
}

/** Sources of the document that no cost line has, each with the nearest that one has. */
export function findUnknownSources({
  definition,
  known,
}: {
  definition: Definition
  known: KnownSources
}): DefinitionError[] {
  const attributes = new Set(known.attributes)
  const labels = [...attributes].filter((key) => key.startsWith(LABEL)).map((key) => key.slice(LABEL.length))
  const keysByPrefix = new Map([
    ['Tag:', new Set(known.tagKeys)],
    ['K8s:Label:', new Set(labels)],
    ['', attributes],
  ])
  const nearest = memoise(({ prefix, key }) => findNearest({ word: key, candidates: keysByPrefix.get(prefix) ?? [] }))
  return definition.dimensions
    .filter((dimension) => !dimension.disabled)
    .flatMap(sourceReferences)
    .flatMap(({ source, at }) => {
      const part = optionalPart(source)
      if (part === null || keysByPrefix.get(part.prefix)?.has(part.key)) return []
      const message = `no cost line has a source \`${part.prefix}${part.key}\``
      const found = nearest(part)
      if (found === null) return [{ message, ...at }]
      const suggestion = `${part.prefix}${found}`
      return [{ message: `${message}; did you mean \`${suggestion}\`?`, ...at, suggestion }]
    })
}

type Part = NonNullable<ReturnType<typeof optionalPart>>

/** A thousand rules that misspell one tag look it up once. */
function memoise(find: (part: Part) => string | null): (part: Part) => string | null {
  const found = new Map<string, string | null>()
  return (part) => {
    const name = `${part.prefix}${part.key}`
    const nearest = found.has(name) ? (found.get(name) ?? null) : find(part)
    found.set(name, nearest)
    return nearest
  }
}
