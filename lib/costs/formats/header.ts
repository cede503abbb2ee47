import { AppError } from '../../errors'
import type { FileColumn } from './line-plan'

const MAX_COLUMNS = 2000
const SHOWN_COLUMNS = 8

/** A file's column, with its header text tidied: no BOM, no blanks or quotes around. */
export interface HeaderColumn extends FileColumn {
  /** From 0. */
  index: number
}

function tidy(name: string): string {
  const text = name.replace(/^\uFEFF/, '').trim()
  const unquoted = text.length > 1 && /^(".*"|'.*')$/s.test(text) ? text.slice(1, -1).trim() : text
  return unquoted
}

/** Throws AppError('unprocessable') past 2,000 columns. */
export function readHeader(columns: readonly FileColumn[]): HeaderColumn[] {
  if (columns.length > MAX_COLUMNS)
    throw new AppError(
      'unprocessable',
      `The header has ${columns.length} columns; at most ${MAX_COLUMNS} are accepted.`,
    )
  return columns.map((column, index) => ({ ...column, name: tidy(column.name), index }))
}

/** The first columns' names, for a message. */
export function shownHeader(names: readonly string[]): string {
  const shown = names.slice(0, SHOWN_COLUMNS).map((name) => `"${name.slice(0, 40)}"`)
  return `${shown.join(', ')}${names.length > SHOWN_COLUMNS ? `, … (${names.length} columns)` : ''}`
}

/** Some of many names, for a message. */
export function someOf(names: readonly string[], most = 10): string {
  const shown = names.slice(0, most).map((name) => name.slice(0, 60))
  return `${shown.join(', ')}${names.length > most ? `, … (${names.length})` : ''}`
}

/** Throws AppError('unprocessable') where `key` gives two columns one name. */
export function indexHeader(
  header: readonly HeaderColumn[],
  key: (column: HeaderColumn) => string | null,
): Map<string, HeaderColumn> {
  const byKey = new Map<string, HeaderColumn>()
  for (const column of header) {
    const name = key(column)
    if (name === null) continue
    if (byKey.has(name)) throw new AppError('unprocessable', `The header names the column ${name} twice.`)
    byKey.set(name, column)
  }
  return byKey
}
