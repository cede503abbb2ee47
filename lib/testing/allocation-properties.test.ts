import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { GET as getExplanation } from '@/app/api/v1/allocations/[dimension]/explain/route'
import { GET as getAllocations } from '@/app/api/v1/allocations/[dimension]/route'
import { PUT as putDefinition } from '@/app/api/v1/costformation/route'
import { GET as getStream } from '@/app/api/v1/streams/[name]/route'
import { GRANULARITIES, METRICS, type Metric, type ReportGranularity } from '../contract/common'
import { canonicalFilterKey } from '../costformation/source'
import { writeBatch } from '../telemetry/write-batch'
import { fromUnits, toUnits } from '../units'
import { parseTelemetry } from '../wire/cloudzero'
import { type BillLine, focusCsv, importBill } from './bills'
import {
  allocate,
  type Granularity,
  type ReferenceLine,
  type ReferenceShare,
  type ReferenceStream,
} from './reference-allocation'
import { call, eventually, useWorkspace } from './workspace'

const RUNS = { seed: 20240921, numRuns: 8, endOnFailure: true }
/** Charge periods and buckets lie around the end of a month, close together, so that they meet. */
const FROM = Date.UTC(2024, 7, 29) / 1000
const HOURS = 6 * 24
const RANGE = { from: '2024-08-01', to: '2024-10-01' }

const TEAMS = ['', 'alpha', 'b"e\'ta\\', 'gämma, 😀']
const SERVICES = ['RDS', "S3 'cold'"]
const SHARED = { RDS: 'Pool; a', other: 'Not Shared' }
// U+FF5A comes before U+1F600 in UTF-8, and after it in UTF-16.
const ELEMENTS = ['Email', 'email', 'Zoë', 'ｚ', '😀', 'it\'s "x"', 'back\\slash', 'a|b, c']
const KEY_VALUES: Record<string, string[]> = {
  service: [...SERVICES, 'no such service'],
  'tag:team': [...TEAMS.slice(1), 'no such team'],
  'custom:Shared': [...Object.values(SHARED), 'no such pool'],
}

const iso = (seconds: number) => new Date(seconds * 1000).toISOString().replace('.000Z', 'Z')
const monthOf = (seconds: number) => `${iso(seconds).slice(0, 7)}-01T00:00:00Z`

const decimalArb = fc
  .tuple(
    fc.boolean(),
    fc.integer({ min: 0, max: 10_000_000 }),
    fc.integer({ min: 0, max: 18 }),
    fc.bigInt(0n, 10n ** 18n - 1n),
  )
  .map(([negative, integer, digits, fraction]) => {
    const kept = fraction.toString().padStart(18, '0').slice(0, digits)
    return `${negative ? '-' : ''}${integer}${kept ? `.${kept}` : ''}`
  })
const costArb = fc.oneof(
  { weight: 5, arbitrary: decimalArb },
  fc.constantFrom('0', '', '-0.000000000001', '1e-18', '100'),
)

/** Start and end of a charge period, in seconds. */
const periodArb = fc
  .tuple(
    fc.integer({ min: 0, max: HOURS - 1 }),
    fc.constantFrom('hour', 'day', 'month', 'half an hour', '36 hours', 'none at all'),
  )
  .map(([hour, length]): [number, number] => {
    const start = FROM + hour * 3600
    const day = start - (start % 86_400)
    const date = new Date(start * 1000)
    const month = (offset: number) => Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + offset, 1) / 1000
    if (length === 'hour') return [start, start + 3600]
    if (length === 'day') return [day, day + 86_400]
    if (length === 'month') return [month(0), month(1)]
    if (length === 'half an hour') return [start + 900, start + 2700]
    return length === '36 hours' ? [start, start + 36 * 3600] : [start, start]
  })

const lineArb = fc.record({
  period: periodArb,
  costs: fc.tuple(decimalArb, costArb, costArb, costArb, costArb, costArb),
  service: fc.constantFrom(...SERVICES),
  team: fc.constantFrom(...TEAMS),
  currency: fc.constantFrom('USD', 'USD', 'USD', 'EUR'),
})
type Line = typeof lineArb extends fc.Arbitrary<infer T> ? T : never

