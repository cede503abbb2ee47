import { parseAsBoolean, parseAsString, parseAsStringLiteral } from 'nuqs/server'
import { METRICS } from '@/lib/contract/common'

/** One parser a screen, for server and client: the URL is the screen's state. Dates are UTC days, `to` exclusive. */
export const overviewParams = {
  dimension: parseAsString,
  metric: parseAsStringLiteral(METRICS),
  granularity: parseAsStringLiteral(['hourly', 'daily', 'monthly', 'total'] as const).withDefault('daily'),
  from: parseAsString,
  to: parseAsString,
  currency: parseAsString,
  table: parseAsStringLiteral(['elements', 'periods'] as const).withDefault('elements'),
  /** Amounts with every digit. */
  exact: parseAsBoolean.withDefault(false),
  /** Every element in the table, not only the largest. */
  all: parseAsBoolean.withDefault(false),
  /** Import of the example that is being watched. */
  example: parseAsString,
}

/** What the explain drawer shows: an element's name behind `element:`, or `unallocated`. */
export const explainParams = {
  explain: parseAsString,
  period: parseAsString,
}

export const streamParams = {
  tab: parseAsStringLiteral(['records', 'batches', 'send'] as const).withDefault('records'),
}

export const dimensionsParams = {
  open: parseAsString,
  metric: parseAsStringLiteral(METRICS),
}

export const costsParams = {
  upload: parseAsString,
  metric: parseAsStringLiteral(METRICS).withDefault('BilledCost'),
  from: parseAsString,
  to: parseAsString,
  currency: parseAsString,
}
