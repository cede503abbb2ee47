import { sqlString } from '../../costformation/sql-literal'
import { readType } from './column-type'
import type { FileColumn, Value } from './line-plan'
import { isBlank, rawText } from './text'

const TIME_FORM =
  '^\\d{4}-\\d{2}-\\d{2}([T ]([01]\\d|2[0-3]):[0-5]\\d(:[0-5]\\d(\\.\\d+)?)?)?(Z| ?UTC|[-+](0\\d|1[0-4])(:?[0-5]\\d)?)?$'
// Beyond it the warehouse's DateTime would take the nearest time that it has, without a word.
const YEAR_FORM = '^(19(7[1-9]|[89]\\d)|20\\d\\d|210[0-5])-'

export const NOT_TIME = 'is not an ISO 8601 time'
const OUTSIDE = 'lies outside 1971 to 2105'
const NO_TIME = "toDateTime(0, 'UTC')"

/** A time of a cost line, and the month that it is written in. */
export interface TimeValue extends Value {
  /** Date SQL: the first day of the month as it is written, whatever its offset. */
  month: string
}

/** UInt8 SQL over a Date or time: whether the warehouse's DateTime has it. */
function isOutside(sql: string): string {
  return `(toYear(${sql}) < 1971 OR toYear(${sql}) > 2105)`
}

function isDateOnly(type: string): boolean {
  return /Date(32)?\b(?!Time)/.test(type) && !/DateTime/.test(type)
}

function typedTime({ column, isRequired }: { column: FileColumn; isRequired: boolean }): TimeValue {
  const { isNullable } = readType(column.type)
  const { sql } = column
  const orNone = (expression: string, none: string) => (isNullable ? `ifNull(${expression}, ${none})` : expression)
  const outside = orNone(isOutside(sql), '0')
  const isNull = isNullable && isRequired ? [`isNull(${sql})`] : []
  return {
    sql: orNone(`toDateTime(${sql}, 'UTC')`, NO_TIME),
    month: orNone(
      `toStartOfMonth(${isDateOnly(column.type) ? `toDate(${sql})` : `toDate(${sql}, 'UTC')`})`,
      'toDate(0)',
    ),
    checks: [
      {
        column: column.name,
        value: rawText(column),
        suspicious: `(${[...isNull, outside].join(' OR ')})`,
        reason: `multiIf(${[...isNull.map((test) => `${test}, 'is empty'`), `${outside}, '${OUTSIDE}'`].join(', ')}, '')`,
      },
    ],
  }
}

/** Times as text repeat from line to line: each is read once a block, through its dictionary. */
export function timeOfText({
  column,
  text,
  raw = text,
  isRequired,
  reason = NOT_TIME,
}: {
  column: string
  text: string
  raw?: string
  isRequired: boolean
  /** Of a text that is no time. */
  reason?: string
}): TimeValue {
  const dictionary = `toLowCardinality(${text})`
  const parsed = `parseDateTimeBestEffortOrNull(${dictionary}, 'UTC')`
  const isTime = `(match(${dictionary}, ${sqlString(YEAR_FORM)}) AND match(${dictionary}, ${sqlString(TIME_FORM)}) AND isNotNull(${parsed}))`
  return {
    sql: `ifNull(${parsed}, ${NO_TIME})`,
    month: `toDateOrZero(concat(substring(${dictionary}, 1, 7), '-01'))`,
    checks: [
      {
        column,
        value: raw,
        suspicious: isRequired ? `NOT ${isTime}` : `(NOT ${isTime} AND NOT ${isBlank(text)})`,
        reason: `multiIf(${isBlank(text)}, ${isRequired ? "'is empty'" : "''"}, NOT match(${text}, ${sqlString(TIME_FORM)}) OR isNull(${parsed}), ${sqlString(reason)}, NOT match(${text}, ${sqlString(YEAR_FORM)}), '${OUTSIDE}', '')`,
      },
    ],
  }
}

/** A cell as DateTime('UTC'); the epoch where there is none. */
export function time({ column, isRequired = false }: { column: FileColumn; isRequired?: boolean }): TimeValue {
  if (readType(column.type).kind === 'time') return typedTime({ column, isRequired })
  return timeOfText({ column: column.name, text: rawText(column), isRequired })
}
