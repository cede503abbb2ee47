import { randomUUID } from 'node:crypto'
import { expect } from 'vitest'
import { GET as getAllocations } from '@/app/api/v1/allocations/[dimension]/route'
import { PUT as putDefinition } from '@/app/api/v1/costformation/route'
import { GET as getCosts } from '@/app/api/v1/costs/route'
import { METRICS, type Metric } from '../contract/common'
import { canonicalFilterKey } from '../costformation/source'
import { digestLines, monthsOfDigest } from '../costs/digest/digest'
import { database } from '../db/client'
import { wake } from '../jobs/queue'
import { allCostDays, markStale } from '../runs/stale-days'
import { writeBatch } from '../telemetry/write-batch'
import { fromUnits, toUnits } from '../units'
import { warehouse } from '../warehouse/client'
import { parseTelemetry } from '../wire/cloudzero'
import { type BillLine, focusCsv, importBill } from './bills'
import { call, eventually } from './workspace'

/** A line of a bill, short: `at` is `2024-09-05` for a day of it, `2024-09-05T03` for an hour, `2024-09` for a month, `2024` for a year. */
export interface LabLine {
  at: string
  /** EffectiveCost, and every metric that `more` does not name. */
  cost: string
  service?: string
  account?: string
  region?: string
  category?: string
  currency?: string
  /** The month of the bill, `2024-09`, where it is not that of the charge. */
  bill?: string
  tags?: Record<string, string>
  more?: Partial<Record<Metric, string>>
  /** Any other columns. */
  columns?: BillLine
}

const isMetric = (name: string) => METRICS.some((metric) => metric === name)
const ISO = (time: Date) => time.toISOString().replace('.000Z', 'Z')

export function periodOf(at: string): [Date, Date] {
  const [date = '', hour] = at.split('T')
  const [year = 0, month, day] = date.split('-').map(Number)
  if (month === undefined) return [new Date(Date.UTC(year, 0, 1)), new Date(Date.UTC(year + 1, 0, 1))]
  if (day === undefined) return [new Date(Date.UTC(year, month - 1, 1)), new Date(Date.UTC(year, month, 1))]
  if (hour === undefined)
    return [new Date(Date.UTC(year, month - 1, day)), new Date(Date.UTC(year, month - 1, day + 1))]
  const start = Date.UTC(year, month - 1, day, Number(hour))
  return [new Date(start), new Date(start + 3_600_000)]
}

/** Months that a bill always holds, so that it replaces all of the bill before it. */
const MONTHS = ['2024-07', '2024-08', '2024-09', '2024-10']
const ANCHORS: LabLine[] = MONTHS.map((month) => ({ at: `${month}-28`, cost: '0', service: 'nothing' }))

function billLine({ at, cost, bill, tags, more, columns, ...line }: LabLine): BillLine {
  const [start, end] = periodOf(at)
  return {
    ...Object.fromEntries(METRICS.map((metric) => [metric, more?.[metric] ?? cost])),
    BillingCurrency: line.currency ?? 'USD',
    BillingPeriodStart: `${bill ?? at.slice(0, 7)}-01T00:00:00Z`,
    ChargePeriodStart: ISO(start),
    ChargePeriodEnd: ISO(end),
    ServiceName: line.service ?? '',
    SubAccountId: line.account ?? '',
    RegionId: line.region ?? '',
    ChargeCategory: line.category ?? 'Usage',
    Tags: tags ? JSON.stringify(tags) : '',
    ...columns,
  }
}

/** Imports a bill, as anybody would: some seconds. */
export async function importLines(lines: readonly LabLine[], source = 'imported'): Promise<string> {
  const done = await importBill(focusCsv(lines.map(billLine)), { source })
  expect(done).toMatchObject({ status: 'completed', rows_rejected: 0 })
  return done.id
}

const SECONDS = (time: string) => Date.parse(time) / 1000

