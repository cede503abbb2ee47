import type { ClickHouseSettings } from '@clickhouse/client'

/** Of every engine. JSON would turn money into doubles; errors in the middle of a result must not look like its end. */
export const SETTINGS: ClickHouseSettings = {
  output_format_json_quote_decimals: 1,
  output_format_json_quote_64bit_integers: 1,
  output_format_decimal_trailing_zeros: 0,
  date_time_output_format: 'iso',
  wait_end_of_query: 1,
  // A definition of a few thousand rules becomes one long expression.
  max_query_size: '50000000',
  max_ast_elements: '5000000',
  max_expanded_ast_elements: '5000000',
}
