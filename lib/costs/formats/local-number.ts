import type { Mapping } from '../../contract/import-profiles'
import { sqlString } from '../../costformation/sql-literal'
import { readType } from './column-type'
import { decimal, decimalOfText, NOT_DECIMAL } from './decimal'
import type { FileColumn, Value } from './line-plan'
import { isBlank, rawText } from './text'

/** Spaces of all widths and the apostrophes that group thousands. */
const SPACES = "\\s\\x{a0}\\x{2009}\\x{202f}'\\x{2019}"
const CURRENCY = '(?:\\p{Sc}|[A-Z]{1,2}\\$|[A-Z]{3})'
const MINUS = '[-\\x{2212}]'

interface Marks {
  /** RE2 of the fraction's mark, and of what may group thousands. */
  point: string
  group: string
}

const MARKS: Readonly<Record<Mapping['decimal_mark'], Marks>> = {
  '.': { point: '\\.', group: `[,${SPACES}]` },
  ',': { point: ',', group: `[.${SPACES}]` },
}

/** Thousands by three digits (the Indian way by two before them), so that `1,5` is never taken for 15. */
function formOf({ point, group }: Marks): string {
  const grouped = `\\d{1,3}(?:${group}\\d{2,3})*${group}\\d{3}`
  const number = `(?:(?:${grouped}|\\d+)(?:${point}\\d*)?|${point}\\d+)(?:[eE][-+]?\\d+)?`
  const signs = `(?:${MINUS}|\\+)`
  const leading = `${signs}?\\s*${CURRENCY}?\\s*${number}\\s*${CURRENCY}?`
  const inner = `${CURRENCY}\\s*${signs}\\s*${number}`
  const trailing = `${CURRENCY}?\\s*${number}\\s*${MINUS}\\s*${CURRENCY}?`
  return `^\\s*(?:${leading}|${inner}|${trailing}|\\(\\s*${CURRENCY}?\\s*${number}\\s*${CURRENCY}?\\s*\\))\\s*$`
}

/** `(1.234,50 €)` → `-1234.50`: what is left of a text of that form. */
function plainText({ raw, marks, mark }: { raw: string; marks: Marks; mark: string }): string {
  const isNegative = `match(${raw}, ${sqlString(`^[^0-9.,]*(?:${MINUS}|\\()|${MINUS}[^0-9]*$`)})`
  const left = `^[^0-9.,]*-|[A-Za-z]{2,}|[A-Z]+\\$|\\p{Sc}|[${SPACES}()+]|${marks.group}|\\x{2212}|-[^0-9]*$`
  const digits = `replaceRegexpAll(${raw}, ${sqlString(left)}, '')`
  const body = mark === ',' ? `replaceOne(${digits}, ',', '.')` : digits
  return `if(${isBlank(raw)}, '', concat(if(${isNegative}, '-', ''), ${body}))`
}

/**
 * A number as people write it: thousands marks, currency signs and codes, `(12.50)` and `12.50-` for negatives. Plain
 * numbers, and all numbers of typed columns, go the short way.
 */
export function localDecimal({
  column,
  mark,
  isRequired = false,
}: {
  column: FileColumn
  mark: Mapping['decimal_mark']
  isRequired?: boolean
}): Value {
  if (readType(column.type).kind !== 'text') return decimal({ column, isRequired })
  const raw = rawText(column)
  const marks = MARKS[mark]
  const written = plainText({ raw, marks, mark })
  const isPlain = mark === '.' ? `match(${raw}, '^-?[0-9]+([.][0-9]+)?$')` : `match(${raw}, '^-?[0-9]+$')`
  const value = decimalOfText({ column: column.name, text: `if(${isPlain}, ${raw}, ${written})`, raw, isRequired })
  const isForeign = `(NOT ${isBlank(raw)} AND NOT match(${raw}, ${sqlString(formOf(marks))}))`
  return {
    sql: value.sql,
    checks: value.checks.map((check) => ({
      ...check,
      suspicious: `(${isForeign} OR ${check.suspicious})`,
      reason: `if(${isForeign}, '${NOT_DECIMAL}', ${check.reason})`,
    })),
  }
}