/** Puts a bill in the place of the last one, as an import does when it is whole, without the import. */
export async function loadBill(lines: readonly LabLine[]): Promise<void> {
  const { prisma } = await database()
  const { insert, query } = await warehouse()
  const id = randomUUID()
  const rows = [...lines, ...ANCHORS].map((line, index) => {
    const { BillingPeriodStart = '', ChargePeriodStart = '', ChargePeriodEnd = '', Tags, ...bill } = billLine(line)
    return {
      ...Object.fromEntries(
        Object.entries(bill).map(([name, value]) => [name, value === '' && isMetric(name) ? null : value]),
      ),
      ...{ ImportId: id, LineNumber: index + 1, BillingMonth: BillingPeriodStart.slice(0, 10) },
      ...{ ChargePeriodStart: SECONDS(ChargePeriodStart), ChargePeriodEnd: SECONDS(ChargePeriodEnd) },
      Tags: Tags ? JSON.parse(Tags) : {},
    }
  })
  await insert({ table: 'cost_lines', rows })
  const digest = await digestLines({ query, where: `ImportId = toUUID('${id}')` })
  const before = await allCostDays()
  const days = new Set([...before, ...digest.shape.map(({ day }) => day)])
  await prisma.$transaction(async (tx) => {
    await tx.costImport.create({
      data: {
        ...{ id, source: 'lab', format: 'focus', fileName: 'lab', bytes: 1, status: 'completed', createdBy: 'lab' },
        ...{ months: monthsOfDigest(digest), digest: JSON.stringify(digest), finishedAt: new Date() },
      },
    })
    for (const month of new Set(rows.map(({ BillingMonth }) => BillingMonth))) {
      const key = { source: 'lab', month: new Date(month) }
      const counts = { importIds: [id], previousImportIds: [] }
      await tx.costPeriod.upsert({ where: { source_month: key }, create: { ...key, ...counts }, update: counts })
    }
    await markStale({ tx, days: [...days].sort(), cause: { kind: 'bill', source: 'lab', import_id: id, by: 'lab' } })
  })
  await wake('recompute-days')
}

export async function saveYaml(yaml: string): Promise<void> {
  const saved = await call(putDefinition, '/x', { method: 'PUT', body: yaml })
  expect(saved.status, saved.text).toBe(200)
}

export type Granularity = 'HOURLY' | 'DAILY' | 'MONTHLY'

/** `[time, element, value, filter]` */
export type LabRecord = [
  at: string,
  element: string,
  value: string | number,
  filter?: Record<string, string | string[]>,
]

const ctx = {
  principal: { kind: 'system' as const, id: 'lab', name: 'lab', scopes: ['ingest' as const] },
  requestId: 'lab',
}

export async function send(
  name: string,
  granularity: Granularity,
  records: readonly LabRecord[],
  operation: 'sum' | 'replace' = 'sum',
): Promise<number> {
  const body = records.map(([at, element, value, filter = {}]) => ({
    timestamp: ISO(periodOf(at)[0]),
    granularity,
    filter: Object.fromEntries(Object.entries(filter).map(([key, values]) => [key, [values].flat()])),
    element_name: element,
    value: String(value),
  }))
  const parsed = parseTelemetry({
    ...{ operation, body: { records: body }, now: new Date(), allowZero: true, canonicalKey: canonicalFilterKey },
  })
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.errors))
  return (await writeBatch({ ctx, name, operation, parsed, origin: 'API' })).batch_id
}

let streams = 0
/** A new stream with records. */
export async function stream(records: readonly LabRecord[], granularity: Granularity = 'DAILY'): Promise<string> {
  const name = `stream-${streams++}`
  await send(name, granularity, records)
  return name
}

/** A definition whose `Split` goes by streams: `more` within AllocateByStreams, `rest` after it. */
export const byStreams = (names: string | readonly string[], more = '', rest = '') => `
Dimensions:
  Split:
    Type: Allocation
    AllocateByStreams: {Streams: [${[names].flat().join(', ')}]${more ? `, ${more}` : ''}}
${rest}`

export const DAY = '2024-09-05'
/** A filter, and a line that it matches. */
export const DB = { service: 'db' }
export const db = (at: string, cost: string, more: Partial<LabLine> = {}): LabLine => ({
  ...{ at, cost, service: 'db' },
  ...more,
})

export interface LabReport {
  rows: Record<string, string | null>[]
  unallocated: Record<string, string | null>[]
  totals: { cost: string; allocated: string; unallocated: string }
  up_to_date: boolean
}

