import { CELL_COLUMNS, cellRowsSql, storedCellsSql } from '../allocation/cells-sql'
import { dayListSql } from '../allocation/days-sql'
import {
  type ChargeDay,
  daysOfMonths,
  type RulesDriver,
  reachOf,
  rulesDrivers,
  sharesUsage,
  sharingDays,
} from '../allocation/reach'
import { buildCells, type RelationInput } from '../allocation/relation'
import { ruleValuesSql, storedValuesSql, VALUE_COLUMNS } from '../allocation/rule-values-sql'
import { hasMonthlyLimits } from '../allocation/shape'
import { type Driver, isShaped, planSplit, type RulesSource, type SplitPlan } from '../allocation/split-plan'
import { weighSql } from '../allocation/weights-sql'
import { METRICS } from '../contract/common'
import type { AllocationDimension } from '../costformation/tree'
import { warehouse } from '../warehouse/client'
import { readBounds } from './bounds'
import { chargeDays } from './charge-days'
import { type RunTables, trialRunId } from './run-tables'
import { poolPlace, shapeCells } from './shape-cells'
import { eachSliceOfDays } from './slices'

export interface SplitRun extends Pick<RelationInput, 'definition' | 'streams' | 'cells'> {
  runId: number
  tables: RunTables
  /** The cost lines that count, of whatever day, as a WHERE over cost_lines. */
  where: string
  /** Instead of cost lines: rows that are known to be the pool's, where they stand already. */
  rowsOf?: PoolRows
}

/**
 * `rows`: a SELECT of `cs, ce, currency, keys` (in the plan's order), `line_count` and the metrics, each combination
 * once; `until`: the time that their charge periods end by. null: the dimension's pool is read off the cost lines.
 * `within` is the condition over a column of days that it is one of `days`.
 */
export type PoolRows = (input: {
  dimension: AllocationDimension
  days: readonly string[]
  within: (day: string) => string
}) => { rows: string; until: string } | null

const amongDays = (days: readonly string[]) => (day: string) => `${day} IN (${dayListSql(days)})`
const onDays = (days: readonly string[]) => amongDays(days)('toDate(ChargePeriodStart)')

/** The cost lines that a rule's values are made of, for cells of some days: as far as it looks. */
function ruleWhere({
  run,
  charges,
  drivers,
}: {
  run: SplitRun
  charges: readonly ChargeDay[]
  drivers: RulesDriver[]
}) {
  const reached = drivers.flatMap((driver) => charges.flatMap((charge) => reachOf(driver, charge)))
  const from = reached.map((days) => days.from).sort()[0]
  const to = reached
    .map((days) => days.to)
    .sort()
    .at(-1)
  if (from === undefined || to === undefined) return '0'
  const date = drivers[0]?.source.month == null ? 'toDate(ChargePeriodStart)' : 'BillingMonth'
  return `${run.where} AND ${date} >= toDate('${from}') AND ${date} <= toDate('${to}')`
}

/** Days whose cells have to be weighed for those of some days: who shares a record with these, or a limit, is among them. */
async function daysToWeigh({ run, plan, days }: { run: SplitRun; plan: SplitPlan; days: readonly string[] }) {
  if (sharesUsage(plan)) return sharingDays({ plan, days, charges: await chargeDays(run.where) })
  if (hasMonthlyLimits(plan.dimension)) return daysOfMonths(days, await chargeDays(run.where))
  return days
}

/** Stores what the rules of a split go by, for cells of some days. */
export async function computeRuleValues({
  run,
  dimension,
  days,
}: {
  run: SplitRun
  dimension: AllocationDimension
  days: readonly string[]
}) {
  const { command } = await warehouse()
  const plan = planSplit({ dimension, streams: run.streams })
  const wanted = new Set(await daysToWeigh({ run, plan, days }))
  const drivers = rulesDrivers(plan)
  const charges = drivers.length > 0 ? (await chargeDays(run.where)).filter(({ day }) => wanted.has(day)) : []
  const sources = new Map<number, RulesSource>()
  for (const { source } of [...plan.drivers, ...plan.fallbacks]) {
    if (source.kind === 'rules' && !sources.has(source.rule)) sources.set(source.rule, source)
  }
  for (const source of sources.values()) {
    const own = drivers.filter((driver) => driver.source.rule === source.rule)
    const values = ruleValuesSql({ ...run, where: ruleWhere({ run, charges, drivers: own }), source })
    await command({
      query: `INSERT INTO ${run.tables.values} (${VALUE_COLUMNS.join(', ')}) ${storedValuesSql({ runId: run.runId, plan, source, values })}`,
    })
  }
}

