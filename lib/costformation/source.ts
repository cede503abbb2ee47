import { FOCUS_COLUMNS, type FocusColumn } from './focus-columns'
import { findDraftAttribute, findFocusColumn, findNative, NATIVE_NAMES, type NativeName, nativeKey } from './natives'
import { findNearest, suggest } from './nearest'

export { sourceSql } from './source-sql'

/** What a rule or a filter reads off a cost line. */
export type LineSource =
  | { kind: 'native'; name: NativeName }
  /** A number as plain decimal text, a time as `2024-03-01T00:00:00Z`. */
  | { kind: 'column'; name: FocusColumn }
  | { kind: 'tag'; key: string }
  /** A Kubernetes label. */
  | { kind: 'label'; key: string }
  /** A custom column of the bill, with its `x_`. */
  | { kind: 'attribute'; key: string }

export type Source = LineSource | { kind: 'dimension'; id: string }

/** A key of a telemetry or query filter; `custom:` names a dimension by its display name, not by its id. */
export type FilterKey = LineSource | { kind: 'dimensionName'; name: string }

export interface SourceError {
  error: string
  /** What would have been right in place of the whole text. */
  suggestion?: string
}

const PREFIXED = /^(tag|custom|user:defined|cz:defined):(.*)$/is
/** `K8s:Cluster`, `k8s_namespaces`, `K8S:Label:app`. */
const KUBERNETES = /^k8s[:_]([a-z]*?)s?(?::(.*))?$/is
const KUBERNETES_NATIVES: readonly NativeName[] = ['K8s:Cluster', 'K8s:Namespace', 'K8s:Workload']

function splitPrefix(text: string): { prefix: string | null; rest: string } {
  const [, prefix, rest] = PREFIXED.exec(text) ?? []
  return prefix === undefined || rest === undefined
    ? { prefix: null, rest: text }
    : { prefix: prefix.toLowerCase(), rest }
}

/** An error that ends in the nearest of the candidates; `spell` makes the whole source of one. */
export function unknown({
  message,
  word,
  candidates,
  spell = (candidate) => candidate,
}: {
  message: string
  word: string
  candidates: Iterable<string>
  spell?: (candidate: string) => string
}): SourceError {
  const names = [...candidates]
  const nearest = findNearest({ word, candidates: names })
  const error = `${message}${suggest({ word, candidates: names })}`
  return nearest === null ? { error } : { error, suggestion: spell(nearest) }
}

function parseTag(key: string): LineSource | SourceError {
  return key === '' ? { error: '`tag:` needs the key of a tag' } : { kind: 'tag', key }
}

function parseKubernetes(word: string): LineSource | SourceError {
  const [, part = '', rest = ''] = KUBERNETES.exec(word) ?? []
  if (part.toLowerCase() === 'label') {
    return rest === ''
      ? { error: `\`${word}\` needs the name of a label: \`K8s:Label:app\`` }
      : { kind: 'label', key: rest }
  }
  const name = KUBERNETES_NATIVES.find((native) => native.toLowerCase() === `k8s:${part.toLowerCase()}`)
  if (name === undefined) {
    return unknown({ message: `no source \`${word}\``, word, candidates: [...KUBERNETES_NATIVES, 'K8s:Label:'] })
  }
  if (rest === '') return { kind: 'native', name }
  return { error: `\`${word}\`: write \`${name}\`, and \`${rest}\` as a value of it`, suggestion: name }
}

function findLineSource(word: string): LineSource | null {
  const native = findNative(word)
  if (native !== null) return { kind: 'native', name: native }
  const column = findFocusColumn(word)
  if (column !== null) return { kind: 'column', name: column }
  const attribute = findDraftAttribute(word)
  return attribute === null ? null : { kind: 'attribute', key: attribute }
}

function parseName(word: string): LineSource | SourceError {
  if (/^x_./i.test(word)) return { kind: 'attribute', key: word }
  if (KUBERNETES.test(word)) return parseKubernetes(word)
  const found = findLineSource(word)
  if (found !== null) return found
  if (word.toLowerCase() === 'tags') return { error: 'write `Tag:<key>` for one tag' }
  return unknown({ message: `no source \`${word}\``, word, candidates: [...NATIVE_NAMES, ...FOCUS_COLUMNS] })
}

