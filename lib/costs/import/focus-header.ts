import { METRICS } from '../../contract/common'
import { FOCUS_DECIMAL_COLUMNS, FOCUS_STRING_COLUMNS, FOCUS_TIME_COLUMNS } from '../../costformation/focus-columns'
import { AppError } from '../../errors'

export type ColumnKind = 'text' | 'decimal' | 'time' | 'tags' | 'attribute'

export interface HeaderColumn {
  /** The FOCUS name, or the x_ name as it stands in the file. */
  name: string
  kind: ColumnKind
  /** Of the cell in a record, from 0. */
  index: number
}

export interface Header {
  columns: HeaderColumn[]
  /** Cells of a record. */
  width: number
  warnings: string[]
}

/** Without these a line has no cost, no time or no currency. */
export const REQUIRED_COLUMNS = [
  'BilledCost',
  'BillingCurrency',
  'BillingPeriodStart',
  'ChargePeriodStart',
  'ChargePeriodEnd',
] as const

const KNOWN = new Map<string, { name: string; kind: ColumnKind }>([
  ...FOCUS_STRING_COLUMNS.map((name) => [name.toLowerCase(), { name, kind: 'text' as const }] as const),
  ...FOCUS_DECIMAL_COLUMNS.map((name) => [name.toLowerCase(), { name, kind: 'decimal' as const }] as const),
  ...FOCUS_TIME_COLUMNS.map((name) => [name.toLowerCase(), { name, kind: 'time' as const }] as const),
  ['tags', { name: 'Tags', kind: 'tags' as const }],
])

const MAX_COLUMNS = 2000

/** Which FOCUS column each cell holds. Throws an AppError that says what was seen and what is accepted. */
export function readFocusHeader(names: readonly string[]): Header {
  if (names.length > MAX_COLUMNS)
    throw new AppError('unprocessable', `The header has ${names.length} columns; at most ${MAX_COLUMNS} are accepted.`)
  const columns: HeaderColumn[] = []
  const left: string[] = []
  const seen = new Set<string>()
  for (const [index, raw] of names.entries()) {
    const text = raw.trim()
    const column =
      KNOWN.get(text.toLowerCase()) ?? (/^x_./i.test(text) ? { name: text, kind: 'attribute' as const } : null)
    if (!column) {
      left.push(text)
      continue
    }
    if (seen.has(column.name)) throw new AppError('unprocessable', `The header names the column ${column.name} twice.`)
    seen.add(column.name)
    columns.push({ ...column, index })
  }
  const missing = REQUIRED_COLUMNS.filter((name) => !seen.has(name))
  if (missing.length > 0) throw new AppError('unprocessable', notFocus({ names, missing, known: columns.length }))
  return { columns, width: names.length, warnings: warningsFor({ seen, left }) }
}

function notFocus({
  names,
  missing,
  known,
}: {
  names: readonly string[]
  missing: readonly string[]
  known: number
}): string {
  const shown = names
    .slice(0, 8)
    .map((name) => `"${name.slice(0, 40)}"`)
    .join(', ')
  const start =
    known > 3
      ? 'This looks like FOCUS, but the header lacks'
      : 'This is not a FOCUS bill: its first line should be a header with'
  return `${start} ${missing.join(', ')}. Seen: ${shown}${names.length > 8 ? `, … (${names.length} columns)` : ''}. Accepted: FOCUS 1.0 to 1.4 as CSV or CSV.gz, separated by commas.`
}

function warningsFor({ seen, left }: { seen: ReadonlySet<string>; left: readonly string[] }): string[] {
  const lacking = METRICS.filter((metric) => !seen.has(metric))
  return [
    ...(lacking.length > 0 ? [`The file has no ${lacking.join(', ')}: these metrics are 0 for its lines.`] : []),
    ...(left.length > 0
      ? [`Not FOCUS columns, and not kept: ${left.slice(0, 10).join(', ')}${left.length > 10 ? ', …' : ''}.`]
      : []),
  ]
}
