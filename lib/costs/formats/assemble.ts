import { sqlString } from '../../costformation/sql-literal'
import type { Check, FormatName, LineColumn, LinePlan, Value } from './line-plan'

/** Puts a plan together from the values of its columns. */
export function assemble({
  format,
  version = null,
  values,
  further = [],
  warnings,
}: {
  format: FormatName
  version?: string | null
  /** By column of cost_lines. */
  values: ReadonlyMap<string, Value>
  /** Checks that belong to no one column. */
  further?: readonly Check[]
  warnings: readonly string[]
}): LinePlan {
  const columns: LineColumn[] = [...values].map(([column, { sql }]) => ({ column, sql }))
  const checks = distinct([...[...values.values()].flatMap((value) => value.checks), ...further])
  const found = checks.map(({ column, value, reason }) => `(${sqlString(column)}, ${value}, ${reason})`)
  return {
    format,
    version,
    columns,
    suspicious: anyOf(checks.map((check) => check.suspicious)),
    faults:
      checks.length > 0
        ? `arrayFilter(fault -> fault.3 != '', [${found.join(', ')}])`
        : "CAST([], 'Array(Tuple(String, String, String))')",
    warnings: [...warnings],
  }
}

/** Bitwise: OR would cut its columns to the rows that are left, test by test, which costs more than the tests. */
function anyOf(tests: readonly string[]): string {
  return tests.length > 0 ? tests.reduce((all, test) => `bitOr(${all}, ${test})`) : '0'
}

/** A cell that several values read is checked once. */
function distinct(checks: readonly Check[]): Check[] {
  const seen = new Map(checks.map((check) => [`${check.column}\0${check.reason}`, check]))
  return [...seen.values()]
}