export interface LabQuery {
  metric?: Metric
  currency?: string
  granularity?: string
  from?: string
  to?: string
  group_by?: readonly string[]
  filter?: readonly string[]
}

export async function ask(dimension: string, query: LabQuery = {}): Promise<LabReport> {
  const { group_by = [], filter = [], ...plain } = query
  const search = new URLSearchParams({
    ...{ from: '2024-07-01', to: '2024-11-01', granularity: 'total', currency: 'USD', metric: 'EffectiveCost' },
    ...plain,
  })
  for (const key of group_by) search.append('group_by', key)
  for (const one of filter) search.append('filter', one)
  const { status, text, body } = await call(getAllocations, `/api/v1/allocations/x?${search}`, {
    params: { dimension },
  })
  expect(status, text).toBe(200)
  return body as unknown as LabReport
}

/** When everything that was sent has become part of the results. */
export async function settled(): Promise<void> {
  const { prisma } = await database()
  await eventually(
    async () => {
      const [row] = await prisma.$queryRaw<{ open: boolean }[]>`
        SELECT EXISTS (SELECT 1 FROM stale_day) OR EXISTS (SELECT 1 FROM stream WHERE "projectedSeq" < "lastSeq") AS open`
      const failed = await prisma.allocationRun.findFirst({ where: { status: 'failed' }, orderBy: { id: 'desc' } })
      const last = await prisma.allocationRun.findFirst({ orderBy: { id: 'desc' } })
      if (row?.open && failed && failed.id === last?.id) throw new Error(`the run failed: ${failed.error}`)
      return row?.open
    },
    (open) => open === false,
    300,
  )
}

/** What a dimension's split comes to: `{Email: '3', '(no_drivers)': '1'}`; checks that nothing is lost on the way. */
export async function split(dimension = 'Split', query: LabQuery = {}): Promise<Record<string, string>> {
  await settled()
  const report = await ask(dimension, query)
  const groups = (query.group_by ?? []).map((key) => key)
  const result = new Map<string, bigint>()
  for (const row of [...report.rows, ...report.unallocated]) {
    const period = query.granularity ? `${row.period?.slice(0, 13).replace('T00', '')} ` : ''
    const group = groups.map((key) => `${row[key] ?? '-'} `).join('')
    const name = `${period}${group}${row.element ?? `(${row.reason})`}`
    result.set(name, (result.get(name) ?? 0n) + toUnits(row.amount ?? ''))
  }
  const sum = (rows: readonly Record<string, string | null>[]) =>
    fromUnits(rows.reduce((all, row) => all + toUnits(row.amount ?? ''), 0n))
  expect(report.totals.allocated).toBe(sum(report.rows))
  expect(report.totals.unallocated).toBe(sum(report.unallocated))
  expect(report.totals.cost).toBe(fromUnits(toUnits(report.totals.allocated) + toUnits(report.totals.unallocated)))
  // Lines of a cost of 0, as the anchors, say nothing.
  return Object.fromEntries(
    [...result].filter(([, amount]) => amount !== 0n).map(([name, amount]) => [name, fromUnits(amount)]),
  )
}

/** Cost by the values of one key, as the explorer answers. */
export async function costs(key: string, query: LabQuery = {}): Promise<Record<string, string>> {
  await settled()
  const { filter = [], ...plain } = query
  const search = new URLSearchParams({
    ...{ from: '2024-07-01', to: '2024-11-01', granularity: 'total', currency: 'USD', metric: 'EffectiveCost' },
    ...plain,
    group_by: key,
  } as Record<string, string>)
  for (const one of filter) search.append('filter', one)
  const { status, text, body } = await call(getCosts, `/api/v1/costs?${search}`)
  expect(status, text).toBe(200)
  const groups = body.groups as { values?: (string | null)[]; cost: string }[]
  return Object.fromEntries([
    ...groups.map((group) => [String(Object.values(group)[0]), group.cost]),
    ['total', String(body.total)],
  ])
}

/** One case: a bill, streams and a definition, in this order. */
export async function load({ lines, yaml }: { lines: readonly LabLine[]; yaml: string }): Promise<void> {
  await loadBill(lines)
  await saveYaml(yaml)
}
