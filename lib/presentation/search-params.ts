import { parseAsBoolean, parseAsInteger, parseAsNativeArrayOf, parseAsString, parseAsStringLiteral } from 'nuqs/server'
import { METRICS } from '@/lib/contract/common'
import { BASES, COST_GRANULARITIES } from '@/lib/contract/explorer'
import { SORTS } from './explorer/report'

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
  /** The steps that have been followed from there, each as JSON. */
  via: parseAsNativeArrayOf(parseAsString).withDefault([]),
}

export const streamParams = {
  tab: parseAsStringLiteral(['records', 'batches', 'coverage', 'send'] as const).withDefault('records'),
}

export const dimensionsParams = {
  open: parseAsString,
  edit: parseAsStringLiteral(['yaml', 'form'] as const).withDefault('yaml'),
  metric: parseAsStringLiteral(METRICS),
}

export const costsParams = {
  upload: parseAsString,
  metric: parseAsStringLiteral(METRICS).withDefault('BilledCost'),
  from: parseAsString,
  to: parseAsString,
  currency: parseAsString,
}

export const explorerParams = {
  from: parseAsString,
  to: parseAsString,
  granularity: parseAsStringLiteral(COST_GRANULARITIES).withDefault('daily'),
  metric: parseAsStringLiteral(METRICS),
  currency: parseAsString,
  basis: parseAsStringLiteral(BASES).withDefault('charge'),
  /** Up to three keys; one that is empty stands for none. */
  group: parseAsNativeArrayOf(parseAsString).withDefault(['service']),
  filter: parseAsNativeArrayOf(parseAsString).withDefault([]),
  /** The levels above, each as JSON of label, group and filter. */
  trail: parseAsNativeArrayOf(parseAsString).withDefault([]),
  top: parseAsInteger.withDefault(10),
  compare: parseAsBoolean.withDefault(false),
  chart: parseAsStringLiteral(['bars', 'area', 'lines'] as const).withDefault('bars'),
  table: parseAsStringLiteral(['groups', 'periods'] as const).withDefault('groups'),
  sort: parseAsStringLiteral(SORTS).withDefault('cost'),
  reverse: parseAsBoolean.withDefault(false),
}

export const runsParams = {
  status: parseAsStringLiteral(['all', 'completed', 'failed'] as const).withDefault('all'),
}

export const coverageParams = {
  dimension: parseAsString,
  from: parseAsString,
  to: parseAsString,
  metric: parseAsStringLiteral(METRICS),
  currency: parseAsString,
  /** Hours after its bucket's end from which on a record is late. */
  late: parseAsInteger.withDefault(24),
}

export const compareParams = {
  dimension: parseAsString,
  from: parseAsString,
  to: parseAsString,
  metric: parseAsStringLiteral(METRICS),
  currency: parseAsString,
  /** The dimension whose dedicated cost the proportional method goes by. */
  by: parseAsString,
}
