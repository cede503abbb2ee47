import { FOCUS_STRING_COLUMNS } from '../../costformation/focus-columns'
import { NATIVE_NAMES } from '../../costformation/natives'
import { suggest } from '../../costformation/nearest'
import { type FilterKey, parseFilterKey } from '../../costformation/source'
import type { Definition, Dimension } from '../../costformation/tree'

/** What the ids of /v2/billing may name. */
export interface KnownDimensions {
  definition: Definition
  /** Tag keys that some cost line has. */
  tags: readonly string[]
}

const PREFIXED = /^(tag|user:defined|cz:defined|custom):(.*)$/is

/** The one of them that is written so; else the only one that is, case aside. */
function pick<T>({ items, word, nameOf }: { items: readonly T[]; word: string; nameOf: (item: T) => string | null }) {
  const exact = items.find((item) => nameOf(item) === word)
  if (exact !== undefined) return exact
  const folded = word.toLowerCase()
  const near = items.filter((item) => nameOf(item)?.toLowerCase() === folded)
  return near.length === 1 ? near[0] : undefined
}

export const idOf = (dimension: Dimension): string => `User:Defined:${dimension.id}`

/** Every id that can be named, for suggestions. */
function candidates({ definition, tags }: KnownDimensions): string[] {
  const enabled = definition.dimensions.filter(({ disabled }) => !disabled)
  return [...NATIVE_NAMES, ...enabled.map(idOf), ...tags.map((tag) => `Tag:${tag}`), ...FOCUS_STRING_COLUMNS]
}

function find({ text, known }: { text: string; known: KnownDimensions }): FilterKey | null {
  const dimensions = known.definition.dimensions.filter(({ disabled }) => !disabled)
  const [, prefix = '', rest = ''] = PREFIXED.exec(text) ?? []
  switch (prefix.toLowerCase()) {
    case 'tag': {
      const key = pick({ items: known.tags, word: rest, nameOf: (tag) => tag })
      return key === undefined ? null : { kind: 'tag', key }
    }
    case 'user:defined':
    case 'cz:defined': {
      const dimension =
        pick({ items: dimensions, word: text, nameOf: ({ override }) => override }) ??
        pick({ items: dimensions, word: rest, nameOf: ({ id }) => id })
      return dimension ? { kind: 'dimensionName', name: dimension.name } : null
    }
    case 'custom': {
      const dimension = pick({ items: dimensions, word: rest, nameOf: ({ name }) => name })
      return dimension ? { kind: 'dimensionName', name: dimension.name } : null
    }
    default: {
      const key = parseFilterKey(text)
      return 'error' in key ? null : key
    }
  }
}

/**
 * What an id of /v2/billing names, in any case: a native (`Account`), `Tag:<key>`, `User:Defined:<Id>`, `CZ:Defined:<Id>`,
 * or any FOCUS column. CloudZero's longer form, `CZ:Service` or `CZ:Tag:env`, is understood too.
 */
export function resolveDimension({ id, known }: { id: string; known: KnownDimensions }): FilterKey | { error: string } {
  const text = id.trim().replace(/^cz:(?!defined:)/i, '')
  const key = find({ text, known })
  if (key) return key
  return { error: `no dimension \`${id.slice(0, 200)}\`${suggest({ word: text, candidates: candidates(known) })}` }
}

/** `group_by` comes once per id; ids joined by commas are taken apart where the whole is none. */
export function splitIds({ ids, known }: { ids: readonly string[]; known: KnownDimensions }): string[] {
  return ids.flatMap((id) => {
    if (!id.includes(',') || !('error' in resolveDimension({ id, known }))) return [id]
    return id
      .split(',')
      .map((part) => part.trim())
      .filter((part) => part !== '')
  })
}
