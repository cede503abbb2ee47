import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { METRICS, type Metric } from '../contract/common'
import { fromUnits, toUnits } from '../units'
import { ask, type LabLine, type LabRecord, loadBill, periodOf, saveYaml, send, settled } from './allocation-lab'
import {
  type GapPolicy,
  isInPool,
  type Limit,
  type Part,
  type Row,
  type Rules,
  type Split,
  type Stream,
  splitPool,
} from './reference/dimension'
import { add, type Fraction, fraction, ZERO } from './reference/fraction'
import { type Bucket, startOf, type Window } from './reference/rules'
import { useWorkspace } from './workspace'

const RUNS = { seed: Number(process.env.SEED ?? 20240921), numRuns: Number(process.env.RUNS ?? 12), endOnFailure: true }

const TEAMS = ['', 'X', 'Y', "it's", '😀', 'ｚ']
const ACCOUNTS = ['', 'a', 'b']
const DAYS = ['2024-07-31', '2024-08-01', '2024-08-30', '2024-08-31', '2024-09-01', '2024-09-02', '2024-09-03']
const METRIC_OF = { RealCost: 'EffectiveCost', BilledCost: 'BilledCost', UsageAmount: 'ConsumedQuantity' } as const

const decimalArb = fc
  .tuple(fc.boolean(), fc.integer({ min: 0, max: 1_000_000 }), fc.integer({ min: 0, max: 999_999 }))
  .map(
    ([isNegative, whole, part]) =>
      `${isNegative ? '-' : ''}${whole}${part ? `.${String(part).padStart(6, '0').replace(/0+$/, '')}` : ''}`,
  )
const costArb = fc.oneof({ weight: 4, arbitrary: decimalArb }, fc.constantFrom('0', '1', '-3', '0.000000000000000001'))

const lineArb: fc.Arbitrary<LabLine> = fc
  .record({
    at: fc
      .tuple(fc.constantFrom(...DAYS), fc.constantFrom('', '', '', 'T00', 'T05', 'month'))
      .map(([day, part]) => (part === 'month' ? day.slice(0, 7) : `${day}${part}`)),
    cost: costArb,
    service: fc.constantFrom('shared', 'shared', 'own', 'own', 'own'),
    account: fc.constantFrom(...ACCOUNTS),
    category: fc.constantFrom('Usage', 'Usage', 'Usage', 'Credit'),
    currency: fc.constantFrom('USD', 'USD', 'USD', 'EUR'),
    tags: fc.constantFrom(...TEAMS).map((team): Record<string, string> => (team === '' ? {} : { team })),
    more: fc.record({ BilledCost: costArb, ConsumedQuantity: costArb }),
    bill: fc.constantFrom('own', 'own', 'own', '2024-09'),
  })
  .map(({ bill, ...line }) => ({ ...line, ...(bill === 'own' ? {} : { bill }) }))

const valueArb = fc.oneof(fc.integer({ min: 1, max: 1000 }).map(String), fc.constantFrom('0', '0', '0.000001', '7.5'))
const streamArb = fc
  .tuple(
    fc.constantFrom('HOURLY', 'DAILY', 'MONTHLY'),
    fc.subarray(['service', 'account', 'tag:team'], { maxLength: 2 }),
  )
  .chain(([granularity, keys]) =>
    fc.record({
      granularity: fc.constant(granularity as 'HOURLY' | 'DAILY' | 'MONTHLY'),
      keys: fc.constant(keys),
      records: fc.array(
        fc.record({
          day: fc.constantFrom(...DAYS),
          hour: fc.constantFrom('T00', 'T05'),
          filter: fc.record(
            Object.fromEntries(
              keys.map((key) => {
                const values = { service: ['shared', 'own'], account: ['a', 'b'], 'tag:team': ['X', 'Y'] }[key] ?? []
                return [key, fc.subarray(values, { minLength: 1 })]
              }),
            ),
          ),
          element: fc.constantFrom('A', 'B', 'C', 'ｚ', '😀'),
          value: valueArb,
        }),
        { minLength: 1, maxLength: 10 },
      ),
    }),
  )
type StreamCase = typeof streamArb extends fc.Arbitrary<infer T> ? T : never

const fixedArb = fc
  .tuple(
    fc.boolean(),
    fc.dictionary(fc.constantFrom('A', 'B', 'X'), fc.integer({ min: 1, max: 30 }).map(String), { minKeys: 1 }),
  )
  .map(([isPercent, weights]) => ({ isPercent, weights: { ...weights } }))
