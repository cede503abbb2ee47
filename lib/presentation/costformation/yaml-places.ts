import {
  type CST,
  type Document,
  isCollection,
  isMap,
  isPair,
  isScalar,
  isSeq,
  type Pair,
  parseDocument,
  type YAMLMap,
  type YAMLSeq,
} from 'yaml'

/** Keys and indices from the root. */
export type Path = readonly (string | number)[]

/** A document whose YAML has no errors, with the text that it was read from. */
export interface Source {
  text: string
  document: Document.Parsed
}

/** Where an item of a collection stands: its own text, without the comments around it. */
export interface Place {
  start: number
  end: number
}

export type Collection = YAMLMap | YAMLSeq

export function openSource(text: string): Source | null {
  try {
    const document = parseDocument(text, { keepSourceTokens: true, prettyErrors: false, uniqueKeys: false })
    return document.errors.length > 0 ? null : { text, document }
  } catch (error) {
    // Nested deeper than the parser's stack.
    if (error instanceof RangeError) return null
    throw error
  }
}

export function nodeAt({ document }: Source, path: Path): unknown {
  return path.length === 0 ? document.contents : document.getIn(path, true)
}

export function collectionAt(source: Source, path: Path): Collection | null {
  const node = nodeAt(source, path)
  return isMap(node) || isSeq(node) ? node : null
}

export function isFlow(collection: Collection): boolean {
  return collection.flow === true
}

export function keyOf(pair: Pair): string | null {
  return isScalar(pair.key) ? String(pair.key.value ?? '') : null
}

/** The position of a key or an index among a collection's items; -1 where there is none. */
export function indexIn(collection: Collection, step: string | number): number {
  if (isSeq(collection)) return typeof step === 'number' && step < collection.items.length ? step : -1
  return collection.items.findIndex((pair) => keyOf(pair) === String(step))
}

const isLayout = ({ type }: CST.SourceToken) => type === 'space' || type === 'newline' || type === 'comment'

function endOfNode(node: unknown, text: string): number {
  if (isPair(node)) {
    const end = node.value === null ? -1 : endOfNode(node.value, text)
    return end >= 0 ? end : endOfNode(node.key, text)
  }
  if (isCollection(node) && node.flow !== true && node.items.length > 0) return endOfNode(node.items.at(-1), text)
  const range = (node as { range?: [number, number, number] | null } | null)?.range
  if (!range) return -1
  // A block scalar ends behind its line.
  return text.charAt(range[1] - 1) === '\n' && range[1] > range[0] ? range[1] - 1 : range[1]
}

function startOfItem(collection: Collection, index: number): number {
  const item: unknown = collection.items[index]
  const node = (isPair(item) ? item.key : item) as { range?: [number, number, number] | null } | null
  const token = collection.srcToken
  if (token && (token.type === 'block-map' || token.type === 'block-seq')) {
    const own = token.items[index]
    const first = own?.start.find((part) => !isLayout(part))
    if (first) return first.offset
    if (own && 'key' in own && own.key) return own.key.offset
  }
  return node?.range?.[0] ?? -1
}

export function placesOf(collection: Collection, text: string): Place[] {
  return collection.items.map((item, index) => {
    const start = startOfItem(collection, index)
    return { start, end: Math.max(start, endOfNode(item, text)) }
  })
}

export const lineStart = (text: string, at: number): number => text.lastIndexOf('\n', at - 1) + 1

export function lineEnd(text: string, at: number): number {
  const end = text.indexOf('\n', at)
  return end < 0 ? text.length : end
}

export const columnOf = (text: string, at: number): number => at - lineStart(text, at)

const indentOf = (line: string): number => line.length - line.trimStart().length
const isComment = (line: string): boolean => line.trimStart().startsWith('#')

/**
 * The whole lines of a block item, without the last line break: with the comments directly above it, and those below
 * that are indented deeper. null where it shares its first line with what it is in.
 */
export function blockOf(place: Place, text: string): Place | null {
  const column = columnOf(text, place.start)
  let start = lineStart(text, place.start)
  if (text.slice(start, place.start).trim() !== '') return null
  while (start > 0) {
    const above = lineStart(text, start - 1)
    const line = text.slice(above, start - 1)
    if (!isComment(line) || indentOf(line) !== column) break
    start = above
  }
  let end = lineEnd(text, place.end)
  while (end < text.length) {
    const next = lineEnd(text, end + 1)
    const line = text.slice(end + 1, next)
    if (!isComment(line) || indentOf(line) <= column) break
    end = next
  }
  return { start, end }
}
