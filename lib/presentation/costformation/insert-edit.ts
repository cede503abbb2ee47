import { isCollection, isMap, isScalar, isSeq } from 'yaml'
import type { Edit } from './text-change'
import {
  blockOf,
  type Collection,
  collectionAt,
  columnOf,
  indexIn,
  isFlow,
  lineEnd,
  nodeAt,
  type Path,
  placesOf,
  type Source,
} from './yaml-places'
import { yamlScalar } from './yaml-scalar'
import { blockText, flowText, pairText } from './yaml-text'

function insertFlow({ source, collection, index, text }: Insertion & { text: string }): Edit {
  const places = placesOf(collection, source.text)
  const range = collection.range
  if (!range) return null
  const before = places[index - 1]
  if (before) return [{ from: before.end, to: before.end, insert: `, ${text}` }]
  const next = places[index]
  return [{ from: range[0] + 1, to: range[0] + 1, insert: next ? `${text}, ` : text }]
}

interface Insertion {
  source: Source
  collection: Collection
  /** Of the new item. */
  index: number
}

function insertBlock({ source, collection, index, write }: Insertion & { write: (indent: number) => string }): Edit {
  const { text } = source
  const places = placesOf(collection, text)
  const first = places[0]
  if (!first) return null
  const indent = columnOf(text, first.start)
  const before = places[index - 1]
  const written = write(indent)
  if (before) {
    // The first item may share its line with a dash; where it ends does not depend on that.
    const end = blockOf(before, text)?.end ?? lineEnd(text, before.end)
    return [{ from: end, to: end, insert: `\n${' '.repeat(indent)}${written}` }]
  }
  const block = blockOf(first, text)
  if (!block) return [{ from: first.start, to: first.start, insert: `${written}\n${' '.repeat(indent)}` }]
  return [{ from: block.start, to: block.start, insert: `${' '.repeat(indent)}${written}\n` }]
}

/** The first item of what is empty so far: `Rules:`, `Rules: []`, or an empty document. */
function fillEmpty({ source, path, value }: { source: Source; path: Path; value: unknown }): Edit {
  const { text, document } = source
  const node = nodeAt(source, path)
  if (path.length === 0) {
    const start = document.contents?.range?.[0] ?? text.length
    const gap = text.slice(0, start).trim() === '' || text.charAt(start - 1) === '\n' ? '' : '\n'
    const end = document.contents?.range?.[1] ?? start
    return [{ from: start, to: end, insert: `${gap}${blockText(value, 0)}\n` }]
  }
  const parent = collectionAt(source, path.slice(0, -1))
  if (!parent) return null
  const range = (node as { range?: [number, number, number] | null } | undefined)?.range
  const place = placesOf(parent, text)[indexIn(parent, path.at(-1) ?? '')]
  if (!range || !place) return null
  if (isFlow(parent))
    return [{ from: range[0], to: range[1], insert: `${range[0] === range[1] ? ' ' : ''}${flowText(value)}` }]
  const indent = columnOf(text, place.start) + 2
  const end = lineEnd(text, place.end)
  const removed = { from: text.slice(0, range[0]).trimEnd().length, to: range[1], insert: '' }
  const added = { from: end, to: end, insert: `\n${' '.repeat(indent)}${blockText(value, indent)}` }
  return range[0] === range[1] ? [added] : [removed, added]
}

const isEmptyNode = (node: unknown): boolean =>
  node === null ||
  node === undefined ||
  (isScalar(node) && node.value === null) ||
  (isCollection(node) && node.items.length === 0)

/** Adds an item to a list, by default at its end. The list may be empty or not there yet. */
export function insertItem(source: Source, path: Path, value: unknown, index?: number): Edit {
  const node = nodeAt(source, path)
  if (isEmptyNode(node)) {
    const parent = collectionAt(source, path.slice(0, -1))
    const key = path.at(-1)
    if (node === undefined && isMap(parent) && typeof key === 'string') {
      return insertProperty({ source, path: path.slice(0, -1), key, value: [value] })
    }
    return fillEmpty({ source, path, value: [value] })
  }
  if (!isSeq(node)) return null
  const at = index ?? node.items.length
  if (isFlow(node)) return insertFlow({ source, collection: node, index: at, text: flowText(value) })
  const write = (indent: number) => `- ${blockText(value, indent + 2)}`
  return insertBlock({ source, collection: node, index: at, write })
}

/** Adds a property to a map: behind `after`, where the map has that, or else at its end. */
export function insertProperty({
  source,
  path,
  key,
  value,
  after,
}: {
  source: Source
  path: Path
  key: string
  value: unknown
  after?: string | undefined
}): Edit {
  const node = nodeAt(source, path)
  if (isEmptyNode(node)) {
    const parentKey = path.at(-1)
    const parent = collectionAt(source, path.slice(0, -1))
    const isInMap = isMap(parent) || (path.length === 1 && isEmptyNode(nodeAt(source, [])))
    if (node === undefined && isInMap && typeof parentKey === 'string') {
      return insertProperty({ source, path: path.slice(0, -1), key: parentKey, value: { [key]: value } })
    }
    return fillEmpty({ source, path, value: { [key]: value } })
  }
  if (!isMap(node)) return null
  const found = after === undefined ? -1 : indexIn(node, after)
  const index = found < 0 ? node.items.length : found + 1
  if (isFlow(node)) {
    return insertFlow({ source, collection: node, index, text: `${yamlScalar(key)}: ${flowText(value)}` })
  }
  return insertBlock({ source, collection: node, index, write: (indent) => pairText({ key, value, indent }) })
}
