import {
  FOCUS_DECIMAL_COLUMNS,
  FOCUS_STRING_COLUMNS,
  FOCUS_TIME_COLUMNS,
  type FocusStringColumn,
} from './focus-columns'
import { findFocusColumn, findNative, NATIVE_NAMES, type NativeName, nativeColumns, nativeKey } from './natives'
import { suggest } from './nearest'
import { sqlString } from './sql-literal'

/** What a rule or a filter reads off a cost line. */
export type LineSource =
  | { kind: 'native'; name: NativeName }
  | { kind: 'column'; name: FocusStringColumn }
  | { kind: 'tag'; key: string }
  /** A custom column of the bill, with its `x_`. */
  | { kind: 'attribute'; key: string }

export type Source = LineSource | { kind: 'dimension'; id: string }

/** A key of a telemetry or query filter; `custom:` names a dimension by its display name, not by its id. */
export type FilterKey = LineSource | { kind: 'dimensionName'; name: string }

export interface SourceError {
  error: string
}

const PREFIXED = /^(tag|custom|user:defined|cz:defined):(.*)$/is
const KUBERNETES = /^k8s[:_]/i
const NOT_TEXT: readonly string[] = ['Tags', ...FOCUS_DECIMAL_COLUMNS, ...FOCUS_TIME_COLUMNS]

function splitPrefix(text: string): { prefix: string | null; rest: string } {
  const [, prefix, rest] = PREFIXED.exec(text) ?? []
  return prefix === undefined || rest === undefined
    ? { prefix: null, rest: text }
    : { prefix: prefix.toLowerCase(), rest }
}

function parseTag(key: string): LineSource | SourceError {
  return key === '' ? { error: '`tag:` needs the key of a tag' } : { kind: 'tag', key }
}

function parseName(word: string): LineSource | SourceError {
  if (word.startsWith('x_') && word.length > 2) return { kind: 'attribute', key: word }
  if (KUBERNETES.test(word)) return { error: `\`${word}\`: Kubernetes sources are not built yet` }
  const native = findNative(word)
  if (native !== null) return { kind: 'native', name: native }
  const column = findFocusColumn(word)
  if (column !== null) return { kind: 'column', name: column }
  const notText = NOT_TEXT.find((name) => name.toLowerCase() === word.toLowerCase())
  if (notText === 'Tags') return { error: 'write `Tag:<key>` for one tag' }
  if (notText !== undefined) return { error: `\`${notText}\` is a number or a time; a source is a column of text` }
  return { error: `no source \`${word}\`${suggest({ word, candidates: [...NATIVE_NAMES, ...FOCUS_STRING_COLUMNS] })}` }
}

/** Reads a `Source` of a definition. `dimensionIds`: the ids that the document defines. */
export function parseSource({
  text,
  dimensionIds,
}: {
  text: string
  dimensionIds: ReadonlySet<string>
}): Source | SourceError {
  const { prefix, rest } = splitPrefix(text)
  switch (prefix) {
    case null:
      return parseName(rest)
    case 'tag':
      return parseTag(rest)
    case 'user:defined':
      if (dimensionIds.has(rest)) return { kind: 'dimension', id: rest }
      return { error: `no dimension \`${rest}\`${suggest({ word: rest, candidates: dimensionIds })}` }
    case 'cz:defined':
      if (dimensionIds.has(rest)) return { kind: 'dimension', id: rest }
      return { error: `\`${text}\` is not built yet: CloudZero's own dimensions have to be defined in the document` }
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

/** One spelling for every way to write a key; a key that cannot be read stays as it was written. */
export function canonicalFilterKey(key: string): string {
  const parsed = parseFilterKey(key)
  if ('error' in parsed) return key
  switch (parsed.kind) {
    case 'native':
      return nativeKey(parsed.name)
    case 'column':
      return parsed.name
    case 'tag':
      return `tag:${parsed.key}`
    case 'attribute':
      return parsed.key
    case 'dimensionName':
      return `custom:${parsed.name}`
  }
}

function attributeSql(key: string): string {
  return `Attributes[${sqlString(key)}]`
}

/**
 * SQL of type String over `cost_lines`; '' means that the line has no value.
 * `dimensionColumn` gives the SQL of another dimension's element by its id.
 */
export function sourceSql(
  source: Source,
  { dimensionColumn }: { dimensionColumn: (dimensionId: string) => string },
): string {
  switch (source.kind) {
    case 'native':
      return nativeColumns(source.name)
        .map((column) => (column.startsWith('x_') ? attributeSql(column) : column))
        .reduceRight((otherwise, column) => `if(${column} != '', ${column}, ${otherwise})`)
    case 'column':
      return source.name
    case 'attribute':
      return attributeSql(source.key)
    case 'tag':
      return `Tags[${sqlString(source.key)}]`
    case 'dimension':
      return dimensionColumn(source.id)
  }
}
