import { METRICS } from '../../contract/common'
import { FOCUS_DECIMAL_COLUMNS, FOCUS_STRING_COLUMNS, FOCUS_TIME_COLUMNS } from '../../costformation/focus-columns'
import { AppError } from '../../errors'
import { assemble } from './assemble'
import { floatWarnings, nameAttributes } from './attributes'
import { cost, decimal } from './decimal'
import { focusVersion } from './focus-versions'
import { type HeaderColumn, indexHeader, shownHeader, someOf } from './header'
import type { Check, LinePlan, Value } from './line-plan'
import { mapOfColumns, mapOfPairs, tagPairs } from './tags'
import { isBlank, rawText, text } from './text'
import { type TimeValue, time } from './time'

/** Without these a line has no cost, no time or no currency. */
export const REQUIRED_COLUMNS = [
  'BilledCost',
  'BillingCurrency',
  'BillingPeriodStart',
  'ChargePeriodStart',
  'ChargePeriodEnd',
] as const

export type FocusKind = 'text' | 'decimal' | 'time' | 'tags'

const KINDS: readonly [names: readonly string[], kind: FocusKind][] = [
  [FOCUS_STRING_COLUMNS, 'text'],
  [FOCUS_DECIMAL_COLUMNS, 'decimal'],
  [FOCUS_TIME_COLUMNS, 'time'],
  [['Tags'], 'tags'],
]

const KNOWN = new Map(
  KINDS.flatMap(([names, kind]) => names.map((name) => [name.toLowerCase(), { name, kind }] as const)),
)

/** A FOCUS column by its name in any case. */
export function findFocus(name: string): { name: string; kind: FocusKind } | null {
  return KNOWN.get(name.toLowerCase()) ?? null
}

/** The costs that are 0, not null, where a line has none. */
export function isCost(name: string): boolean {
  return name.endsWith('Cost') && !name.startsWith('PricingCurrency')
}

/** A cell as the FOCUS column of that name. */
export function focusValue({ name, column }: { name: string; column: HeaderColumn }): Value {
  const isRequired = REQUIRED_COLUMNS.some((required) => required === name)
  switch (findFocus(name)?.kind) {
    case 'decimal': {
      const value = decimal({ column, isRequired, mayCut: /(UnitPrice|Quantity)$/.test(name) })
      return isCost(name) ? cost(value) : value
    }
    case 'time':
      return time({ column, isRequired })
    case 'tags': {
      const { sql, checks } = tagPairs(column)
      return { sql: mapOfPairs(sql), checks }
    }
    default: {
      // ISO 4217 knows no case, and sums go by the code.
      const sql = name === 'BillingCurrency' ? `upper(${text(column)})` : text(column)
      return { sql, checks: isRequired ? [presence(column)] : [] }
    }
  }
}

/** That a charge does not end before it starts. */
function endsAfter({ from, to }: { from: HeaderColumn; to: HeaderColumn }): Check {
  const [start, end] = [from, to].map((column) => time({ column, isRequired: true })) as [TimeValue, TimeValue]
  const isBefore = `${end.sql} < ${start.sql}`
  // Where either is no time, its own check says so.
  const own = [...start.checks, ...end.checks].map(({ reason }) => ` AND ${reason} = ''`).join('')
  return {
    column: to.name,
    value: rawText(to),
    suspicious: `(${isBefore})`,
    reason: `if(${isBefore}${own}, concat('lies before ${from.name} (', ${rawText(from)}, ')'), '')`,
  }
}

/** That a text cell says something. */
export function presence(column: HeaderColumn): Check {
  const raw = rawText(column)
  return { column: column.name, value: raw, suspicious: isBlank(raw), reason: `if(${isBlank(raw)}, 'is empty', '')` }
}

/** FOCUS Cost and Usage 1.0 to 1.4; columns of no version are kept as attributes. */
export function planFocus(header: readonly HeaderColumn[]): LinePlan {
  const found = indexHeader(header, ({ name }) => findFocus(name)?.name ?? null)
  const missing = REQUIRED_COLUMNS.filter((name) => !found.has(name))
  if (missing.length > 0) throw new AppError('unprocessable', lacking({ header, missing }))
  indexHeader(header, ({ name }) => (/^x_./i.test(name) ? name : null))
  const attributes = nameAttributes({ columns: header.filter(({ name }) => !findFocus(name)) })
  const values = new Map([...found].map(([name, column]) => [name, focusValue({ name, column })]))
  const start = found.get('BillingPeriodStart')
  if (start) values.set('BillingMonth', { sql: time({ column: start }).month, checks: [] })
  if (attributes.length > 0) values.set('Attributes', { sql: mapOfColumns(attributes), checks: [] })
  const [from, to] = [found.get('ChargePeriodStart'), found.get('ChargePeriodEnd')]
  const numbers = [...found].filter(([name]) => findFocus(name)?.kind === 'decimal').map(([, column]) => column)
  return assemble({
    format: 'focus',
    version: focusVersion(new Set(found.keys())),
    values,
    further: from && to ? [endsAfter({ from, to })] : [],
    warnings: [
      ...missingMetrics(found),
      ...renamed(attributes.filter(({ key, column }) => key !== column.name)),
      ...floatWarnings(numbers),
    ],
  })
}

function lacking({ header, missing }: { header: readonly HeaderColumn[]; missing: readonly string[] }): string {
  const names = header.map(({ name }) => name)
  const known = names.filter((name) => findFocus(name) !== null).length
  const start =
    known > 3
      ? 'This looks like FOCUS, but the header lacks'
      : 'This is not a FOCUS bill: its first line should be a header with'
  return `${start} ${missing.join(', ')}. Seen: ${shownHeader(names)}.`
}

/** A warning for the metrics that no column fills. */
export function missingMetrics(found: { has(name: string): boolean }): string[] {
  const lacks = METRICS.filter((metric) => !found.has(metric))
  return lacks.length > 0 ? [`The file has no ${lacks.join(', ')}: these metrics are 0 for its lines.`] : []
}

/** A warning for the columns that are kept under another name. */
export function renamed(attributes: readonly { key: string }[]): string[] {
  return attributes.length > 0
    ? [`Not FOCUS columns, kept as attributes: ${someOf(attributes.map(({ key }) => key))}.`]
    : []
}
