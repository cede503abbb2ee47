import { z } from 'zod'
import { buildSums, type LineFilter } from '../allocation/relation'
import type { V2CostsQuery, V2Granularity } from '../contract/cloudzero-v2'
import type { FilterKey } from '../costformation/source'
import type { Definition } from '../costformation/tree'
import { plainDecimal } from '../decimal'
import { AppError } from '../errors'
import { splitsFor } from '../runs/current-splits'
import { warehouse } from '../warehouse/client'
import { METRIC_OF_COST_TYPE } from '../wire/cloudzero-v2/cost-type'
import { type CostRow, costsJson } from '../wire/cloudzero-v2/costs-json'
import { type KnownDimensions, resolveDimension, splitIds } from '../wire/cloudzero-v2/dimension-id'
import { readFilters } from '../wire/cloudzero-v2/filters'
import { encodeCursor, paginate } from '../wire/cloudzero-v2/pagination'
import { type ReportScope, readScope } from './report-query'
import { type CostsCursor, changedMeanwhile, openCursor, queryDigest } from './v2-cursor'
import { knownDimensions, reportStamp } from './v2-known'

const row = z.object({ period: z.string(), groups: z.array(z.string()), cost: z.string() })
const counted = z.object({ total: z.coerce.number() })

/** Weeks start on Monday (ISO 8601). */
const PERIOD_START: Record<V2Granularity, string> = {
  hourly: 'toStartOfHour(ChargePeriodStart)',
  daily: 'toStartOfDay(ChargePeriodStart)',
  weekly: `toDateTime(toMonday(ChargePeriodStart), 'UTC')`,
  monthly: `toDateTime(toStartOfMonth(ChargePeriodStart), 'UTC')`,
  yearly: `toDateTime(toStartOfYear(ChargePeriodStart), 'UTC')`,
}

function invalid(name: string, reason: string): AppError {
  return new AppError('invalid_request', `${name}: ${reason}`, [{ name, reason }])
}

interface Cut {
  ids: string[]
  groupBy: FilterKey[]
  filters: LineFilter[]
}

function readCut({ query, known }: { query: V2CostsQuery; known: KnownDimensions }): Cut {
  const ids = splitIds({ ids: query.group_by, known })
  const groupBy = ids.map((id) => {
    const key = resolveDimension({ id, known })
    if ('error' in key) throw invalid('group_by', key.error)
    return key
  })
  const reading = readFilters({ text: query.filters, known })
  if ('error' in reading) throw invalid('filters', reading.error)
  return { ids, groupBy, filters: reading.filters }
}

async function sumsOf({
  query,
  cut,
  definition,
  scope,
}: {
  query: V2CostsQuery
  cut: Cut
  definition: Definition
  scope: ReportScope
}) {
  const { sql, groupColumns } = buildSums({
    definition,
    ...(await splitsFor([...cut.groupBy, ...cut.filters.map(({ key }) => key)])),
    groupBy: cut.groupBy,
    filters: cut.filters,
    where: scope.where,
    metric: scope.metric,
    extra: [{ name: 'period', sql: PERIOD_START[query.granularity] }],
  })
  const groups = groupColumns.map((column) => `r.${column}`).join(', ')
  return { sql, groups: `[${groups}]::Array(String)` }
}

async function readPage({
  sql,
  groups,
  offset,
  limit,
}: {
  sql: string
  groups: string
  offset: number
  limit: number
}): Promise<CostRow[]> {
  const { query } = await warehouse()
  const rows = await query({
    query: `SELECT r.period AS period, ${groups} AS groups, r.cost AS cost FROM (${sql}) AS r
      ORDER BY period, groups LIMIT ${limit} OFFSET ${offset}`,
    schema: row,
  })
  return rows.map((item) => ({
    period: item.period,
    cost: plainDecimal(item.cost),
    groups: item.groups.map((value) => value || null),
  }))
}

async function countRows(sql: string): Promise<number> {
  const { query } = await warehouse()
  const [first] = await query({ query: `SELECT count() AS total FROM (${sql})`, schema: counted })
  return first?.total ?? 0
}

/** Whole seconds, rounded up, so that a line that starts this second counts. */
const present = (now: Date) => new Date(Math.ceil(now.getTime() / 1000) * 1000).toISOString()

/**
 * A page of /v2/billing/costs, as its JSON text: sorted by date and then by the groups, 10,000 rows at a time. `end_date`
 * is exclusive: CloudZero's “until which to view costs”. A cursor is good for as long as nothing that the report depends
 * on changes, which takes the place of CloudZero's frozen results.
 */
export async function readV2Costs({ query, now }: { query: V2CostsQuery; now: Date }): Promise<string> {
  const known = await knownDimensions()
  const cut = readCut({ query, known })
  const keys = [...cut.groupBy, ...cut.filters.map(({ key }) => key)]
  const stamp = await reportStamp(keys)
  const cursor = openCursor({ query, stamp, now: now.getTime() })
  const metric = METRIC_OF_COST_TYPE[query.cost_type]
  const to = cursor?.to ?? (query.end_date ? query.end_date : present(now))
  const scope = await readRangedScope({ query, to, metric })
  const { sql, groups } = await sumsOf({ query, cut, definition: known.definition, scope })
  const { limit } = query
  const offset = cursor?.offset ?? 0
  const rows = await readPage({ sql, groups, offset, limit })
  const isWhole = offset === 0 && rows.length < limit
  const total = cursor?.total ?? (isWhole ? rows.length : await countRows(sql))
  const page: Omit<CostsCursor, 'offset'> = {
    query: queryDigest(query),
    stamp,
    to: scope.to.toISOString(),
    total,
    since: cursor?.since ?? now.getTime(),
  }
  const pagination = paginate({
    offset,
    limit,
    items: rows.length,
    total,
    cursorAt: (at) => encodeCursor({ ...page, offset: at }),
  })
  const { currency, currencies } = scope
  const facts = { cost_type: query.cost_type, metric, currency, currencies }
  // What was swapped while a later page was read would leave two halves in one report.
  if (cursor && (await reportStamp(keys)) !== stamp) throw changedMeanwhile()
  return costsJson({ ids: cut.ids, rows, pagination, facts })
}

async function readRangedScope({
  query,
  to,
  metric,
}: {
  query: V2CostsQuery
  to: string
  metric: ReportScope['metric']
}): Promise<ReportScope> {
  const range = { from: query.start_date, to }
  return readScope({ ...range, metric, currency: query.currency, granularity: 'daily' }).catch((error: unknown) => {
    if (!(error instanceof AppError) || error.code !== 'invalid_request') throw error
    throw invalid('end_date', `must be after start_date (${query.start_date}): it is ${to}`)
  })
}
