import { sqlString } from '../../costformation/sql-literal'
import type { Value } from './line-plan'

/** A value that no cell can spoil. */
export const plain = (sql: string): Value => ({ sql, checks: [] })

/** The same text for every line. */
export const constant = (text: string): Value => plain(sqlString(text))

/** The first text that is not ''. */
export function firstText(texts: readonly string[]): string {
  const [first, ...rest] = texts
  if (first === undefined) return "''"
  return rest.length === 0 ? first : `if(${first} != '', ${first}, ${firstText(rest)})`
}

/** `kind IN (…)`. */
export function isOneOf(sql: string, texts: readonly string[]): string {
  return `${sql} IN (${texts.map(sqlString).join(', ')})`
}