const valueArb = fc.oneof(
  fc.integer({ min: 1, max: 1_000_000 }).map(String),
  fc.constantFrom('0', '0', '0', '0', '0.000000000000000001', '99999999999.123456789012345678', '100045', '1'),
)

const streamArb = fc
  .tuple(
    fc.constantFrom<Granularity>('HOURLY', 'DAILY', 'MONTHLY'),
    fc.subarray(Object.keys(KEY_VALUES), { minLength: 0, maxLength: 2 }),
  )
  .chain(([granularity, keys]) =>
    fc.record({
      granularity: fc.constant(granularity),
      keys: fc.constant(keys),
      records: fc.array(
        fc.record({
          hour: fc.integer({ min: 0, max: HOURS - 1 }),
          filter: fc.record(
            Object.fromEntries(keys.map((key) => [key, fc.subarray(KEY_VALUES[key] ?? [], { minLength: 1 })])),
          ),
          element: fc.constantFrom(...ELEMENTS),
          value: valueArb,
        }),
        { minLength: 1, maxLength: 12 },
      ),
      onBilledHours: fc.boolean(),
    }),
  )
type Stream = typeof streamArb extends fc.Arbitrary<infer T> ? T : never

const caseArb = fc.record({
  lines: fc.array(lineArb, { minLength: 1, maxLength: 24 }),
  streams: fc.array(streamArb, { minLength: 1, maxLength: 2 }),
  sharedDefault: fc.boolean(),
  productDefault: fc.boolean(),
  order: fc.shuffledSubarray(['bill', 'definition', 'telemetry'] as const, { minLength: 3 }),
})
type Case = typeof caseArb extends fc.Arbitrary<infer T> ? T : never

/** Every bill holds both months, so that it replaces the whole bill of the case before. */
const ANCHORS: Line[] = [FROM, FROM + 4 * 86_400].map((start) => ({
  period: [start, start + 86_400],
  costs: ['0.5', '0', '0', '0', '0', '0'],
  service: 'RDS',
  team: '',
  currency: 'USD',
}))

function billOf(lines: readonly Line[]): string {
  return focusCsv(
    lines.map(
      ({ period: [start, end], costs, service, team, currency }): BillLine => ({
        ...Object.fromEntries(METRICS.map((metric, index) => [metric, costs[index] ?? ''])),
        BillingCurrency: currency,
        BillingPeriodStart: monthOf(start),
        ChargePeriodStart: iso(start),
        ChargePeriodEnd: iso(end),
        ServiceName: service,
        Tags: team === '' ? '' : JSON.stringify({ team }),
      }),
    ),
  )
}

const definitionOf = ({ sharedDefault, productDefault }: Case, streams: readonly string[]) => `
Dimensions:
  Shared:
    Name: Shared
    ${sharedDefault ? `DefaultValue: ${SHARED.other}` : 'Hide: false'}
    Rules:
      - Type: Group
        Name: ${JSON.stringify(SHARED.RDS)}
        Conditions:
          - {Source: Service, Equals: RDS}
  Split:
    Type: Allocation
    Name: Split
    AllocateByStreams:
      Streams: [${streams.join(', ')}]
  Product:
    Name: Product
    ${productDefault ? 'DefaultValue: Other' : 'Hide: false'}
    Rules:
      - {Type: Group, Name: Dedicated, Conditions: [{Source: "Tag:team", Equals: alpha}]}
      - {Type: GroupBy, Source: "User:Defined:Split"}
`

function referenceLines(
  { lines, sharedDefault }: Pick<Case, 'lines' | 'sharedDefault'>,
  currency: string,
): ReferenceLine[] {
  const exponent = /^1e-18$/
  return lines
    .filter((line) => line.currency === currency)
    .map(({ period: [start, end], costs, service, team }) => ({
      start,
      end,
      currency,
      costs: costs.map((cost) => (cost === '' ? 0n : exponent.test(cost) ? 1n : toUnits(cost))),
      values: {
        service,
        'tag:team': team,
        'custom:Shared': service === 'RDS' ? SHARED.RDS : sharedDefault ? SHARED.other : '',
      },
    }))
}

/** Half of the streams get their records moved to hours that the bill has lines in. */
function hoursOf(stream: Stream, lines: readonly Line[]): number[] {
  return stream.records.map(({ hour }) =>
    stream.onBilledHours ? Math.floor(((lines[hour % lines.length]?.period[0] ?? FROM) - FROM) / 3600) : hour,
  )
}