/** Cells with the name of every other pool that the streams know: what a pool hands on it may have got from others. */
function emptyPoolsSql({ plan, cells }: { plan: SplitPlan; cells: string }): string | null {
  const place = poolPlace(plan)
  if (plan.dimension.mutual === null || place === null) return null
  const pools = plan.drivers.flatMap(({ source }) => {
    const index = source.kind === 'telemetry' ? source.keys.indexOf(place) : -1
    if (source.kind !== 'telemetry' || index < 0) return []
    return `SELECT DISTINCT arrayJoin(filter_values[${index + 1}]) AS pool FROM telemetry_filter FINAL WHERE stream_id = ${source.stream.id} AND is_active = 1`
  })
  const apart = plan.setApart === null ? '' : `i = ${plan.setApart + 1}, '', `
  const keys = `arrayMap((key, i) -> multiIf(i = ${place + 1}, p.pool, ${apart}key), c.keys, arrayEnumerate(c.keys))`
  const others = `SELECT DISTINCT c.cs AS cs, c.ce AS ce, c.currency AS currency, ${keys} AS keys FROM (${cells}) AS c CROSS JOIN (${pools.join(' UNION DISTINCT ')}) AS p`
  const zeros = METRICS.map((metric) => `toDecimal128('0', 18) AS ${metric}`).join(', ')
  return `SELECT cs, ce, currency, keys, toUInt64(0) AS line_count, ${zeros} FROM (${others}) WHERE (cs, ce, currency, keys) NOT IN (SELECT cs, ce, currency, keys FROM (${cells}))`
}

/** Computes and stores the cells of a split on some days: equal lines of its pool, and what they are split by. */
export async function computeCells({
  run,
  dimension,
  days,
}: {
  run: SplitRun
  dimension: AllocationDimension
  days: readonly string[]
}): Promise<void> {
  const { command } = await warehouse()
  const plan = planSplit({ dimension, streams: run.streams })
  const rated = sharesUsage(plan)
  const monthly = hasMonthlyLimits(dimension)
  const weighedDays = await daysToWeigh({ run, plan, days })
  const sourceOf = async (some: readonly string[]) => {
    const where = `${run.where} AND ${onDays(some)}`
    const known = rated ? null : (run.rowsOf?.({ dimension, days: some, within: amongDays(some) }) ?? null)
    const lines = `(SELECT max(greatest(ChargePeriodEnd, ChargePeriodStart + 1)) FROM cost_lines WHERE ${where})`
    const from = some[0] ?? ''
    return {
      rows: known?.rows ?? buildCells({ ...run, where, dimension }),
      pooled: known !== null,
      from,
      ...(await readBounds({ plan, from, until: known?.until ?? lines })),
    }
  }
  const whole = await sourceOf(weighedDays)
  const store = async ({
    table,
    runId,
    drivers,
    ...source
  }: Awaited<ReturnType<typeof sourceOf>> & { table: string; runId: number; drivers: readonly Driver[] }) => {
    const values = { table: run.tables.values, runId: run.runId }
    const weighed = weighSql({ plan, drivers, ...source, values, rated })
    await command({
      query: `INSERT INTO ${table} (${CELL_COLUMNS.join(', ')}) ${storedCellsSql({ runId, plan, drivers, weighed })}${rated ? ` WHERE ${amongDays(days)('toDate(cs)')}` : ''}`,
    })
  }
  if (plan.fallbacks.length === 0 && !isShaped(plan)) {
    await store({ table: run.tables.cells, runId: run.runId, drivers: plan.drivers, ...whole })
    return
  }
  const [first, second] = [trialRunId(), trialRunId()]
  const stage = 'trial_cell'
  const of = (runId: number, test = '1') => `run_id = ${runId} AND ${test}`
  try {
    const stageDays = async (some: readonly string[]) =>
      store({ table: stage, runId: first, drivers: plan.drivers, ...(await sourceOf(some)) })
    await (monthly && !whole.pooled ? eachSliceOfDays(weighedDays, stageDays) : stageDays(weighedDays))
    const others = emptyPoolsSql({ plan, cells: cellRowsSql({ table: stage, condition: of(first) }) })
    const more = { table: stage, runId: first, drivers: plan.drivers }
    if (others !== null) await store({ ...whole, ...more, rows: others, pooled: true })
    const open = `empty(elements) AND reason != 'set_apart'`
    if (plan.fallbacks.length > 0) {
      const gaps = cellRowsSql({ table: stage, condition: of(first, open) })
      await store({ ...whole, table: stage, runId: second, drivers: plan.fallbacks, rows: gaps, pooled: true })
    }
    const key = '(period_start, period_end, currency, keys)'
    const filled = of(second, 'notEmpty(elements)')
    const done =
      plan.fallbacks.length > 0
        ? `((${filled}) OR (${of(first)} AND ${key} NOT IN (SELECT period_start, period_end, currency, keys FROM ${stage} WHERE ${filled})))`
        : of(first)
    if (isShaped(plan)) {
      await shapeCells({
        plan,
        from: { table: stage, condition: done },
        wanted: monthly ? amongDays(days)('day') : '1',
        into: run.tables,
        runId: run.runId,
      })
    } else {
      const columns = CELL_COLUMNS.filter((name) => name !== 'run_id').join(', ')
      await command({
        query: `INSERT INTO ${run.tables.cells} (run_id, ${columns}) SELECT ${run.runId}, ${columns} FROM ${stage} WHERE ${done}`,
      })
    }
  } finally {
    for (const id of [first, second]) await command({ query: `ALTER TABLE ${stage} DROP PARTITION ${id}` })
  }
}
