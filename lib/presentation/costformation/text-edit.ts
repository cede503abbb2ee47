import { isMap, isScalar } from 'yaml'
import { applyChanges, type Edit } from './text-change'
import {
  blockOf,
  collectionAt,
  indexIn,
  isFlow,
  nodeAt,
  openSource,
  type Path,
  placesOf,
  type Source,
} from './yaml-places'
import { yamlScalar } from './yaml-scalar'
import { flowText } from './yaml-text'

/** Writes a text in the place of a scalar. */
export function setScalar(source: Source, path: Path, value: string): Edit {
  const node = nodeAt(source, path)
  if (!isScalar(node) || !node.range || node.source === undefined) return null
  if (node.type === 'BLOCK_LITERAL' || node.type === 'BLOCK_FOLDED') return null
  const [from, to] = node.range
  // After `Name:` without a value there is no space yet.
  const gap = from === to && source.text.charAt(from - 1) === ':' ? ' ' : ''
  return [{ from, to, insert: gap + yamlScalar(value) }]
}

/** Replaces a scalar by a list in flow style. */
export function listInstead(source: Source, path: Path, values: readonly string[]): Edit {
  const node = nodeAt(source, path)
  if (!isScalar(node) || !node.range) return null
  return [{ from: node.range[0], to: node.range[1], insert: flowText([...values]) }]
}

export function renameKey(source: Source, path: Path, name: string): Edit {
  const parent = collectionAt(source, path.slice(0, -1))
  if (!isMap(parent)) return null
  const pair = parent.items[indexIn(parent, path.at(-1) ?? '')]
  if (!isScalar(pair?.key) || !pair.key.range) return null
  const [from, to] = pair.key.range
  return [{ from, to, insert: yamlScalar(name) }]
}

/** Swaps an item with its neighbour, each with its comments. */
export function moveAt(source: Source, path: Path, by: -1 | 1): Edit {
  const { text } = source
  const collection = collectionAt(source, path.slice(0, -1))
  if (!collection) return null
  const index = indexIn(collection, path.at(-1) ?? '')
  const places = placesOf(collection, text)
  const [first, second] = by === 1 ? [places[index], places[index + 1]] : [places[index - 1], places[index]]
  if (!first || !second) return null
  const [a, b] = isFlow(collection) ? [first, second] : [blockOf(first, text), blockOf(second, text)]
  if (!a || !b || a.end > b.start) return null
  return [
    {
      from: a.start,
      to: b.end,
      insert: text.slice(b.start, b.end) + text.slice(a.end, b.start) + text.slice(a.start, a.end),
    },
  ]
}

/** Makes an edit and looks whether YAML can still read the outcome: an alias may have lost its anchor. */
export function tryEdit(text: string, edit: (source: Source) => Edit): Edit {
  const source = openSource(text)
  const changes = source && edit(source)
  return changes && openSource(applyChanges(text, changes)) ? changes : null
}
