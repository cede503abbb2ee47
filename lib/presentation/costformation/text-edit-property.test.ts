import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { insertItem, insertProperty } from './insert-edit'
import { removeAt } from './remove-edit'
import { applyChanges, type Edit } from './text-change'
import { moveAt, renameKey, setScalar, tryEdit } from './text-edit'
import { nodeAt, openSource, type Path, type Source } from './yaml-places'
import { yamlScalar } from './yaml-scalar'

type Json = string | Json[] | { [key: string]: Json }
type Step = string | number

/** How a document is written: each choice is taken off the list, round and round. */
class Style {
  #at = 0
  comments = 0
  readonly #choices: number[]
  constructor(choices: number[]) {
    this.#choices = choices
  }
  pick(of: number): number {
    this.#at += 1
    return (this.#choices[this.#at % this.#choices.length] ?? 0) % of
  }
  comment(): string {
    this.comments += 1
    return `# comment ${this.comments} 'it''s: {odd`
  }
  above(indent: number): string {
    return (
      [`${' '.repeat(indent)}${this.comment()}\n`, '\n', `\n${' '.repeat(indent)}${this.comment()}\n`, '', '', ''][
        this.pick(6)
      ] ?? ''
    )
  }
  behind(): string {
    return this.pick(4) === 0 ? ` ${this.comment()}` : ''
  }
}

function scalar(text: string, style: Style): string {
  const quoted = [JSON.stringify(text), `'${text.replaceAll("'", "''")}'`, yamlScalar(text), yamlScalar(text)]
  return quoted[style.pick(4)] ?? ''
}

function flow(value: Json, style: Style): string {
  if (typeof value === 'string') return scalar(value, style)
  if (Array.isArray(value)) return `[${value.map((item) => flow(item, style)).join(', ')}]`
  return `{${Object.entries(value)
    .map(([key, item]) => `${key}: ${flow(item, style)}`)
    .join(', ')}}`
}

const isEmpty = (value: Json) => typeof value !== 'string' && Object.keys(value).length === 0

/** ` value` on the same line, or a line break and the value below. */
function below(value: Json, indent: number, style: Style): string {
  if (typeof value === 'string' || isEmpty(value) || style.pick(4) === 0)
    return ` ${flow(value, style)}${style.behind()}\n`
  const seqIndent = Array.isArray(value) && style.pick(2) === 0 ? indent : indent + 2
  return `${style.behind()}\n${block(value, seqIndent, style)}`
}

function block(value: Json, indent: number, style: Style): string {
  const pad = ' '.repeat(indent)
  if (typeof value === 'string') return `${pad}${scalar(value, style)}\n`
  const entries = Array.isArray(value)
    ? value.map((item) => ['-', item] as const)
    : Object.entries(value).map(([key, item]) => [`${key}:`, item] as const)
  return entries
    .map(([head, item]) => {
      const compact =
        head === '-' && typeof item !== 'string' && !Array.isArray(item) && !isEmpty(item) && style.pick(5) !== 0
      const above = style.above(indent)
      if (compact)
        return `${above}${pad}- ${block(item, indent + 2, style)
          .replace(/^(\s*#.*\n|\s*\n)*/, '')
          .trimStart()}`
      if (head === '-' && Array.isArray(item)) return `${above}${pad}- ${flow(item, style)}\n`
      return `${above}${pad}${head}${below(item, indent, style)}`
    })
    .join('')
}

const text = fc.oneof(
  fc.constantFrom(
    'email',
    'Tag:Product',
    'a, b',
    'x: y',
    '# no comment',
    "it's",
    'true',
    '007',
    '{0} {1}',
    '- dash',
    '*star',
    '日本',
  ),
  fc.string({ minLength: 1, maxLength: 8 }).filter((value) => !/[\p{C}\p{Zl}\p{Zp}]/u.test(value)),
)
const key = fc.constantFrom('Name', 'Type', 'Rules', 'Conditions', 'Source', 'Equals', 'Odd', 'x_y')
const { value } = fc.letrec<{ value: Json }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 4, withCrossShrink: true },
    text,
    fc.array(tie('value'), { maxLength: 4 }),
    fc.dictionary(key, tie('value'), { maxKeys: 4, noNullPrototype: true }),
  ),
}))
const root = fc.dictionary(key, value, { minKeys: 1, maxKeys: 4, noNullPrototype: true })

function pathsOf(node: Json, path: Step[] = []): Step[][] {
  if (typeof node === 'string') return [path]
  const entries: [Step, Json][] = Array.isArray(node) ? node.map((item, index) => [index, item]) : Object.entries(node)
  return [path, ...entries.flatMap(([step, item]) => pathsOf(item, [...path, step]))]
}

