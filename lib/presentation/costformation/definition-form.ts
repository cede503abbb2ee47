import { isMap, isScalar, isSeq, type Node, type Pair, type YAMLMap } from 'yaml'
import { COMPARISONS } from './grammar'
import { keyOf, nodeAt, type Path, type Source } from './yaml-places'

/** What the form cannot show: it stands there as YAML, and stays as it is. */
export interface FormSnippet {
  name: string
  yaml: string
  line: number
}

/** A list that may be written as one value, as a list, or not at all. */
export interface FormList {
  /** The property that holds it; null: none yet. */
  key: string | null
  values: string[]
  /** Written as one value without a list. */
  single: boolean
}

export interface FormCondition {
  path: Path
  kind: 'comparison' | 'presence' | 'junction' | 'other'
  operator: string
  sources: FormList
  values: FormList
  expected: boolean
  conditions: FormCondition[]
  snippet: FormSnippet
}

export interface FormRule {
  path: Path
  type: 'Group' | 'GroupBy' | 'other'
  name: string
  sources: FormList
  format: string
  conditions: FormCondition[]
  others: FormSnippet[]
  snippet: FormSnippet
}

export interface FormDimension {
  path: Path
  id: string
  name: string
  type: string
  defaultValue: string
  hidden: boolean
  disabled: boolean
  sources: FormList
  rules: FormRule[]
  /** null: it is split in another way than by streams alone. */
  streams: FormList | null
  others: FormSnippet[]
  line: number
}

const NOTHING: FormList = { key: null, values: [], single: false }
const SHOWN = {
  dimension: ['Name', 'Type', 'DefaultValue', 'Hide', 'Disable'],
  rule: ['Type', 'Name', 'Format'],
}

/** A scalar as it was written; null for anything else. */
const textOf = (node: unknown): string | null =>
  isScalar(node) && node.value !== null ? (node.type === 'PLAIN' ? (node.source ?? '') : String(node.value)) : null

function lineOf(text: string, offset: number): number {
  return text.slice(0, offset).split('\n').length
}

function snippetOf({ name, node, text }: { name: string; node: Node | Pair | null; text: string }): FormSnippet {
  const [key, value] =
    node && 'key' in node ? [node.key as Node, node.value as Node | null] : [null, node as Node | null]
  const start = (key ?? value)?.range?.[0] ?? 0
  const end = Math.max(start, value?.range?.[1] ?? key?.range?.[1] ?? start)
  const column = start - (text.lastIndexOf('\n', start - 1) + 1)
  const yaml = text
    .slice(start, end)
    .trimEnd()
    .replaceAll(`\n${' '.repeat(column)}`, '\n')
  return { name, yaml, line: lineOf(text, start) }
}

/** null where a value is neither a scalar nor a list of them. */
function listOf(map: YAMLMap, key: string): FormList | null {
  if (!map.has(key)) return NOTHING
  const node = map.get(key, true) as unknown
  const single = textOf(node)
  if (single !== null) return { key, values: [single], single: true }
  if (isSeq(node)) {
    const values = node.items.map(textOf)
    return values.every((value) => value !== null) ? { key, values: values as string[], single: false } : null
  }
  return isScalar(node) ? { key, values: [], single: false } : null
}

function sourcesOf(map: YAMLMap): FormList | null {
  if (map.has('Source') && map.has('Sources')) return null
  return listOf(map, map.has('Sources') ? 'Sources' : 'Source')
}

function readCondition({ text }: Source, node: unknown, path: Path): FormCondition {
  const snippet = snippetOf({ name: 'condition', node: node as Node, text })
  const base = { path, sources: NOTHING, values: NOTHING, expected: true, conditions: [], snippet }
  const other = { ...base, kind: 'other' as const, operator: '' }
  if (!isMap(node)) return other
  const sources = sourcesOf(node)
  const operators = node.items.map(keyOf).filter((key) => key !== 'Source' && key !== 'Sources')
  const [operator, second] = operators
  if (sources === null || typeof operator !== 'string' || second !== undefined) return other
  if (COMPARISONS.includes(operator)) {
    const values = listOf(node, operator)
    return values ? { ...base, kind: 'comparison', operator, sources, values } : other
  }
  const inner = node.get(operator, true) as unknown
  if (operator === 'HasValue') {
    const flag = textOf(inner)
    return flag === 'true' || flag === 'false'
      ? { ...base, kind: 'presence', operator, sources, expected: flag === 'true' }
      : other
  }
  if (['And', 'Or', 'Not'].includes(operator) && isSeq(inner)) {
    const conditions = inner.items.map((item, index) =>
      readCondition({ text } as Source, item, [...path, operator, index]),
    )
    return { ...base, kind: 'junction', operator, sources, conditions }
  }
  return other
}