function bucketOf(seconds: number, granularity: Granularity): number {
  if (granularity === 'MONTHLY') return Date.parse(monthOf(seconds)) / 1000
  return seconds - (seconds % (granularity === 'HOURLY' ? 3600 : 86_400))
}

function referenceStreams({ streams, lines }: Pick<Case, 'streams' | 'lines'>): ReferenceStream[] {
  return streams.map((stream) => {
    const hours = hoursOf(stream, lines)
    return {
      granularity: stream.granularity,
      keys: stream.keys,
      records: stream.records.map(({ filter, element, value }, index) => ({
        bucket: bucketOf(FROM + (hours[index] ?? 0) * 3600, stream.granularity),
        filter: filter as Record<string, string[]>,
        element,
        value: toUnits(value),
      })),
    }
  })
}

const ctx = {
  principal: { kind: 'system' as const, id: 'test', name: 'test', scopes: ['ingest' as const] },
  requestId: 'test',
}

async function send(name: string, stream: Stream, lines: readonly Line[]): Promise<void> {
  const hours = hoursOf(stream, lines)
  const records = stream.records.map(({ filter, element, value }, index) => ({
    timestamp: iso(FROM + (hours[index] ?? 0) * 3600),
    granularity: stream.granularity,
    filter,
    element_name: element,
    value,
  }))
  // In two batches, of which the second adds to the first.
  const half = Math.ceil(records.length / 2)
  for (const part of [records.slice(0, half), records.slice(half)]) {
    if (part.length === 0) continue
    const parsed = parseTelemetry({
      operation: 'sum',
      body: { records: part },
      now: new Date(),
      allowZero: true,
      canonicalKey: canonicalFilterKey,
    })
    if (!parsed.ok) throw new Error(JSON.stringify(parsed.errors))
    await writeBatch({ ctx, name, operation: 'sum', parsed, origin: 'API' })
  }
}

interface Query {
  dimension?: 'Split' | 'Product'
  metric?: Metric
  granularity?: ReportGranularity
  currency?: string
  further?: string
  from?: string
  to?: string
}

interface Report {
  rows: Record<string, string | null>[]
  unallocated: Record<string, string | null>[]
  totals: { cost: string; allocated: string; unallocated: string }
  up_to_date: boolean
}

async function ask({
  dimension = 'Split',
  metric = 'EffectiveCost',
  granularity = 'total',
  currency = 'USD',
  further = '',
  from = RANGE.from,
  to = RANGE.to,
}: Query): Promise<Report> {
  const query = `from=${from}&to=${to}&granularity=${granularity}&metric=${metric}&currency=${currency}${further}`
  const { status, text, body } = await call(getAllocations, `/api/v1/allocations/x?${query}`, { params: { dimension } })
  expect(status, text).toBe(200)
  return body as unknown as Report
}

/** When everything that was sent has become part of the results. */
async function settled(streams: readonly string[]): Promise<void> {
  for (const name of streams) {
    await eventually(
      () => call(getStream, `/api/v1/streams/${name}`, { params: { name } }),
      ({ body }) => body.status === 'Available' || body.status === 'Invalid',
    )
  }
  await eventually(
    () => ask({}),
    (report) => report.up_to_date,
  )
}

function periodOf(seconds: number, { granularity = 'total', from = RANGE.from }: Query): string {
  if (granularity === 'total') return iso(Date.parse(from) / 1000)
  if (granularity === 'monthly') return monthOf(seconds)
  return iso(seconds - (seconds % (granularity === 'daily' ? 86_400 : 3600)))
}

/** `period|element or reason|group` → amount, as both sides are compared. */
function expected(shares: readonly ReferenceShare[], query: Query, groupBy: string | null): Record<string, string> {
  const sums = new Map<string, bigint>()
  const metric = METRICS.indexOf(query.metric ?? 'EffectiveCost')
  for (const share of shares) {
    const group = groupBy === null ? [] : [share.values[groupBy] || null]
    const id = JSON.stringify([periodOf(share.start, query), share.element, share.reason, ...group])
    sums.set(id, (sums.get(id) ?? 0n) + (share.costs[metric] ?? 0n))
  }
  return Object.fromEntries([...sums].map(([id, sum]) => [id, fromUnits(sum)]))
}

