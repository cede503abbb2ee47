import { sqlString } from '../../costformation/sql-literal'
import { readType } from './column-type'
import type { Check, FileColumn, Value } from './line-plan'
import { isBlank, rawText } from './text'

/** Of every money and quantity column: 20 integer and 18 fractional digits. */
export const DECIMAL_TYPE = 'Decimal(38, 18)'
export const ZERO = `toDecimal128(0, 18)`

const DECIMAL_FORM = '^[-+]?(\\d+\\.?\\d*|\\.\\d+)([eE][-+]?\\d+)?$'

export const NOT_DECIMAL = 'is not a decimal number'
const TOO_LARGE = 'has more than 20 integer digits'
const TOO_LONG = 'has more than 18 fractional digits'

// Digits past the 18th that are not 0. With an exponent the 38 digits of a Decimal256 tell, which hold what these two
// forms leave over.
const LONG_FRACTION = '\\.\\d{18}\\d*[1-9]'
const SMALL_FRACTION = '\\.\\d{19,}[eE]|[eE]-0*(2[1-9]|[3-9]\\d|\\d{3,})$'

function hasTooManyDigits(text: string): string {
  const differs = `toDecimal256OrNull(${text}, 38) != toDecimal256(toDecimal128OrNull(${text}, 18), 38)`
  const withExponent = `match(${text}, ${sqlString(SMALL_FRACTION)}) OR ifNull(${differs}, 0)`
  return `if(position(lower(${text}), 'e') > 0, ${withExponent}, match(${text}, ${sqlString(LONG_FRACTION)}))`
}

/** Nullable(Decimal): null for what is no decimal of that size; digits past the 18th fractional one are cut. */
export function parsedDecimal(text: string): string {
  return `accurateCastOrNull(${text}, '${DECIMAL_TYPE}')`
}

// What is plainly a decimal of that size: two forms, so that each costs one pass over the text.
const PLAIN_FORM = '^-?[0-9]{1,20}([.][0-9]{0,18})?$'
const SHORT_EXPONENT_FORM = '^-?[0-9]{1,8}([.][0-9]{0,8})?[eE]-?([0-9]|10)$'

/**
 * Whether the cast's answer for a text cannot be trusted as it is. It takes `1.2.3` for 1.23 and `-`, `.`, `e5` for 0, and
 * cuts what follows the 18th fractional digit: so all that is not plainly a decimal is looked at again.
 */
function suspiciousText({ text, isRequired }: { text: string; isRequired: boolean }): string {
  const isOdd = [PLAIN_FORM, SHORT_EXPONENT_FORM].map((form) => `NOT match(${text}, ${sqlString(form)})`)
  return `(${(isRequired ? isOdd : [isOdd[0], `NOT ${isBlank(text)}`, isOdd[1]]).join(' AND ')})`
}

/** String SQL: why a text is no decimal that can be kept exactly, '' if it is one. */
export function decimalReason({
  text,
  isRequired,
  mayCut = false,
}: {
  text: string
  isRequired: boolean
  /** Whether digits past the 18th are cut without a word: of prices and quantities, so that no cost is lost for them. */
  mayCut?: boolean
}): string {
  const tooLong = mayCut ? '' : `${hasTooManyDigits(text)}, '${TOO_LONG}', `
  return `multiIf(${isBlank(text)}, ${isRequired ? "'is empty'" : "''"}, NOT match(${text}, ${sqlString(DECIMAL_FORM)}), '${NOT_DECIMAL}', isNull(${parsedDecimal(text)}), '${TOO_LARGE}', ${tooLong}'')`
}

/** Texts of decimals, as another notation may have been turned into; `raw` is what a report shows. */
export function decimalOfText({
  column,
  text,
  raw = text,
  isRequired,
  mayCut = false,
}: {
  column: string
  text: string
  raw?: string
  isRequired: boolean
  mayCut?: boolean
}): Value {
  return {
    sql: parsedDecimal(text),
    checks: [
      {
        column,
        value: raw,
        suspicious: suspiciousText({ text, isRequired }),
        reason: decimalReason({ text, isRequired, mayCut }),
      },
    ],
  }
}

/** A typed number that has its own way to be null, too large or too long. */
function typedCheck({
  column,
  isRequired,
  isWrong,
  reason,
}: {
  column: FileColumn
  isRequired: boolean
  isWrong: string | null
  reason: string
}): Check[] {
  const { isNullable } = readType(column.type)
  const isNull = isNullable && isRequired ? `isNull(${column.sql})` : null
  const tests = [isNull, isWrong].filter((test) => test !== null)
  if (tests.length === 0) return []
  const cases = [isNull ? `${isNull}, 'is empty'` : null, isWrong ? `${isWrong}, ${reason}` : null].filter(
    (part) => part !== null,
  )
  return [
    {
      column: column.name,
      value: rawText(column),
      suspicious: `(${tests.join(' OR ')})`,
      reason: `multiIf(${cases.join(', ')}, '')`,
    },
  ]
}

/**
 * A cell as Nullable(Decimal(38, 18)), exact. A floating-point column goes through the shortest text that gives the same
 * number, and is cut after the 18th fractional digit: it was never exact (the plan warns).
 */
export function decimal({
  column,
  isRequired = false,
  mayCut = false,
}: {
  column: FileColumn
  isRequired?: boolean
  /** Of prices and quantities: digits past the 18th fractional one are cut, and no cost is lost for them. */
  mayCut?: boolean
}): Value {
  const { kind, isNullable, scale } = readType(column.type)
  const { sql } = column
  const unlessNull = (test: string) => (isNullable ? `ifNull(${test}, 0)` : test)
  switch (kind) {
    case 'integer': {
      const cast = `accurateCastOrNull(${sql}, '${DECIMAL_TYPE}')`
      const isWrong = unlessNull(`isNotNull(${sql}) AND isNull(${cast})`)
      return { sql: cast, checks: typedCheck({ column, isRequired, isWrong, reason: `'${TOO_LARGE}'` }) }
    }
    case 'decimal': {
      const cast = `accurateCastOrNull(${sql}, '${DECIMAL_TYPE}')`
      const tooLong = scale > 18 && !mayCut ? ` OR ${cast} != ${sql}` : ''
      const isWrong = unlessNull(`isNotNull(${sql}) AND (isNull(${cast})${tooLong})`)
      const reason = `if(isNull(${cast}), '${TOO_LARGE}', '${TOO_LONG}')`
      return { sql: cast, checks: typedCheck({ column, isRequired, isWrong, reason }) }
    }
    case 'float': {
      const cast = parsedDecimal(`toString(${sql})`)
      const isWrong = unlessNull(`isNotNull(${sql}) AND isNull(${cast})`)
      const reason = `if(isFinite(${sql}), '${TOO_LARGE}', '${NOT_DECIMAL}')`
      return { sql: cast, checks: typedCheck({ column, isRequired, isWrong, reason }) }
    }
    default:
      return decimalOfText({ column: column.name, text: rawText(column), isRequired, mayCut })
  }
}

/** The same, and 0 where there is none: the four costs are never null. */
export function cost(value: Value): Value {
  return { ...value, sql: `ifNull(${value.sql}, ${ZERO})` }
}