function othersOf({ text }: Source, map: YAMLMap, shown: readonly string[]): FormSnippet[] {
  return map.items.flatMap((pair) => {
    const name = keyOf(pair) ?? '?'
    return shown.includes(name) ? [] : [snippetOf({ name, node: pair as Pair, text })]
  })
}

function readRule(source: Source, node: unknown, path: Path): FormRule {
  const snippet = snippetOf({ name: 'rule', node: node as Node, text: source.text })
  const empty = { path, name: '', sources: NOTHING, format: '', conditions: [], others: [], snippet }
  if (!isMap(node)) return { ...empty, type: 'other' }
  const type = textOf(node.get('Type', true))
  const sources = sourcesOf(node)
  const conditions = node.get('Conditions', true) as unknown
  const readable = conditions === undefined || isSeq(conditions) || (isScalar(conditions) && conditions.value === null)
  if ((type !== 'Group' && type !== 'GroupBy') || sources === null || !readable) return { ...empty, type: 'other' }
  return {
    ...empty,
    type,
    name: textOf(node.get('Name', true)) ?? '',
    format: textOf(node.get('Format', true)) ?? '',
    sources,
    conditions: isSeq(conditions)
      ? conditions.items.map((item, index) => readCondition(source, item, [...path, 'Conditions', index]))
      : [],
    others: othersOf(source, node, [...SHOWN.rule, 'Conditions', 'Source', 'Sources']),
  }
}

/** The streams of a split that has nothing but them; null for any other. */
function streamsOf(map: YAMLMap): FormList | null {
  if (map.has('AllocateByRules')) return null
  if (!map.has('AllocateByStreams')) return NOTHING
  const split = map.get('AllocateByStreams', true) as unknown
  if (isScalar(split) && split.value === null) return NOTHING
  return isMap(split) && split.items.every((item) => keyOf(item) === 'Streams') ? listOf(split, 'Streams') : null
}

function readDimension(source: Source, pair: Pair): FormDimension | null {
  const id = keyOf(pair)
  const node = pair.value
  if (id === null || (!isMap(node) && !(isScalar(node) && node.value === null))) return null
  const path = ['Dimensions', id]
  const line = lineOf(source.text, (pair.key as Node).range?.[0] ?? 0)
  const map = isMap(node) ? node : null
  const text = (key: string) => textOf(map?.get(key, true)) ?? ''
  const rules = map?.get('Rules', true) as unknown
  const streams = map ? streamsOf(map) : NOTHING
  const sources = map ? sourcesOf(map) : NOTHING
  const shown = [
    ...SHOWN.dimension,
    ...(isSeq(rules) || (isScalar(rules) && rules.value === null) ? ['Rules'] : []),
    ...(streams ? ['AllocateByStreams'] : []),
    ...(sources ? ['Source', 'Sources'] : []),
  ]
  return {
    path,
    id,
    name: text('Name'),
    type: text('Type') || 'Grouping',
    defaultValue: text('DefaultValue'),
    hidden: text('Hide') === 'true',
    disabled: text('Disable') === 'true',
    sources: sources ?? NOTHING,
    rules: isSeq(rules) ? rules.items.map((item, index) => readRule(source, item, [...path, 'Rules', index])) : [],
    streams,
    others: map ? othersOf(source, map, shown) : [],
    line,
  }
}

/** A document as a form shows it; null where it is not one of dimensions. */
export function readForm(source: Source): FormDimension[] | null {
  const root = source.document.contents
  if (root === null || (isScalar(root) && root.value === null)) return []
  const dimensions = nodeAt(source, ['Dimensions'])
  if (!isMap(root) || (root.items.length > 0 && dimensions === undefined)) return null
  if (dimensions === undefined || (isScalar(dimensions) && dimensions.value === null)) return []
  if (!isMap(dimensions)) return null
  return dimensions.items.flatMap((pair) => readDimension(source, pair as Pair) ?? [])
}