function received({ rows, unallocated }: Report, groupBy: string | null): Record<string, string> {
  const all = [...rows, ...unallocated]
  const entries = all.map((row) => {
    const group = groupBy === null ? [] : [row[groupBy]]
    return [JSON.stringify([row.period, row.element ?? null, row.reason ?? '', ...group]), row.amount ?? '']
  })
  expect(new Set(entries.map(([id]) => id)).size).toBe(entries.length)
  return Object.fromEntries(entries)
}

function expectSame(report: Report, shares: readonly ReferenceShare[], query: Query, groupBy: string | null = null) {
  expect(received(report, groupBy), JSON.stringify(query)).toEqual(expected(shares, query, groupBy))
  const metric = METRICS.indexOf(query.metric ?? 'EffectiveCost')
  const sum = (list: readonly ReferenceShare[]) =>
    fromUnits(list.reduce((all, share) => all + (share.costs[metric] ?? 0n), 0n))
  expect(report.totals, JSON.stringify(query)).toEqual({
    cost: sum(shares),
    allocated: sum(shares.filter(({ element }) => element !== null)),
    unallocated: sum(shares.filter(({ element }) => element === null)),
  })
}

function productShares(
  reference: Case,
  lines: readonly ReferenceLine[],
  streams: readonly ReferenceStream[],
): ReferenceShare[] {
  const { pool, outside } = allocate({ lines, streams, furtherKeys: ['tag:team'] })
  return [...pool, ...outside].map((share) => {
    const found = share.values['tag:team'] === 'alpha' ? 'Dedicated' : share.element
    const element = found ?? (reference.productDefault ? 'Other' : null)
    return { ...share, element, reason: element === null ? 'not_in_dimension' : '' }
  })
}

async function explainEach(report: Report, metric: Metric): Promise<void> {
  for (const row of [...report.rows.slice(0, 2), ...report.unallocated.slice(0, 1)]) {
    const element = row.element ? `&element=${encodeURIComponent(row.element)}` : ''
    const query = `from=${RANGE.from}&to=${RANGE.to}&granularity=total&currency=USD&metric=${metric}${element}`
    const { status, text, body } = await call(getExplanation, `/api/v1/allocations/x/explain?${query}`, {
      params: { dimension: 'Split' },
    })
    expect(status, text).toBe(200)
    const parts = body.parts as { amount: string; arithmetic: string; weight: string }[]
    const rest = body.rest as { amount: string }
    const sum = parts.reduce((all, part) => all + toUnits(part.amount), toUnits(rest.amount))
    if (row.element) expect(body.amount).toBe(row.amount)
    expect(fromUnits(sum)).toBe(body.amount)
    for (const part of parts)
      expect(part.arithmetic.endsWith(row.element ? `= ${part.amount}` : 'stays unallocated'), part.arithmetic).toBe(
        true,
      )
  }
}

/** What the cases have shown so far: a property over cases without telemetry would hold nothing. */
const seen = new Set<string>()

function note({ pool, outside }: ReturnType<typeof allocate>): void {
  for (const share of pool) {
    if (share.reason !== '') seen.add(share.reason)
    if (share.costs.some((cost) => cost < 0n)) seen.add('negative')
    if (share.costs.some((cost) => cost % 1_000_000n !== 0n)) seen.add('more than 12 digits')
  }
  if (new Set(pool.map(({ element }) => element)).size > 3) seen.add('several elements')
  if (outside.length > 0) seen.add('outside')
}

