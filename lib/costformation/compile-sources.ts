import type { Source } from './source'
import { sqlString } from './sql-literal'
import type { SourceSet, Transform } from './tree'

/** The SQL of a source's value on a cost line, of type String; '' means that it has none. */
export type SourceColumn = (source: Source) => string

/** What Clean and Normalize make a dash, each: CloudZero's own list. */
const SPECIAL = " .,/#!$%^&*;:=_`~()'"
const WHITE_SPACE = ' \t\n\r\v\f'

function trim(value: string): string {
  return `trimBoth(${value}, ${sqlString(WHITE_SPACE)})`
}

function dashes(value: string): string {
  return `translate(${value}, ${sqlString(SPECIAL)}, '${'-'.repeat(SPECIAL.length)}')`
}

/** How Metadata rules compare: without case, special characters as dashes. Case and dashes only, nothing is cut off. */
export function normalized(value: string): string {
  return `lowerUTF8(${dashes(value)})`
}

/** Of type String, and '' for ''. */
function compileTransform({ transform, value }: { transform: Transform; value: string }): string {
  switch (transform.type) {
    case 'Lower':
      return `lowerUTF8(${value})`
    case 'Upper':
      return `upperUTF8(${value})`
    case 'Title':
      return `initcapUTF8(${value})`
    case 'Trim':
      return trim(value)
    case 'Clean':
      return dashes(trim(value))
    case 'Normalize':
      return normalized(trim(value))
    case 'Split':
      // A part that is not there is '', of which nothing but no value can be made.
      return `splitByString(${sqlString(transform.delimiter)}, ${value})[${transform.index}]`
  }
}

/** The values that a set stands for: one where they are coalesced. Parenthesised, because a column may be any expression. */
export function compileSources({ sources, column }: { sources: SourceSet; column: SourceColumn }): string[] {
  const columns = sources.references.map(({ source }) => `(${column(source)})`)
  const coalesced = columns.length > 1 && sources.coalesce ? [firstWithValue(columns)] : columns
  return coalesced.map((start) =>
    sources.transforms.reduce((value, transform) => compileTransform({ transform, value }), start),
  )
}

function firstWithValue(columns: readonly string[]): string {
  return columns.reduceRight((otherwise, value) => `if(${value} != '', ${value}, ${otherwise})`)
}