const rulesArb = fc.record({
  method: fc.constantFrom('Proportional', 'Proportional', 'Proportional', 'Even', 'Fixed'),
  granularity: fc.constantFrom('UsageDaily', 'UsageMonthly', 'BillingPeriod'),
  costType: fc.constantFrom('RealCost', 'BilledCost', 'UsageAmount'),
  forEach: fc.boolean(),
  fixed: fixedArb,
})
type RulesCase = typeof rulesArb extends fc.Arbitrary<infer T> ? T : never

const limitArb = fc.oneof(
  fc.integer({ min: 0, max: 40 }).map((percent) => ({ percent: `${percent}` })),
  fc.integer({ min: 1, max: 100_000 }).map((amount) => ({ amount: `${amount}.5` })),
)
const elementArb = fc.record({
  weight: fc.constantFrom(null, '2', '0.5', '3.25'),
  exclude: fc.constantFrom(false, false, false, true),
  floor: fc.option(limitArb, { freq: 3 }),
  cap: fc.option(limitArb, { freq: 3 }),
})

const caseArb = fc.record({
  lines: fc.array(lineArb, { minLength: 4, maxLength: 30 }),
  streams: fc.array(streamArb, { minLength: 1, maxLength: 2 }),
  byRules: fc.boolean(),
  rules: rulesArb,
  next: rulesArb,
  window: fc.constantFrom<Window>(
    { type: 'SameBucket' },
    { type: 'SameBucket' },
    { type: 'PreviousMonth' },
    { type: 'LastDays', days: 1 },
    { type: 'LastDays', days: 33 },
  ),
  gaps: fc.subarray(['Carry', 'Next', 'Even'], { maxLength: 3 }),
  carry: fc.constantFrom(1, 2, 40),
  elements: fc.dictionary(fc.constantFrom('A', 'B', 'X', 'Y'), elementArb, { maxKeys: 2 }),
  cutoff: fc.option(
    fc.record({ percent: fc.constantFrom('5', '30', '60'), name: fc.constantFrom(null, 'Rest', 'A') }),
    { freq: 3 },
  ),
  apart: fc.boolean(),
  outer: fc.dictionary(fc.constantFrom('A', 'B', 'X', 'Dedicated'), fixedArb, { minKeys: 1 }),
})
type Case = typeof caseArb extends fc.Arbitrary<infer T> ? T : never

/** What the grammar refuses is taken out. */
function tidy(random: Case): Case {
  const { byRules, rules } = random
  const isEven = byRules && rules.method === 'Even'
  const isFixed = byRules && rules.method === 'Fixed'
  const limitOf = (floor: Limit | null, cap: Limit | null) =>
    floor && cap && 'percent' in floor !== 'percent' in cap ? null : floor
  const elements = Object.fromEntries(
    Object.entries(random.elements).map(([name, { weight, exclude, floor, cap }]) => {
      if (exclude) return [name, { weight: null, exclude, floor: null, cap: null }]
      const value = (limit: Limit | null) =>
        limit === null ? 0 : Number('percent' in limit ? limit.percent : limit.amount)
      const lower = cap && floor && value(floor) > value(cap) ? null : limitOf(floor, cap)
      return [name, { weight, exclude, floor: lower, cap }]
    }),
  )
  const gaps = isFixed ? [] : random.gaps.filter((gap) => !isEven || gap !== 'Carry')
  return {
    ...random,
    elements,
    window: isEven || isFixed ? { type: 'SameBucket' } : random.window,
    cutoff: isEven ? null : random.cutoff,
    gaps:
      gaps.includes('Next') && random.next.method === 'Fixed'
        ? [...gaps.filter((gap) => gap !== 'Next'), 'Next']
        : gaps,
  }
}

const quoted = (value: unknown) => JSON.stringify(value)

function rulesYaml({ method, granularity, costType, forEach, fixed }: RulesCase, isNext: boolean): string {
  const spend = isNext ? '' : ', SpendToAllocate: {Conditions: [{Source: Service, Equals: shared}]}'
  if (method === 'Fixed') {
    return `{AllocationMethod: {Method: Fixed, ${fixed.isPercent ? 'Percentages' : 'Weights'}: ${quoted(fixed.weights)}}${spend}}`
  }
  const cost = method === 'Proportional' ? `, CostType: ${costType}` : ''
  const parts = method === 'Proportional' && forEach ? ', ForEachElementOf: Account' : ''
  return `{AllocationMethod: {Method: ${method}, Granularity: ${granularity}${cost}}${spend}, AcrossElements: {GroupBy: {Source: "Tag:team"}}${parts}}`
}