describe('the allocation is what DESIGN §3 says, digit for digit', () => {
  useWorkspace()
  let cases = 0

  async function load(given: Case): Promise<void> {
    const names = given.streams.map((_, index) => `case-${cases}-${index}`)
    cases++
    const steps = {
      bill: async () =>
        expect(await importBill(billOf(given.lines))).toMatchObject({ status: 'completed', rows_rejected: 0 }),
      definition: async () => {
        const saved = await call(putDefinition, '/x', { method: 'PUT', body: definitionOf(given, names) })
        expect(saved.status, saved.text).toBe(200)
      },
      telemetry: async () => {
        for (const [index, stream] of given.streams.entries()) await send(names[index] ?? '', stream, given.lines)
      },
    }
    for (const step of given.order) await steps[step]()
    await settled(names)
  }

  it('for any bill, telemetry and definition, in whatever order they come', { timeout: 600_000 }, async () => {
    await fc.assert(
      fc.asyncProperty(caseArb, async (random) => {
        const given = { ...random, lines: [...random.lines, ...ANCHORS] }
        await load(given)
        const streams = referenceStreams(given)
        const lines = referenceLines(given, 'USD')
        const reference = allocate({ lines, streams })
        const { pool } = reference
        note(reference)

        for (const metric of METRICS) expectSame(await ask({ metric }), pool, { metric })
        for (const granularity of GRANULARITIES) expectSame(await ask({ granularity }), pool, { granularity })
        const product = { dimension: 'Product', metric: 'BilledCost', granularity: 'daily' } as const
        expectSame(await ask(product), productShares(given, lines, streams), product)

        // What is not stored is computed when asked for, which takes a while: one such question a case, in turn.
        const questions = [
          async () => {
            const shares = allocate({ lines, streams, furtherKeys: ['service'] }).pool
            const query = { further: '&group_by=service', granularity: 'monthly' } as const
            const grouped = await ask(query)
            expectSame(grouped, shares, query, 'service')
            expect(grouped.totals).toEqual((await ask({})).totals)
          },
          async () => {
            const ofRds = allocate({ lines: lines.filter((line) => line.values.service === 'RDS'), streams }).pool
            expectSame(await ask({ further: '&filter=service=RDS' }), ofRds, {})
          },
          async () => {
            const query = { from: '2024-08-29T06:00:00Z', to: '2024-09-03T05:00:00Z', granularity: 'hourly' } as const
            const isWithin = (share: ReferenceShare) => iso(share.start) >= query.from && iso(share.start) < query.to
            expectSame(await ask(query), pool.filter(isWithin), query)
          },
          async () => {
            const euros = allocate({ lines: referenceLines(given, 'EUR'), streams }).pool
            expectSame(await ask({ currency: 'EUR' }), euros, { currency: 'EUR' })
          },
          async () => explainEach(await ask({ metric: 'BilledCost' }), 'BilledCost'),
        ]
        await questions[cases % questions.length]?.()
      }),
      RUNS,
    )
    const wanted = ['no_telemetry', 'zero_weights', 'negative', 'more than 12 digits', 'several elements', 'outside']
    expect([...seen].sort()).toEqual(wanted.sort())
  })

  it('whatever the order of the lines', async () => {
    const [random] = fc.sample(caseArb, { seed: 7, numRuns: 1 })
    if (!random) throw new Error('no sample')
    const given = { ...random, lines: [...random.lines, ...ANCHORS] }
    await load(given)
    const before = await ask({ granularity: 'hourly' })
    expect(await importBill(billOf([...given.lines].reverse()))).toMatchObject({ status: 'completed' })
    const after = await eventually(
      () => ask({ granularity: 'hourly' }),
      (report) => report.up_to_date,
    )
    expect(after.rows).toEqual(before.rows)
    expect(after.unallocated).toEqual(before.unallocated)
    expect(after.totals).toEqual(before.totals)
  })

  it('with the largest values that a record may have, added up over a month', async () => {
    const start = Date.UTC(2024, 7, 1) / 1000
    const line: Line = {
      ...(ANCHORS[0] as Line),
      period: [start, Date.UTC(2024, 8, 1) / 1000],
      costs: ['1234567.89', '1234567.89', '0', '0', '0', '0'],
    }
    const value = '99999999999999999999'
    const records = (['Email', 'Zoë'] as const).flatMap((element) =>
      [0, 24, 48, 72].map((hour) => ({ hour, filter: {}, element, value })),
    )
    await load({
      lines: [line, ...ANCHORS],
      streams: [{ granularity: 'DAILY', keys: [], records, onBilledHours: false }],
      sharedDefault: true,
      productDefault: true,
      order: ['bill', 'definition', 'telemetry'],
    })
    const report = await ask({ to: '2024-08-02' })
    expect(report.rows.map(({ element, amount }) => [element, amount])).toEqual([
      ['Email', '617283.945'],
      ['Zoë', '617283.945'],
    ])
  })
})
