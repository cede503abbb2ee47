import type { VersionSummary } from '../contract/definition-versions'
import type { Definition, Dimension } from '../costformation/tree'

/** What a dimension means, whatever its place in the document: two of the same meaning give the same text. */
export function meaningOf(dimension: Dimension): string {
  return JSON.stringify(dimension, (name, value) => (name === 'at' || name === 'nameAt' ? undefined : value))
}

/** What changed from one definition to the next, by the dimensions' ids. */
export function compareDefinitions({ before, after }: { before: Definition; after: Definition }): VersionSummary {
  const old = new Map(before.dimensions.map((dimension) => [dimension.id, meaningOf(dimension)]))
  const next = new Map(after.dimensions.map((dimension) => [dimension.id, meaningOf(dimension)]))
  const added = [...next.keys()].filter((id) => !old.has(id))
  const removed = [...old.keys()].filter((id) => !next.has(id))
  const changed = [...next.keys()].filter((id) => old.has(id) && old.get(id) !== next.get(id))
  return { added, changed, removed, only_text: added.length + changed.length + removed.length === 0 }
}
