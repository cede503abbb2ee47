import { z } from 'zod'
import { CELL_COLUMNS, cellRowsSql, storedCellsSql } from '../allocation/cells-sql'
import { buildCells, type RelationInput } from '../allocation/relation'
import { ruleValuesSql, storedValuesSql, VALUE_COLUMNS } from '../allocation/rule-values-sql'
import { type Driver, isShaped, planSplit, type RulesSource, type SplitPlan } from '../allocation/split-plan'
import { pooledRowsSql, weighSql } from '../allocation/weights-sql'
import { METRICS } from '../contract/common'
import type { AllocationDimension } from '../costformation/tree'
import { toUnits } from '../units'
import { warehouse } from '../warehouse/client'
import { type RunTables, trialRunId } from './run-tables'
import { type MonthCosts, monthKey, shapeCells } from './shape-cells'

export interface SplitRun extends Pick<RelationInput, 'definition' | 'streams' | 'cells'> {
  runId: number
  tables: RunTables
  /** The cost lines that count, of whatever day, as a WHERE over cost_lines. */
  where: string
}

const dayList = (days: readonly string[]) => days.map((day) => `toDate('${day}')`).join(', ')
const onDays = (days: readonly string[]) => `toDate(ChargePeriodStart) IN (${dayList(days)})`

const boundsRow = z.object({ last: z.string(), first_month: z.string(), last_month: z.string() })

/** The cost lines that a rule's values are made of, for cells of some days: as far as their windows reach. */
async function ruleWhere({
  run,
  days,
  driver,
}: {
  run: SplitRun
  days: readonly string[]
  driver: Driver & { source: RulesSource }
}) {
  const { query } = await warehouse()
  const [bounds] = await query({
    query: `SELECT toString(toDate(max(greatest(ChargePeriodEnd - 1, ChargePeriodStart)))) AS last, toString(min(BillingMonth)) AS first_month, toString(max(BillingMonth)) AS last_month
      FROM cost_lines WHERE ${run.where} AND ${onDays(days)}`,
    schema: boundsRow,
  })
  const { source, window, carry } = driver
  const back = Math.max(window.type === 'PreviousMonth' ? 1 : 0, source.granularity === 'MONTHLY' ? carry : 0)
  if (source.month !== null) {
    return `${run.where} AND BillingMonth >= addMonths(toDate('${bounds?.first_month}'), -${back}) AND BillingMonth <= toDate('${bounds?.last_month}')`
  }
  const first = `toDate('${days[0]}')`
  const last = `toDate('${bounds?.last}')`
  const [from, to] =
    source.granularity === 'MONTHLY' || window.type === 'PreviousMonth'
      ? [`addMonths(toStartOfMonth(${first}), -${back})`, `toLastDayOfMonth(${last})`]
      : [`addDays(${first}, -${Math.max(window.type === 'LastDays' ? window.days : 0, carry)})`, last]
  return `${run.where} AND toDate(ChargePeriodStart) >= ${from} AND toDate(ChargePeriodStart) <= ${to}`
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
  const drivers = new Map<number, Driver & { source: RulesSource }>()
  for (const driver of [...plan.drivers, ...plan.fallbacks]) {
    const { source } = driver
    if (source.kind !== 'rules') continue
    const known = drivers.get(source.rule)
    drivers.set(source.rule, { ...driver, source, carry: Math.max(driver.carry, known?.carry ?? 0) })
  }
  for (const driver of drivers.values()) {
    const values = ruleValuesSql({ ...run, where: await ruleWhere({ run, days, driver }), source: driver.source })
    await command({
      query: `INSERT INTO ${run.tables.values} (${VALUE_COLUMNS.join(', ')}) ${storedValuesSql({ runId: run.runId, plan, source: driver.source, values })}`,
    })
  }
}

const monthRow = z.object({ month: z.string(), currency: z.string(), cost: z.string() })

