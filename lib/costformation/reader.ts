import {
  type Alias,
  type Document,
  isAlias,
  isMap,
  isNode,
  isScalar,
  isSeq,
  type LineCounter,
  type Node,
  visit,
} from 'yaml'
import type { DefinitionError } from '@/lib/contract/costformation'
import { findNearest, suggest } from './nearest'
import type { Place, Text } from './tree'

/** A YAML value with its place; `node` null: nothing was written. */
export interface Cursor {
  node: Node | null
  at: Place
}

export interface Property extends Cursor {
  /** Where the name of the property stands. */
  key: Place
}

/** By name; a Map because names come from outside (`__proto__`). */
export type Properties = ReadonlyMap<string, Property>

/** A small document of aliases to aliases may stand for a tree without end: what counts is the size it unfolds to. */
const MAX_VALUES = 200_000

/** Nobody reads further, and the answer has to stay small. */
const MAX_ERRORS = 500

/** It is part of the path of every error below it. */
const MAX_NAME = 256

/** Walks a YAML document, and collects what is wrong with it instead of stopping at the first error. */
export class Reader {
  readonly errors: DefinitionError[] = []
  private readonly targets: ReadonlyMap<Alias, Node>
  private readonly reported = new Set<string>()
  private values = 0
  private isMuted = false

  constructor(
    private readonly document: Document.Parsed,
    private readonly lines: LineCounter,
  ) {
    this.targets = findTargets(document)
  }

  /** The place of an offset in the source. */
  placeOf({ offset, path }: { offset: number; path: string }): Place {
    const { line, col } = this.lines.linePos(offset)
    return { path, line: Math.max(line, 1), column: Math.max(col, 1) }
  }

  /** `suggestion`: what to write in place of the text at this place. */
  fail({ at, message, suggestion }: { at: Place; message: string; suggestion?: string | undefined }): null {
    // Two aliases lead to one mistake twice.
    const identity = `${at.line}:${at.column} ${message}`
    if (this.reported.has(identity) || this.errors.length >= MAX_ERRORS || this.isMuted) return null
    this.reported.add(identity)
    this.errors.push({ message, ...at, ...(suggestion !== undefined && { suggestion }) })
    return null
  }

  /** The value at the top of the document. */
  root(): Cursor {
    const start = this.placeOf({ offset: 0, path: '' })
    return this.cursor({ node: this.document.contents, path: '', fallback: start })
  }

  private cursor({ node, path, fallback }: { node: unknown; path: string; fallback: Place }): Cursor {
    const written = isNode(node) ? node.range?.[0] : undefined
    const here = written === undefined ? { ...fallback, path } : this.placeOf({ offset: written, path })
    this.values += 1
    if (this.values > MAX_VALUES) {
      this.fail({ at: here, message: `more than ${MAX_VALUES} values, those of aliases included` })
      // What is missing from here on is no mistake of its own.
      this.isMuted = true
      return { node: null, at: here }
    }
    const resolved = this.follow({ node, at: here })
    // An empty value has no width: its property's name is the better place to point at.
    if (isScalar(resolved) && resolved.value === null && resolved.source === '') {
      return { node: null, at: { ...fallback, path } }
    }
    const offset = resolved?.range?.[0]
    return { node: resolved, at: offset === undefined ? here : this.placeOf({ offset, path }) }
  }

  private follow({ node, at }: { node: unknown; at: Place }): Node | null {
    if (!isAlias(node)) return isMap(node) || isSeq(node) || isScalar(node) ? node : null
    const target = this.targets.get(node)
    return target ?? this.fail({ at, message: `there is no anchor \`&${node.source}\` before this alias` })
  }