const limitYaml = (limit: Limit) => ('percent' in limit ? `{Percent: ${limit.percent}}` : `{Amount: ${limit.amount}}`)

function yamlOf(given: Case, names: readonly string[], outer: string): string {
  const { byRules, rules, window, gaps, carry, next, elements, cutoff, apart } = given
  const gapYaml = { Carry: `{Carry: ${carry}}`, Next: `{Next: ${rulesYaml(next, true)}}`, Even: 'Even' }
  const elementYaml = Object.entries(elements).map(([name, { weight, exclude, floor, cap }]) => {
    const parts = [
      ...(weight ? [`Weight: ${weight}`] : []),
      ...(exclude ? ['Exclude: true'] : []),
      ...(floor ? [`Floor: ${limitYaml(floor)}`] : []),
      ...(cap ? [`Cap: ${limitYaml(cap)}`] : []),
    ]
    return `${name}: {${parts.join(', ')}}`
  })
  return `
Dimensions:
  Split:
    Type: Allocation
    ${byRules ? `AllocateByRules: ${rulesYaml(rules, false)}` : `AllocateByStreams: {Streams: [${names.join(', ')}]}`}
    Window: ${window.type === 'LastDays' ? `{LastDays: ${window.days}}` : window.type}
    ${gaps.length > 0 ? `Gaps: [${gaps.map((gap) => gapYaml[gap as keyof typeof gapYaml]).join(', ')}]` : ''}
    ${elementYaml.length > 0 ? `Elements: {${elementYaml.join(', ')}}` : ''}
    ${cutoff ? `ElementCutoff: {ThresholdPercent: ${cutoff.percent}${cutoff.name ? `, Name: ${cutoff.name}` : ''}}` : ''}
    ${apart ? 'SetApart: [{Source: LineItemType, Equals: Credit}]' : ''}
  Product:
    Rules:
      - {Type: Group, Name: Dedicated, Conditions: [{And: [{Source: Service, Equals: own}, {Source: Account, Equals: a}]}]}
      - {Type: GroupBy, Source: "User:Defined:Split"}
  Outer:
    Type: Allocation
    AllocateByStreams: {Streams: [${outer}]}
`
}

const rulesOf = ({ method, granularity, costType, forEach, fixed }: RulesCase): Rules => ({
  ...{ granularity: granularity as Rules['granularity'], across: 'tag:team', method: method as Rules['method'] },
  metric: METRIC_ORDER.indexOf(METRIC_OF[costType as keyof typeof METRIC_OF]),
  forEach: method === 'Proportional' && forEach ? 'account' : null,
  fixed: method === 'Fixed' ? fixed : null,
})

/** EffectiveCost first, as the reference wants it. */
const METRIC_ORDER: Metric[] = ['EffectiveCost', ...METRICS.filter((metric) => metric !== 'EffectiveCost')]

function referenceOf(given: Case): Split {
  const gaps = given.gaps.map((gap): GapPolicy => {
    if (gap === 'Carry') return { type: 'Carry', buckets: given.carry }
    return gap === 'Next' ? { type: 'Next', rules: rulesOf(given.next) } : { type: 'Even' }
  })
  const elements = Object.entries(given.elements)
  return {
    by: given.byRules
      ? { rules: rulesOf(given.rules), pool: (values) => values.service === 'shared', poolKeys: ['service'] }
      : { streams: given.streams.map(streamOf) },
    window: given.window,
    gaps,
    factors: new Map(elements.flatMap(([name, { weight }]) => (weight ? [[name, weight]] : []))),
    excluded: new Set(elements.flatMap(([name, { exclude }]) => (exclude ? [name] : []))),
    floors: new Map(elements.flatMap(([name, { floor }]) => (floor ? [[name, floor]] : []))),
    caps: new Map(elements.flatMap(([name, { cap }]) => (cap ? [[name, cap]] : []))),
    cutoff: given.cutoff,
    apart: given.apart ? 'credit' : null,
  }
}

const BUCKETS: Record<string, Bucket> = { HOURLY: 'hour', DAILY: 'day', MONTHLY: 'month' }
const seconds = (at: string) => (periodOf(at)[0] as Date).getTime() / 1000
const unitsOf = (value: string): Fraction => fraction(toUnits(value), 10n ** 18n)

