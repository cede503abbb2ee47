import { FOCUS_DECIMAL_COLUMNS, FOCUS_TIME_COLUMNS, type FocusColumn } from './focus-columns'
import { type NativeName, nativeColumns } from './natives'
import type { Source } from './source'
import { sqlString } from './sql-literal'

const DECIMALS: ReadonlySet<string> = new Set(FOCUS_DECIMAL_COLUMNS)
const TIMES: ReadonlySet<string> = new Set(FOCUS_TIME_COLUMNS)

function attributeSql(key: string): string {
  return `Attributes[${sqlString(key)}]`
}

function tagSql(key: string): string {
  return `Tags[${sqlString(key)}]`
}

function columnSql(name: FocusColumn): string {
  // A decimal's text has neither an exponent nor trailing zeros.
  if (DECIMALS.has(name)) return `ifNull(toString(${name}), '')`
  if (TIMES.has(name)) return `formatDateTime(${name}, '%FT%H:%i:%SZ', 'UTC')`
  return name
}

function nativeSql(name: NativeName): string {
  if (name === 'UsageDay') return "formatDateTime(ChargePeriodStart, '%F', 'UTC')"
  return nativeColumns(name)
    .map((column) => {
      if (column.startsWith('x_')) return attributeSql(column)
      return column.startsWith('Tag:') ? tagSql(column.slice('Tag:'.length)) : column
    })
    .reduceRight((otherwise, column) => `if(${column} != '', ${column}, ${otherwise})`)
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
      return nativeSql(source.name)
    case 'column':
      return columnSql(source.name)
    case 'attribute':
      return attributeSql(source.key)
    case 'label':
      return attributeSql(`x_K8sLabel:${source.key}`)
    case 'tag':
      return tagSql(source.key)
    case 'dimension':
      return dimensionColumn(source.id)
  }
}