  /** The properties of a map; null (and an error that says `what` was expected) where it is none. */
  map({ cursor, what }: { cursor: Cursor; what: string }): Properties | null {
    const { node, at } = cursor
    if (!isMap(node)) return this.fail({ at, message: `expected a map: ${what}` })
    const properties = new Map<string, Property>()
    for (const pair of node.items) {
      const keyNode = this.follow({ node: pair.key, at })
      const name = isScalar(keyNode) ? scalarText(keyNode) : null
      const keyAt = this.placeOf({ offset: keyNode?.range?.[0] ?? node.range?.[0] ?? 0, path: at.path })
      if (name === null) {
        this.fail({ at: keyAt, message: 'the name of a property must be a text' })
        continue
      }
      if (name.length > MAX_NAME) {
        this.fail({ at: keyAt, message: `the name of a property has at most ${MAX_NAME} characters` })
        continue
      }
      const key = { ...keyAt, path: at.path === '' ? name : `${at.path}.${name}` }
      const earlier = properties.get(name)
      if (earlier !== undefined) {
        this.fail({ at: key, message: `\`${name}\` is there twice; the first is on line ${earlier.key.line}` })
        continue
      }
      properties.set(name, { ...this.cursor({ node: pair.value, path: key.path, fallback: key }), key })
    }
    return properties
  }

  /** Reports every property that is not known. `owner`: `a Group rule`. */
  checkNames(options: { properties: Properties; known: readonly string[]; owner: string }): void {
    const { properties, known, owner } = options
    for (const [name, { key }] of properties) {
      if (known.includes(name)) continue
      const suggestion = findNearest({ word: name, candidates: known }) ?? undefined
      const hint = suggest({ word: name, candidates: known })
      this.fail({ at: key, message: `\`${name}\` is not a property of ${owner}${hint}`, suggestion })
    }
  }

  /** The items of a list, or the one value that stands for a list of one. */
  oneOrMore({ cursor, what }: { cursor: Cursor; what: string }): Cursor[] {
    return isSeq(cursor.node) ? (this.list({ cursor, what }) ?? []) : [cursor]
  }

  /** The items of a list; null (and an error) where it is none or empty. */
  list({ cursor, what }: { cursor: Cursor; what: string }): Cursor[] | null {
    const { node, at } = cursor
    if (!isSeq(node)) return this.fail({ at, message: `expected a list of ${what}` })
    if (node.items.length === 0) return this.fail({ at, message: `the list needs at least one of its ${what}` })
    return node.items.map((item, index) => this.cursor({ node: item, path: `${at.path}[${index}]`, fallback: at }))
  }

  /** A scalar as its source text: `123` and `true` are texts as well. */
  text({ cursor, what }: { cursor: Cursor; what: string }): Text | null {
    const { node, at } = cursor
    const value = isScalar(node) ? scalarText(node) : null
    if (value === null || value === '') {
      const found = node === null || isScalar(node) ? 'it is empty' : isMap(node) ? 'it is a map' : 'it is a list'
      return this.fail({ at, message: `expected ${what}; ${found}` })
    }
    return { value, at }
  }

  flag(cursor: Cursor): boolean | null {
    const { node, at } = cursor
    if (isScalar(node) && typeof node.value === 'boolean') return node.value
    return this.fail({ at, message: 'expected true or false' })
  }
}

/** null for YAML's null: whoever means the text writes it in quotes. */
function scalarText(node: { value: unknown; source?: string }): string | null {
  if (typeof node.value === 'string') return node.value
  if (node.value === null || node.value === undefined) return null
  return node.source ?? null
}

/** What each alias stands for: the last node before it that has its anchor. One walk, where yaml's `resolve` does one each. */
function findTargets(document: Document.Parsed): Map<Alias, Node> {
  const anchors = new Map<string, Node>()
  const targets = new Map<Alias, Node>()
  visit(document, {
    Alias: (_, alias) => {
      const target = anchors.get(alias.source)
      if (target !== undefined) targets.set(alias, target)
    },
    Value: (_, node) => {
      if (node.anchor !== undefined) anchors.set(node.anchor, node)
    },
  })
  return targets
}