const streamOf = ({ granularity, keys, records }: StreamCase): Stream => ({
  ...{ granularity: BUCKETS[granularity] ?? 'day', keys },
  records: records.map(({ day, hour, filter, element, value }) => ({
    ...{ bucket: startOf(seconds(`${day}${hour}`), BUCKETS[granularity] ?? 'day'), element, value: unitsOf(value) },
    filter: filter as Record<string, string[]>,
  })),
})

function rowOf({ at, cost, service = '', account = '', category, currency = 'USD', bill, tags, more }: LabLine): Row {
  const [start, end] = periodOf(at).map((time) => time.getTime() / 1000)
  return {
    ...{ start: start ?? 0, end: end ?? 0, currency, billingPeriod: seconds(bill ?? at.slice(0, 7)) },
    costs: METRIC_ORDER.map((metric) => unitsOf(more?.[metric] ?? cost)),
    values: { service, account, 'tag:team': tags?.team ?? '', credit: category === 'Credit' ? 'Credit' : '' },
  }
}

const iso = (time: number) => new Date(time * 1000).toISOString().replace('.000Z', 'Z')

interface Question {
  metric?: Metric
  granularity?: 'total' | 'daily'
  currency?: string
  group_by?: string
}

function expected(
  parts: readonly Part[],
  { metric = 'EffectiveCost', granularity = 'total', currency = 'USD', group_by }: Question,
) {
  const sums = new Map<string, Fraction>()
  for (const part of parts.filter((each) => each.currency === currency)) {
    const period = granularity === 'total' ? '2024-07-01T00:00:00Z' : iso(startOf(part.start, 'day'))
    const group = group_by ? [part.values[group_by] || null] : []
    const id = JSON.stringify([period, part.element || null, part.reason, ...group])
    sums.set(id, add(sums.get(id) ?? ZERO, part.costs[METRIC_ORDER.indexOf(metric)] ?? ZERO))
  }
  const plain = [...sums].map(([id, sum]): [string, string] => [id, fromUnits((sum.above * 10n ** 18n) / sum.below)])
  return Object.fromEntries(plain.filter(([, sum]) => sum !== '0'))
}

async function received(dimension: string, { group_by, ...query }: Question) {
  const report = await ask(dimension, { ...query, ...(group_by ? { group_by: [group_by] } : {}) })
  const rows = [...report.rows, ...report.unallocated].map((row): [string, string] => {
    const group = group_by ? [row[group_by] ?? null] : []
    return [JSON.stringify([row.period, row.element ?? null, row.reason ?? '', ...group]), row.amount ?? '']
  })
  const { cost, allocated, unallocated } = report.totals
  expect(toUnits(allocated) + toUnits(unallocated)).toBe(toUnits(cost))
  return { rows: Object.fromEntries(rows.filter(([, amount]) => amount !== '0')), totals: report.totals }
}