/** What the reading of a `Source` has to know of its document. */
export interface SourceScope {
  /** The ids that the document defines. */
  dimensionIds: ReadonlySet<string>
  /** The dimension that overrides CloudZero's own one, by the name of the latter: X of `Override: CZ:Defined:X`. */
  overrides?: ReadonlyMap<string, string>
  /** The dimension that reads the source: it has the built-in meaning of what it overrides itself. */
  dimensionId?: string
}

function parseBuiltIn({ name, scope }: { name: string; scope: SourceScope }): Source | SourceError {
  const { dimensionIds, overrides = new Map<string, string>(), dimensionId } = scope
  const override = overrides.get(name)
  if (override !== undefined && override !== dimensionId) return { kind: 'dimension', id: override }
  const found = findLineSource(name)
  if (found !== null) return found
  if (dimensionIds.has(name)) return { kind: 'dimension', id: name }
  if (override !== undefined) {
    return { error: `\`CZ:Defined:${name}\` is this dimension itself, and there is no built-in one to read` }
  }
  const message = `no built-in dimension \`${name}\`, and none here that says \`Override: CZ:Defined:${name}\``
  const others = [...overrides].flatMap(([overridden, id]) => (id === dimensionId ? [] : [overridden]))
  const candidates = [...others, ...NATIVE_NAMES, ...FOCUS_COLUMNS]
  return unknown({ message, word: name, candidates, spell: (nearest) => `CZ:Defined:${nearest}` })
}

/** Reads a `Source` of a definition. */
export function parseSource({ text, ...scope }: { text: string } & SourceScope): Source | SourceError {
  const { prefix, rest } = splitPrefix(text)
  switch (prefix) {
    case null: {
      const source = parseName(rest)
      if (!('error' in source) || !scope.dimensionIds.has(rest)) return source
      const suggestion = `User:Defined:${rest}`
      return { error: `no source \`${rest}\`; did you mean \`${suggestion}\`?`, suggestion }
    }
    case 'tag':
      return parseTag(rest)
    case 'user:defined': {
      if (scope.dimensionIds.has(rest)) return { kind: 'dimension', id: rest }
      const spell = (nearest: string) => `User:Defined:${nearest}`
      return unknown({ message: `no dimension \`${rest}\``, word: rest, candidates: scope.dimensionIds, spell })
    }
    case 'cz:defined':
      return parseBuiltIn({ name: rest, scope })
    default:
      return { error: `\`${text}\` is a filter key; a source names a dimension as \`User:Defined:<Id>\`` }
  }
}

/** Reads a key of a telemetry or query filter. Natives and FOCUS columns in any case, singular or plural. */
export function parseFilterKey(key: string): FilterKey | SourceError {
  const { prefix, rest } = splitPrefix(key)
  switch (prefix) {
    case null:
      return parseName(rest)
    case 'tag':
      return parseTag(rest)
    case 'custom':
      return rest === '' ? { error: '`custom:` needs the name of a dimension' } : { kind: 'dimensionName', name: rest }
    default:
      return { error: `\`${key}\`: a filter names a dimension as \`custom:<Name>\`` }
  }
}

/** How a filter writes a key. */
export function filterKeyText(key: FilterKey): string {
  switch (key.kind) {
    case 'native':
      return nativeKey(key.name)
    case 'column':
      return key.name
    case 'tag':
      return `tag:${key.key}`
    case 'label':
      return `k8s_label:${key.key}`
    case 'attribute':
      return key.key
    case 'dimensionName':
      return `custom:${key.name}`
  }
}

/** One spelling for every way to write a key; a key that cannot be read stays as it was written. */
export function canonicalFilterKey(key: string): string {
  const parsed = parseFilterKey(key)
  return 'error' in parsed ? key : filterKeyText(parsed)
}
