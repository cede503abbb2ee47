import type { ClickHouseSettings } from '@clickhouse/client'
import { sqlString } from '../costformation/sql-literal'

/** Of every engine. JSON would turn money into doubles. */
export const SETTINGS = {
  output_format_json_quote_decimals: 1,
  output_format_json_quote_64bit_integers: 1,
  output_format_decimal_trailing_zeros: 0,
  date_time_output_format: 'iso',
  // A definition of a few thousand rules becomes one long expression.
  max_query_size: '50000000',
  max_ast_elements: '5000000',
  max_expanded_ast_elements: '5000000',
} satisfies ClickHouseSettings

/** A statement that gives a session these settings. */
export const setSql = (settings: Record<string, string | number>): string =>
  `SET ${Object.entries(settings)
    .map(([name, value]) => `${name} = ${typeof value === 'number' ? value : sqlString(value)}`)
    .join(', ')}`