describe('every way to split is what the reference says, digit for digit', () => {
  useWorkspace()
  let cases = 0
  const seen = new Map<string, number>()

  async function load(given: Case) {
    const names = given.streams.map((_, index) => `case-${cases}-${index}`)
    const outer = `case-${cases}-outer`
    cases++
    for (const [index, { granularity, records }] of given.streams.entries()) {
      const list = records.map(
        ({ day, hour, filter, element, value }): LabRecord => [
          `${day}${hour}`,
          element,
          value,
          filter as Record<string, string[]>,
        ],
      )
      await send(names[index] ?? '', granularity, list)
    }
    const products = Object.entries(given.outer).flatMap(([product, { weights }]) =>
      ['2024-07', '2024-08', '2024-09'].flatMap((month) =>
        Object.entries(weights).map(
          ([element, value]): LabRecord => [month, `to ${element}`, value, { 'custom:Product': product }],
        ),
      ),
    )
    await send(outer, 'MONTHLY', products)
    await loadBill(given.lines)
    await saveYaml(yamlOf(given, names, outer))
    await settled()
    const stream: Stream = {
      ...{ granularity: 'month', keys: ['product'] },
      records: products.map(([at, element, value, filter]) => ({
        ...{
          bucket: seconds(at),
          element,
          value: unitsOf(String(value)),
          filter: { product: [String(filter?.['custom:Product'])] },
        },
      })),
    }
    return stream
  }

  const NOTHING = {
    window: { type: 'SameBucket' } as const,
    gaps: [],
    factors: new Map(),
    excluded: new Set<string>(),
    floors: new Map(),
    caps: new Map(),
    cutoff: null,
    apart: null,
  }
  const OUTER_KEYS = ['service', 'account']

  it('for any bill, telemetry and definition', { timeout: 1_800_000 }, async () => {
    await fc.assert(
      fc.asyncProperty(caseArb, async (random) => {
        const given = tidy(random)
        const outer = await load(given)
        const rows = given.lines.map(rowOf)
        const reference = referenceOf(given)
        const parts = splitPool({ given: reference, rows })
        for (const { reason, gap } of parts) for (const name of [reason, gap]) seen.set(name, (seen.get(name) ?? 0) + 1)

        for (const question of [
          {},
          { metric: 'BilledCost' },
          { metric: 'ConsumedQuantity' },
          { granularity: 'daily' },
          { currency: 'EUR' },
        ] as Question[]) {
          expect((await received('Split', question)).rows, quoted(question)).toEqual(expected(parts, question))
        }
        const grouped = await received('Split', { group_by: 'account' })
        expect(grouped.rows).toEqual(
          expected(splitPool({ given: reference, rows, further: ['account'] }), { group_by: 'account' }),
        )
        expect(grouped.totals.cost).toBe((await received('Split', {})).totals.cost)

        // A chain: Product takes the split's elements, and is split again.
        const further = splitPool({ given: reference, rows, further: OUTER_KEYS })
        const outside = rows
          .filter((row) => !isInPool(reference, row))
          .map((row): Part => ({ ...row, element: '', reason: '', gap: '' }))
        const products = [...further, ...outside].map((part): Part => {
          const isDedicated = part.values.service === 'own' && part.values.account === 'a'
          const product = isDedicated ? 'Dedicated' : part.element
          return {
            ...part,
            values: { ...part.values, product },
            element: product,
            reason: product ? '' : 'not_in_dimension',
          }
        })
        for (const question of [{ granularity: 'daily' }, { metric: 'BilledCost' }] as Question[]) {
          expect((await received('Product', question)).rows).toEqual(expected(products, question))
        }
        const chained = splitPool({ given: { ...NOTHING, by: { streams: [outer] } }, rows: products })
        expect((await received('Outer', { metric: 'BilledCost' })).rows).toEqual(
          expected(chained, { metric: 'BilledCost' }),
        )
      }),
      RUNS,
    )
    for (const name of ['carry', 'even', 'next', 'set_apart', 'no_drivers', 'capped', 'not_claimed']) {
      if (RUNS.numRuns >= 40) expect([...seen.keys()]).toContain(name)
    }
  })

  const all = async () =>
    Promise.all(['Split', 'Product', 'Outer'].map((dimension) => received(dimension, { granularity: 'daily' })))
  const inHalves = ({ more, cost, ...line }: LabLine): LabLine[] => {
    const halves = (text: string) => {
      const half = toUnits(text) / 3n
      return [fromUnits(half), fromUnits(toUnits(text) - half)] as const
    }
    return [0, 1].map((index) => ({
      ...{ ...line, cost: halves(cost)[index] ?? '' },
      more: Object.fromEntries(Object.entries(more ?? {}).map(([name, text]) => [name, halves(text)[index] ?? ''])),
    }))
  }

  it('whatever the order of lines, how they are cut, and the unit of the weights', { timeout: 900_000 }, async () => {
    await fc.assert(
      fc.asyncProperty(caseArb, async (random) => {
        const given = tidy(random)
        await load(given)
        const before = await all()
        await loadBill([...given.lines].reverse().flatMap(inHalves))
        await settled()
        expect(await all()).toEqual(before)
        const scale = (text: string) => fromUnits(toUnits(text) * 7n)
        await load({
          ...given,
          streams: given.streams.map((stream) => ({
            ...stream,
            records: [...stream.records].reverse().map((record) => ({ ...record, value: scale(record.value) })),
          })),
        })
        expect(await all()).toEqual(before)
      }),
      { ...RUNS, numRuns: Math.ceil(RUNS.numRuns / 4) },
    )
  })

  it('no amount is below zero where no cost is', { timeout: 900_000 }, async () => {
    await fc.assert(
      fc.asyncProperty(caseArb, async (random) => {
        const plus = (text: string) => text.replace('-', '')
        const lines = random.lines.map(({ more, cost, ...line }) => ({
          ...{ ...line, cost: plus(cost) },
          more: Object.fromEntries(Object.entries(more ?? {}).map(([name, text]) => [name, plus(text)])),
        }))
        await load({ ...tidy(random), lines })
        for (const { rows } of await all()) for (const amount of Object.values(rows)) expect(amount).not.toContain('-')
      }),
      { ...RUNS, numRuns: Math.ceil(RUNS.numRuns / 4) },
    )
  })
})
