import { isMap, isPair, isScalar, isSeq, type Node, type Pair, parseDocument, visit, type YAMLMap } from 'yaml'
import { type Expected, expectedAt, hasFreeNames, mapPosition, type Position, type ValueKind } from './grammar'
import { type Token, tokenAt } from './token'

export type CompletionContext = Pick<Token, 'from' | 'to' | 'typed' | 'inFlow' | 'isKey'> & { indent: number } & (
    | { wants: 'property'; position: Position; present: string[] }
    | {
        wants: 'value'
        value: ValueKind
        /** What the condition compares: its own sources, or those that it inherits. */
        sources: string[]
        /** Further values of the same list. */
        siblings: string[]
      }
  )

const MARK = 'zqCompletionMarkqz'

type Ancestor = Node | Pair

interface Found {
  /** The key of the pair, or the index, under which the mark stands last. */
  path: (string | number)[]
  isKey: boolean
  ancestors: Ancestor[]
}

const textOf = (node: unknown): string | null => (isScalar(node) && node.value !== null ? String(node.value) : null)

function findMark(text: string): Found | null {
  const document = parseDocument(text, { prettyErrors: false, uniqueKeys: false })
  let found: Found | null = null
  visit(document, {
    Scalar: (key, node, path) => {
      if (node.value !== MARK) return undefined
      const ancestors = path.slice(1) as Ancestor[]
      const steps = [...ancestors, node].flatMap((current, index, all): (string | number)[] => {
        const parent = all[index - 1]
        if (isPair(current)) return [textOf(current.key) ?? '']
        return isSeq(parent) ? [parent.items.indexOf(current)] : []
      })
      const isKey = key === 'key'
      found = { path: isKey ? steps.slice(0, -1) : steps, isKey, ancestors }
      return visit.BREAK
    },
  })
  return found
}

function keysOf(map: YAMLMap): string[] {
  return map.items.flatMap((pair) => textOf(pair.key) ?? []).filter((key) => key !== MARK)
}

/** The sources in force at a node, from the innermost map that has some. */
function sourcesAt(ancestors: readonly Ancestor[]): string[] {
  for (const node of [...ancestors].reverse()) {
    if (!isMap(node)) continue
    const own = node.get('Source', true) ?? node.get('Sources', true)
    if (own === undefined) continue
    const texts = isSeq(own) ? own.items.map(textOf) : [textOf(own)]
    return texts.filter((text) => text !== null && text !== MARK) as string[]
  }
  return []
}

function siblingsOf(ancestors: readonly Ancestor[]): string[] {
  const parent = ancestors.at(-1)
  if (!isSeq(parent)) return []
  return parent.items.map(textOf).filter((text) => text !== null && text !== MARK) as string[]
}

function isScalarList(expected: Expected): expected is Extract<Expected, { in: 'list' }> {
  return expected.in === 'list' && expected.of.kind !== 'map'
}

/** What may stand at a cursor; null where nothing is known to. The document may be as unfinished as typing leaves it. */
export function completionContext(text: string, cursor: number): CompletionContext | null {
  const token = tokenAt(text, cursor)
  if (token === null) return null
  // Alone on its line it may become a key: with a colon the parser takes it for one, and does not join it to the line above.
  const mark = token.startsLine && !token.isKey ? `${MARK}:` : MARK
  const gap = /[:\-,]$/.test(text.slice(0, token.from)) ? ' ' : ''
  const found = findMark(text.slice(0, token.from) + gap + mark + text.slice(token.to))
  if (found === null) return null
  const expected = expectedAt(found.path)
  if (expected === null) return null
  const lineStart = text.lastIndexOf('\n', token.from - 1) + 1
  const indent = text.slice(lineStart, token.from).replace(/-/g, ' ').length
  const { from, to, typed, inFlow, isKey } = token
  const base = { from, to, typed, inFlow, isKey, indent }
  const { ancestors } = found
  const map = found.isKey ? ancestors.findLast((node) => isMap(node)) : undefined
  const present = isMap(map) ? keysOf(map) : []
  const position = mapPosition(expected)
  // Alone in an item of a list, a word is as likely as the map that may stand in its place.
  const isWord = !inFlow && present.length === 0 && typeof found.path.at(-1) === 'number'
  if (position !== null && (expected.in === 'map' || (found.isKey && !isWord))) {
    return hasFreeNames(position) ? null : { ...base, wants: 'property', position, present }
  }
  if (isKey) return null
  const value = isScalarList(expected) ? expected.of : expected.in === 'value' ? expected.value : null
  if (value === null) return null
  return { ...base, wants: 'value', value, sources: sourcesAt(ancestors), siblings: siblingsOf(ancestors) }
}
