import { z } from 'zod'
import { buildRelation } from '../allocation/relation'
import type { AllocationsQuery, AllocationsReport } from '../contract/allocations'
import { gapPolicy, unallocatedReason } from '../contract/allocations'
import { allocationsBehind } from '../costformation/graph'
import { canonicalFilterKey } from '../costformation/source'
import { sqlString } from '../costformation/sql-literal'
import type { Definition, Dimension } from '../costformation/tree'
import { plainDecimal, sumDecimals } from '../decimal'
import { type CurrentDefinition, currentDefinition } from '../definitions/current'
import { planStreams, streamFilterKeys } from '../definitions/streams'
import { AppError } from '../errors'
import { currentSplits } from '../runs/current-splits'
import { type RunsInForce, readRunsInForce } from '../runs/runs-in-force'
import { readWaiting, type Waiting } from '../runs/waiting'
import { warehouse } from '../warehouse/client'
import { MAX_ROWS, tooManyRows } from './costs'
import { findDimension } from './find-dimension'
import { isoSeconds, isWholeDay, periodSql, type ReportScope, readFilters, readKey, readScope } from './report-query'

const row = z.object({
  period: z.string(),
  element: z.string(),
  reason: z.string(),
  groups: z.array(z.string()),
  gaps: z.array(gapPolicy),
  amount: z.string(),
})
type Row = z.infer<typeof row>

/** What the last whole run has stored. */
function storedSql({
  dimension,
  scope,
  runs,
}: {
  dimension: Dimension
  scope: ReportScope
  runs: RunsInForce
}): string {
  const seconds = (date: Date) => `toDateTime(${Math.floor(date.getTime() / 1000)}, 'UTC')`
  const tests = [
    `dimension_id = ${sqlString(dimension.id)}`,
    runs.condition,
    `period_start >= ${seconds(scope.from)} AND period_start < ${seconds(scope.to)}`,
    scope.currency === null ? '1' : `currency = ${sqlString(scope.currency)}`,
  ]
  return `SELECT period_start AS cs, element, reason, gap, ${scope.metric} FROM allocation_result WHERE ${tests.join(' AND ')}`
}

async function computedSql({
  definition,
  dimension,
  scope,
  query,
}: {
  definition: Definition
  dimension: Dimension
  scope: ReportScope
  query: AllocationsQuery
}) {
  return buildRelation({
    definition,
    ...(await currentSplits()),
    target: dimension.id,
    groupBy: query.group_by.map((text) => readKey('group_by', text, definition)),
    filters: readFilters(query.filter, definition),
    where: scope.where,
  })
}

function present({
  rows,
  query,
  scope,
  dimension,
  current,
  runs,
  waiting,
}: {
  rows: readonly Row[]
  query: AllocationsQuery
  scope: ReportScope
  dimension: Dimension
  current: CurrentDefinition
  runs: RunsInForce
  waiting: Waiting
}): AllocationsReport {
  const keys = query.group_by.map(canonicalFilterKey)
  const groupsOf = (item: Row) => Object.fromEntries(keys.map((key, index) => [key, item.groups[index] || null]))
  const named = rows.filter((item) => item.element !== '')
  const nameless = rows.filter((item) => item.element === '')
  return {
    dimension: dimension.name,
    dimension_id: dimension.id,
    metric: scope.metric,
    currency: scope.currency,
    currencies: scope.currencies,
    from: isoSeconds(scope.from),
    to: isoSeconds(scope.to),
    definition_version: current.version,
    group_by: keys,
    rows: named.map((item) => ({
      ...groupsOf(item),
      period: item.period,
      element: item.element,
      amount: plainDecimal(item.amount),
      ...(item.gaps.length > 0 ? { gaps: item.gaps } : {}),
    })),
    unallocated: nameless.map((item) => ({
      ...groupsOf(item),
      period: item.period,
      reason: unallocatedReason.parse(item.reason),
      amount: plainDecimal(item.amount),
      ...(item.gaps.length > 0 ? { gaps: item.gaps } : {}),
    })),
    totals: {
      cost: sumDecimals(rows.map((item) => item.amount)),
      allocated: sumDecimals(named.map((item) => item.amount)),
      unallocated: sumDecimals(nameless.map((item) => item.amount)),
    },
    up_to_date: !waiting.stale,
    failure: waiting.failure,
    computed_at: runs.computedAt?.toISOString() ?? null,
  }
}

/**
 * The split of a dimension's pool, exact. Whole days without groups and filters come from the last whole run; anything
 * else is computed from the same plan when asked for.
 */
export async function readAllocations({
  key,
  query,
}: {
  key: string
  query: AllocationsQuery
}): Promise<AllocationsReport> {
  const current = await currentDefinition()
  const { definition } = current
  const dimension = findDimension({ definition, key })
  const behind = allocationsBehind(definition, dimension.id, streamFilterKeys(await planStreams()))
  if (behind.length === 0) {
    throw new AppError(
      'unprocessable',
      `No split reaches the dimension "${dimension.name}": ask /api/v1/costs with group_by=custom:${dimension.name}.`,
    )
  }
  const scope = await readScope(query)
  const waiting = await readWaiting({ ...scope, ids: [dimension.id, ...behind] })
  const runs = await readRunsInForce({ dimensionId: dimension.id, ...scope })
  const isStored =
    query.group_by.length === 0 && query.filter.length === 0 && isWholeDay(scope.from) && isWholeDay(scope.to)
  const computed = isStored ? null : await computedSql({ definition, dimension, scope, query })
  const groups = (computed?.groupColumns ?? []).map((column) => `r.${column}`)
  const period = periodSql({ granularity: scope.granularity, column: 'r.cs', from: scope.from })
  const { query: run } = await warehouse()
  const rows = await run({
    query: `SELECT ${period} AS period, r.element, r.reason, [${groups.join(', ')}]::Array(String) AS groups,
        arraySort(arrayFilter(g -> g != '', groupUniqArray(toString(r.gap)))) AS gaps, sum(r.${scope.metric}) AS amount
      FROM (${computed?.sql ?? storedSql({ dimension, scope, runs })}) AS r
      GROUP BY ${['period', 'r.element', 'r.reason', ...groups].join(', ')}
      ORDER BY period, r.element, r.reason, groups LIMIT ${MAX_ROWS + 1}`,
    schema: row,
    immutable: true,
  })
  if (rows.length > MAX_ROWS) throw tooManyRows()
  return present({ rows, query, scope, dimension, current, runs, waiting })
}
