import { METRICS } from '../contract/common'
import { sqlString } from '../costformation/sql-literal'
import type { Driver, SplitPlan } from './split-plan'

/** The columns of a cell table, in the order of `storedCellsSql`. */
export const CELL_COLUMNS = [
  'run_id',
  'dimension_id',
  'day',
  'period_start',
  'period_end',
  'currency',
  'keys',
  'lines',
  ...METRICS,
  'driver',
  'gap',
  'reason',
  'records',
  'elements',
  'sums',
  'wide_sums',
]

function gapSql(drivers: readonly Driver[]): string {
  const gaps = drivers.filter(({ gap }) => gap !== '')
  if (gaps.length === 0) return "''"
  return `transform(rank, [${gaps.map(({ rank }) => rank).join(', ')}], [${gaps.map(({ gap }) => sqlString(gap)).join(', ')}], '')`
}

/** Weighed rows (`weighSql`) as cells of a run. */
export function storedCellsSql({
  runId,
  plan,
  drivers,
  weighed,
}: {
  runId: number
  plan: SplitPlan
  drivers: readonly Driver[]
  weighed: string
}): string {
  const isRules = plan.dimension.allocation.type === 'AllocateByRules'
  const nothing = isRules ? "'no_drivers'" : "records > 0, 'zero_weights', 'no_telemetry'"
  const why = `multiIf(apart, 'set_apart', notEmpty(elements), if(elements[1] = '', 'not_claimed', ''), ${nothing})`
  return `SELECT toUInt32(${runId}), ${sqlString(plan.dimension.id)}, toDate(cs), cs, ce, currency, keys, line_count, ${METRICS.join(', ')},
    toUInt16(rank), ${gapSql(drivers)}, ${why}, records, elements,
    if(weights[-1] < toInt256('9223372036854775808'), arrayMap(w -> toUInt64(w), weights), []),
    if(weights[-1] < toInt256('9223372036854775808'), [], weights)
    FROM (${weighed})`
}

/** Cells of a run that are kept, as rows that weights are looked for again: `cs, ce, currency, keys, line_count` and the metrics. */
export function cellRowsSql({ table, condition }: { table: string; condition: string }): string {
  return `SELECT period_start AS cs, period_end AS ce, currency, keys, lines AS line_count, ${METRICS.join(', ')} FROM ${table} WHERE ${condition}`
}
