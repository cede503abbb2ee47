import { compileSources, type SourceColumn } from './compile-sources'
import { sqlString } from './sql-literal'
import type { Comparison, Condition, DateComparison, DateRange, Junction, OrderComparison, Presence } from './tree'

export interface LineColumns {
  column: SourceColumn
  /** SQL of the DateTime at which the line's charge period starts. */
  chargeStart: string
}

const ORDERS = { Before: '<', BeforeOrEquals: '<=', After: '>', AfterOrEquals: '>=' } as const

/** SQL that is true or false for every line. */
export function compileCondition({ condition, columns }: { condition: Condition; columns: LineColumns }): string {
  switch (condition.type) {
    case 'And':
    case 'Or':
    case 'Not':
      return compileJunction({ junction: condition, columns })
    case 'HasValue':
      return compilePresence({ presence: condition, columns })
    case 'Before':
    case 'BeforeOrEquals':
    case 'After':
    case 'AfterOrEquals':
      return condition.sources === null
        ? compileDate({ comparison: condition, columns })
        : compileOrder({ order: condition, columns })
    case 'ForDateRange':
      return compileRange({ range: condition, columns })
    default: {
      const values = compileSources({ sources: condition.sources, column: columns.column })
      return joinAny(values.flatMap((value) => compileComparison({ comparison: condition, value })))
    }
  }
}

function compileJunction({ junction, columns }: { junction: Junction; columns: LineColumns }): string {
  const inner = junction.conditions.map((condition) => compileCondition({ condition, columns }))
  if (junction.type === 'And') return joinAll(inner)
  return junction.type === 'Or' ? joinAny(inner) : `NOT ${joinAny(inner)}`
}

function compilePresence({ presence, columns }: { presence: Presence; columns: LineColumns }): string {
  const operator = presence.expected ? '!=' : '='
  const values = compileSources({ sources: presence.sources, column: columns.column })
  return joinAny(values.map((value) => `${value} ${operator} ''`))
}

/** Tests of one source, any of which is enough. Values are never empty, so that a source without one fails them all. */
function compileComparison({ comparison, value }: { comparison: Comparison; value: string }): string[] {
  const literals = comparison.values.map((text) => sqlString(text.value))
  switch (comparison.type) {
    case 'Equals':
      return [literals.length === 1 ? `${value} = ${literals.join()}` : `${value} IN (${literals.join(', ')})`]
    case 'Contains':
      return literals.map((literal) => `position(${value}, ${literal}) > 0`)
    case 'BeginsWith':
      return literals.map((literal) => `startsWith(${value}, ${literal})`)
    case 'EndsWith':
      return literals.map((literal) => `endsWith(${value}, ${literal})`)
    case 'Matches':
      // `.*` matches the empty text as well, which stands for no value.
      return literals.map((literal) => `(${value} != '' AND match(${value}, ${literal}))`)
  }
}

function compileOrder({ order, columns }: { order: OrderComparison; columns: LineColumns }): string {
  const values = compileSources({ sources: order.sources, column: columns.column })
  const literal = sqlString(order.value.value)
  return joinAny(values.map((value) => `(${value} != '' AND ${value} ${ORDERS[order.type]} ${literal})`))
}

/** Seconds, because DateTime literals end in 2106. */
function secondsOf({ chargeStart }: LineColumns): string {
  return `toUnixTimestamp(${chargeStart})`
}

/** A day is before all that starts after it, and equal to what starts in it. */
function compileDate({ comparison, columns }: { comparison: DateComparison; columns: LineColumns }): string {
  const { start, end } = comparison.date
  switch (comparison.type) {
    case 'Before':
      return `${secondsOf(columns)} < ${start}`
    case 'BeforeOrEquals':
      return `${secondsOf(columns)} < ${end}`
    case 'After':
      return `${secondsOf(columns)} >= ${end}`
    case 'AfterOrEquals':
      return `${secondsOf(columns)} >= ${start}`
  }
}

/**
 * `Until` belongs to the range, a whole day of it: CloudZero's own client library reads ForDateRange as
 * `From <= UsageDay <= Until`.
 */
function compileRange({ range: { from, until }, columns }: { range: DateRange; columns: LineColumns }): string {
  const seconds = secondsOf(columns)
  return joinAll([
    ...(from === null ? [] : [`${seconds} >= ${from.start}`]),
    ...(until === null ? [] : [`${seconds} < ${until.end}`]),
  ])
}

export function joinAny(tests: string[]): string {
  return tests.length === 0 ? 'false' : `(${tests.join(' OR ')})`
}

export function joinAll(tests: string[]): string {
  const [only] = tests
  if (only !== undefined && tests.length === 1) return only
  return only === undefined ? 'true' : `(${tests.join(' AND ')})`
}