/** EffectiveCost of the whole pool in the months of some days, where limits are amounts a month. */
async function monthCosts({
  run,
  plan,
  days,
}: {
  run: SplitRun
  plan: SplitPlan
  days: readonly string[]
}): Promise<MonthCosts> {
  const isAsked = plan.dimension.elements.some(({ floor, cap }) => floor?.type === 'Amount' || cap?.type === 'Amount')
  if (!isAsked) return new Map()
  const months = [...new Set(days.map((day) => `toDate('${day.slice(0, 7)}-01')`))]
  const where = `${run.where} AND toStartOfMonth(ChargePeriodStart) IN (${months.join(', ')})`
  const rows = buildCells({ ...run, where, dimension: plan.dimension })
  const { query } = await warehouse()
  const found = await query({
    query: `SELECT toString(toStartOfMonth(p.cs)) AS month, p.currency AS currency, sum(p.EffectiveCost) AS cost
      FROM (${pooledRowsSql({ plan, drivers: plan.drivers, rows, pooled: false })}) AS p WHERE NOT p.apart GROUP BY month, currency`,
    schema: monthRow,
  })
  return new Map(found.map((row) => [monthKey(row.month, row.currency), toUnits(row.cost)]))
}

/** Charge periods of the cells, each with every pool that the streams know: what a pool hands on it may have got from others. */
function emptyPoolsSql({ plan, cells }: { plan: SplitPlan; cells: string }): string | null {
  const ids = plan.drivers.flatMap(({ source }) => (source.kind === 'telemetry' ? [source.stream.id] : []))
  if (plan.dimension.mutual === null || ids.length === 0) return null
  const pools = `SELECT DISTINCT arrayJoin(filter_values[1]) AS pool FROM telemetry_filter FINAL WHERE stream_id IN (${ids.join(', ')}) AND is_active = 1`
  const others = `SELECT DISTINCT c.cs AS cs, c.ce AS ce, c.currency AS currency, [p.pool] AS keys FROM (${cells}) AS c CROSS JOIN (${pools}) AS p`
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
  const where = `${run.where} AND ${onDays(days)}`
  const inUnits = dimension.allocation.type === 'AllocateByStreams' && dimension.allocation.rate !== null
  const bounds = {
    from: days[0] ?? '',
    until: `(SELECT max(greatest(ChargePeriodEnd, ChargePeriodStart + 1)) FROM cost_lines WHERE ${where})`,
    values: { table: run.tables.values, runId: run.runId },
    inUnits,
  }
  const store = async ({
    table,
    runId,
    drivers,
    rows,
    pooled,
  }: {
    table: string
    runId: number
    drivers: readonly Driver[]
    rows: string
    pooled: boolean
  }) => {
    const weighed = weighSql({ plan, drivers, rows, pooled, ...bounds })
    await command({
      query: `INSERT INTO ${table} (${CELL_COLUMNS.join(', ')}) ${storedCellsSql({ runId, plan, drivers, weighed })}`,
    })
  }
  const rows = buildCells({ ...run, where, dimension })
  if (plan.fallbacks.length === 0 && !isShaped(plan)) {
    await store({ table: run.tables.cells, runId: run.runId, drivers: plan.drivers, rows, pooled: false })
    return
  }
  const [first, second] = [trialRunId(), trialRunId()]
  const stage = 'trial_cell'
  const of = (runId: number, test = '1') => `run_id = ${runId} AND ${test}`
  try {
    await store({ table: stage, runId: first, drivers: plan.drivers, rows, pooled: false })
    const others = emptyPoolsSql({ plan, cells: cellRowsSql({ table: stage, condition: of(first) }) })
    if (others !== null) await store({ table: stage, runId: first, drivers: plan.drivers, rows: others, pooled: true })
    const open = `empty(elements) AND reason != 'set_apart'`
    if (plan.fallbacks.length > 0) {
      const gaps = cellRowsSql({ table: stage, condition: of(first, open) })
      await store({ table: stage, runId: second, drivers: plan.fallbacks, rows: gaps, pooled: true })
    }
    const key = '(period_start, period_end, currency, keys)'
    const filled = of(second, 'notEmpty(elements)')
    const done =
      plan.fallbacks.length > 0
        ? `((${filled}) OR (${of(first)} AND ${key} NOT IN (SELECT period_start, period_end, currency, keys FROM ${stage} WHERE ${filled})))`
        : of(first)
    if (isShaped(plan)) {
      const months = await monthCosts({ run, plan, days })
      await shapeCells({
        plan,
        from: { table: stage, condition: done },
        into: run.tables.cells,
        runId: run.runId,
        months,
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