const get = (node: Json, path: Path): Json =>
  path.reduce<Json>((at, step) => (at as Record<Step, Json>)[step] as Json, node)
const commentsOf = (yaml: string) => [...yaml.matchAll(/# comment \d+/g)].map(String).sort()

interface Case {
  name: string
  edit: (source: Source) => Edit
  /** The same on a copy of the value. */
  expect: (copy: { [key: string]: Json }) => void
  /** Comments that may go with it. */
  removes?: boolean
}

function caseOf(document: Json, path: Step[], choice: number): Case | null {
  const node = get(document, path)
  const [parentPath, last] = [path.slice(0, -1), path.at(-1)]
  const parentOf = (copy: Json) => get(copy, parentPath) as Record<Step, Json> & Json[]
  if (Array.isArray(node) && choice % 2 === 0) {
    const item = { Type: 'Group', Equals: ['a', 'b: c'] }
    return {
      name: 'insertItem',
      edit: (source) => insertItem(source, path, item),
      expect: (copy) => void (get(copy, path) as Json[]).push(item),
    }
  }
  if (typeof node === 'object' && !Array.isArray(node) && choice % 2 === 0) {
    const edit = (source: Source) => insertProperty({ source, path, key: 'Added', value: ['x', 'y'] })
    return { name: 'insertProperty', edit, expect: (copy) => Object.assign(get(copy, path), { Added: ['x', 'y'] }) }
  }
  if (last === undefined) return null
  if (typeof node === 'string' && choice % 3 === 0) {
    return {
      name: 'setScalar',
      edit: (source) => setScalar(source, path, 'new: text'),
      expect: (copy) => Object.assign(parentOf(copy), { [last]: 'new: text' }),
    }
  }
  const siblings = get(document, parentPath)
  if (Array.isArray(siblings) && typeof last === 'number' && last + 1 < siblings.length && choice % 3 === 1) {
    return {
      name: 'moveAt',
      edit: (source) => moveAt(source, path, 1),
      expect: (copy) => void parentOf(copy).splice(last, 2, siblings[last + 1] as Json, siblings[last] as Json),
    }
  }
  if (typeof last === 'string' && choice % 3 === 1) {
    const rename = (copy: Json) => {
      const parent = parentOf(copy) as Record<string, Json>
      const entries = Object.entries(parent)
      for (const [name] of entries) delete parent[name]
      for (const [name, item] of entries) parent[name === last ? 'Renamed' : name] = item
    }
    return { name: 'renameKey', edit: (source) => renameKey(source, path, 'Renamed'), expect: rename }
  }
  const remove = (copy: Json) => {
    const parent = parentOf(copy)
    if (Array.isArray(parent)) parent.splice(Number(last), 1)
    else delete (parent as Record<Step, Json>)[last]
  }
  return { name: 'removeAt', edit: (source) => removeAt(source, path), expect: remove, removes: true }
}

describe('edits in place', () => {
  it('do what they say to any document, keep every comment, and touch nothing else', () => {
    const done = new Map<string, number>()
    fc.assert(
      fc.property(
        root,
        fc.array(fc.nat(), { minLength: 20, maxLength: 60 }),
        fc.nat(),
        fc.nat(),
        (document, choices, at, choice) => {
          const yaml = block(document, 0, new Style(choices))
          const source = openSource(yaml)
          fc.pre(source !== null)
          expect(parse(yaml)).toEqual(document)
          const paths = pathsOf(document)
          const path = paths[at % paths.length] ?? []
          const test = caseOf(document, path, choice)
          fc.pre(test !== null && nodeAt(source, path) !== undefined)
          const changes = tryEdit(yaml, test.edit)
          expect(changes, `${test.name} at ${path.join('.')} of\n${yaml}`).not.toBeNull()
          const edited = applyChanges(yaml, changes ?? [])
          const wanted = structuredClone(document)
          test.expect(wanted)
          expect(parse(edited), `${test.name} at ${path.join('.')} of\n${yaml}\ngave\n${edited}`).toEqual(wanted)
          const [before, after] = [commentsOf(yaml), commentsOf(edited)]
          if (test.removes) expect(before).toEqual(expect.arrayContaining(after))
          else expect(after, `${test.name} at ${path.join('.')} of\n${yaml}\ngave\n${edited}`).toEqual(before)
          done.set(test.name, (done.get(test.name) ?? 0) + 1)
        },
      ),
      { numRuns: 800 },
    )
    expect([...done.keys()].sort()).toEqual([
      'insertItem',
      'insertProperty',
      'moveAt',
      'removeAt',
      'renameKey',
      'setScalar',
    ])
  })
})
