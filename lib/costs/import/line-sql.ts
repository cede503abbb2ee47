import { sqlString } from '../../costformation/sql-literal'
import type { Header, HeaderColumn } from './focus-header'
import { REQUIRED_COLUMNS } from './focus-header'

/** A cell as a value; FOCUS writes null as an empty cell or as NULL. */
const cell = (column: HeaderColumn) => `c${column.index}`
const value = (column: HeaderColumn) => `if(${cell(column)} = 'NULL', '', ${cell(column)})`

const DECIMAL_FORM = '^-?(\\d+\\.?\\d*|\\.\\d+)([eE][-+]?\\d+)?$'
const TIME_FORM =
  '^\\d{4}-\\d{2}-\\d{2}([T ]([01]\\d|2[0-3]):[0-5]\\d(:[0-5]\\d(\\.\\d+)?)?)?(Z|[-+](0\\d|1[0-4]):?[0-5]\\d)?$'
// Beyond it the warehouse's DateTime would take the nearest time that it has, without a word.
const YEAR_FORM = '^(19(7[1-9]|[89]\\d)|20\\d\\d|210[0-5])-'

// Digits past the 18th that are not 0. With an exponent the 38 digits of a Decimal256 tell, which hold what these two
// forms leave over.
const TOO_LONG = '\\.\\d{18}\\d*[1-9]'
const TOO_SMALL = '\\.\\d{19,}[eE]|[eE]-0*(2[1-9]|[3-9]\\d|\\d{3,})$'

// Up to 19 characters without an exponent hold at most 18 fractional digits: the rest is for longer ones.
function hasTooManyDigits(text: string): string {
  const differs = `toDecimal256OrNull(${text}, 38) != toDecimal256(toDecimal128OrNull(${text}, 18), 38)`
  const withExponent = `match(${text}, ${sqlString(TOO_SMALL)}) OR ifNull(${differs}, 0)`
  return `multiIf(position(lower(${text}), 'e') > 0, ${withExponent}, length(${text}) < 20, 0, match(${text}, ${sqlString(TOO_LONG)}))`
}

/** `(reason, is wrong)` in order; the first that holds is reported. */
function checksOf(column: HeaderColumn): [reason: string, test: string][] {
  const text = value(column)
  const isRequired = REQUIRED_COLUMNS.some((name) => name === column.name)
  const empty: [string, string][] = isRequired ? [['is empty', `${text} = ''`]] : []
  switch (column.kind) {
    case 'decimal':
      return [
        ...empty,
        ['is not a decimal number', `${text} != '' AND NOT match(${text}, ${sqlString(DECIMAL_FORM)})`],
        ['has more than 20 integer digits', `${text} != '' AND isNull(toDecimal128OrNull(${text}, 18))`],
        ['has more than 18 fractional digits', `${text} != '' AND ${hasTooManyDigits(text)}`],
      ]
    case 'time':
      return [
        ...empty,
        [
          'is not an ISO 8601 time',
          `${text} != '' AND (NOT match(${text}, ${sqlString(TIME_FORM)}) OR isNull(parseDateTimeBestEffortOrNull(${text}, 'UTC')))`,
        ],
        ['lies outside 1971 to 2105', `${text} != '' AND NOT match(${text}, ${sqlString(YEAR_FORM)})`],
      ]
    case 'tags':
      return [['is not a JSON object', `${text} != '' AND (NOT isValidJSON(${text}) OR JSONType(${text}) != 'Object')`]]
    default:
      return empty
  }
}

/** An expression of type Array(Tuple(column, value, reason)): what is wrong with a staged record. */
export function faultsSql(header: Header): string {
  const perColumn = header.columns.flatMap((column) => {
    const checks = checksOf(column)
    if (checks.length === 0) return []
    const reason = `multiIf(${checks.map(([text, test]) => `${test}, ${sqlString(text)}`).join(', ')}, '')`
    return [`(${sqlString(column.name)}, ${cell(column)}, ${reason})`]
  })
  return `arrayFilter(f -> f.3 != '', [${perColumn.join(', ')}])`
}

const MAP_TYPE = 'Map(LowCardinality(String), String)'

/** A JSON object as a map: strings as they are, null as none, other values as their text. */
function tagsSql(text: string): string {
  const pairs = `JSONExtractKeysAndValuesRaw(${text})`
  return `CAST(arrayMap(kv -> (kv.1, multiIf(startsWith(kv.2, '"'), JSONExtract(kv.2, 'String'), kv.2 = 'null', '', kv.2)), ${pairs}), '${MAP_TYPE}')`
}

function convert(column: HeaderColumn): string {
  const text = value(column)
  switch (column.kind) {
    case 'decimal':
      return column.name.endsWith('Cost') && !column.name.startsWith('PricingCurrency')
        ? `ifNull(toDecimal128OrNull(${text}, 18), 0)`
        : `toDecimal128OrNull(${text}, 18)`
    case 'time':
      return `parseDateTimeBestEffortOrZero(${text}, 'UTC')`
    case 'tags':
      return tagsSql(text)
    default:
      return text
  }
}

/** The billing month as it is written, whatever its offset: the same bill in another zone is the same month. */
function writtenMonth(column: HeaderColumn): string {
  return `toDate(concat(substring(${value(column)}, 1, 7), '-01'))`
}

/** Columns of cost_lines and the expressions that fill them from a staged record. */
export function lineColumnsSql(header: Header): { column: string; sql: string }[] {
  const kept = header.columns.filter((column) => column.kind !== 'attribute')
  const attributes = header.columns.filter((column) => column.kind === 'attribute')
  const start = header.columns.find((column) => column.name === 'BillingPeriodStart')
  const pairs = attributes.map((column) => `(${sqlString(column.name)}, ${value(column)})`)
  return [
    ...kept.map((column) => ({ column: column.name, sql: convert(column) })),
    ...(start ? [{ column: 'BillingMonth', sql: writtenMonth(start) }] : []),
    ...(pairs.length > 0
      ? [{ column: 'Attributes', sql: `CAST(arrayFilter(kv -> kv.2 != '', [${pairs.join(', ')}]), '${MAP_TYPE}')` }]
      : []),
  ]
}
