import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { splitCost } from '../../allocation/round'
import { solveMutual } from '../../allocation/vector/mutual'
import { toVector, type Vector } from '../../allocation/vector/vector'
import { allocate, type ReferenceLine } from '../reference-allocation'
import { add, type Fraction, fraction, parse, ZERO } from './fraction'
import { mutual } from './pools'
import {
  allocateByRules,
  type DriverLine,
  even,
  fillGap,
  fixed,
  type Gap,
  inWindow,
  proportional,
  type RuleGranularity,
  shift,
  split,
  type Weights,
  withUnclaimed,
} from './rules'
import { sharesOf } from './shares'

const DAY = Date.UTC(2024, 8, 10) / 1000
const at = (text: string) => Date.parse(`${text}Z`) / 1000

const weights = (values: Record<string, string | number>): Weights =>
  new Map(Object.entries(values).map(([element, value]) => [element, parse(`${value}`)]))

const twelve = (value: Fraction) => {
  const units = (value.above * 10n ** 12n) / value.below
  const text = `${units < 0n ? -units : units}`.padStart(13, '0')
  return `${units < 0n ? '-' : ''}${text.slice(0, -12)}.${text.slice(-12)}`.replace(/\.?0+$/, '')
}
const plain = (amounts: Iterable<readonly [string, Fraction]>) =>
  Object.fromEntries([...amounts].map(([element, amount]) => [element, twelve(amount)]))

const splitBy = (cost: string, values: Record<string, string | number>) =>
  plain(split(parse(cost), sharesOf(weights(values))))

const line = (cost: string, element: string, partition = '', day = '2024-09-10'): DriverLine => ({
  start: at(`${day}T00:00`),
  billingPeriod: at(`${day.slice(0, 7)}-01T00:00`),
  element,
  partition,
  cost: parse(cost),
})

/** Direct and indirect cost of CloudHealth's example, by account. */
const DIRECT = [
  line('100', 'X', 'A'),
  line('40', 'Y', 'A'),
  line('90', 'Y', 'B'),
  line('75', 'Y', 'C'),
  line('25', 'Y', 'D'),
]
const INDIRECT = [line('60', '', 'A'), line('100', '', 'B'), line('90', '', 'C'), line('50', '', 'D')]

function reallocate(
  drivers: readonly DriverLine[],
  pool: readonly DriverLine[],
  granularity: RuleGranularity = 'UsageDaily',
) {
  const weigh = (bucket: number, partition: string) => proportional({ drivers, granularity, bucket, partition })
  return plain(allocateByRules({ pool, granularity, weigh }))
}
const acrossAccounts = (lines: readonly DriverLine[]) => lines.map((each) => ({ ...each, partition: '' }))

describe('golden cases, by hand', () => {
  it('the guide: 9.09 % and 90.91 %', () => {
    expect(splitBy('100', { Email: 100045, Messaging: 1000600 })).toEqual({
      Email: '9.089670147959',
      Messaging: '90.910329852041',
    })
  })

  it('CloudHealth: 42.86 within the account, 90.91 across accounts', () => {
    expect(reallocate(DIRECT, INDIRECT.slice(0, 1))).toEqual({ X: '42.857142857143', Y: '17.142857142857' })
    expect(reallocate(acrossAccounts(DIRECT), [line('300', '')])).toEqual({
      X: '90.909090909091',
      Y: '209.090909090909',
    })
    expect(reallocate(DIRECT, INDIRECT)).toEqual({ X: '42.857142857143', Y: '257.142857142857' })
    expect(splitBy('10', { small: 30, large: 70 })).toEqual({ large: '7', small: '3' })
  })

  it('a chain of two steps: each element of the first is split by the second', () => {
    const products = split(parse('100'), sharesOf(weights({ Email: 1, Messaging: 3 })))
    const teams = new Map([
      ['Email', weights({ Red: 1, Blue: 1 })],
      ['Messaging', weights({ Blue: 2, Green: 1 })],
    ])
    const totals = new Map<string, Fraction>()
    for (const [product, amount] of products) {
      for (const [team, part] of split(amount, sharesOf(teams.get(product) ?? []))) {
        totals.set(team, add(totals.get(team) ?? ZERO, part))
      }
    }
    expect(plain(totals)).toEqual({ Blue: '62.5', Green: '25', Red: '12.5' })
  })

  // P = 100 + 0.2 M and M = 40 + 0.5 P, so P = 120 and M = 100; Email 0.3 P + 0.2 M, Messaging 0.2 P + 0.6 M.
  it.each([
    ['Reciprocal', { Email: '56', Messaging: '84' }],
    ['StepDown', { Email: '52.5', Messaging: '87.5' }],
    ['Direct', { Email: '70', Messaging: '70' }],
  ] as const)('a mutual pair: %s', (method, expected) => {
    const given = {
      Platform: { Monitoring: 50, Email: 30, Messaging: 20 },
      Monitoring: { Platform: 20, Email: 20, Messaging: 60 },
    }
    const costs = { Platform: '100', Monitoring: '40' }
    const pools = new Map(Object.entries(given).map(([name, row]) => [name, sharesOf(weights(row))]))
    const vectors = Object.entries(given).map(([name, row]): [string, Vector] => [
      name,
      toVector(Object.entries(row).map(([element, weight]) => [element, BigInt(weight)])),
    ])
    const engine = solveMutual({ pools: new Map(vectors), method })
    const totals = new Map<string, Fraction>()
    for (const [name, cost] of Object.entries(costs)) {
      const shares = mutual(pools, method)?.get(name) ?? new Map()
      const vector = engine.get(name) ?? { elements: [], weights: [] }
      expect(sharesOf(vector.elements.map((e, i) => [e, fraction(vector.weights[i] ?? 0n)]))).toEqual(shares)
      for (const [element, part] of split(parse(cost), shares)) {
        totals.set(element, add(totals.get(element) ?? ZERO, part))
      }
    }
    expect(plain(totals)).toEqual(expected)
  })

  it('a pool whose every driver is zero: the cost stays, unallocated', () => {
    const pool: ReferenceLine = { start: DAY, end: DAY + 3600, currency: 'USD', costs: [7n * 10n ** 18n], values: {} }
    const records = ['Email', 'Messaging'].map((element) => ({ bucket: DAY, filter: {}, element, value: 0n }))
    const result = allocate({ lines: [pool], streams: [{ granularity: 'DAILY', keys: [], records }] })
    expect(result.pool).toMatchObject([{ element: null, reason: 'zero_weights', costs: [7n * 10n ** 18n] }])
    expect(splitBy('7', { Email: 0, Messaging: 0 })).toEqual({ '': '7' })
  })
})

it('splits to the digit as the engine does, for all costs and weights', () => {
  fc.assert(
    fc.property(
      fc.bigInt(-(10n ** 32n), 10n ** 32n),
      fc.array(fc.bigInt(1n, 10n ** 30n), { minLength: 1, maxLength: 9 }),
      (cost, list) => {
        const shares = sharesOf(list.map((weight, index) => [`${index}`, fraction(weight)]))
        const one = 10n ** 18n
        const engine = splitCost({ cost, weights: list }).map((units) => fraction(units, one))
        expect([...split(fraction(cost, one), shares).values()]).toEqual(engine)
      },
    ),
    { seed: 1 },
  )
})

describe('AllocateByRules', () => {
  const drivers = [line('10', 'X'), line('30', 'Y', '', '2024-09-11'), line('-5', 'Y'), line('0', 'Z')]

  it.each<[RuleGranularity, Record<string, string>]>([
    ['UsageDaily', { X: '8', '': '8' }],
    ['UsageMonthly', { X: '4.571428571428', Y: '11.428571428572' }],
    ['BillingPeriod', { X: '4.571428571428', Y: '11.428571428572' }],
  ])('Proportional by %s', (granularity, expected) => {
    expect(reallocate(drivers, [line('8', ''), line('8', '', '', '2024-09-12')], granularity)).toEqual(expected)
  })

  it('Proportional in the billing period of the line, not the month of the charge', () => {
    const late = { ...line('8', '', '', '2024-10-01'), billingPeriod: at('2024-09-01T00:00') }
    expect(reallocate(drivers, [late], 'UsageMonthly')).toEqual({ '': '8' })
    expect(reallocate(drivers, [late], 'BillingPeriod')).toEqual({ X: '2.285714285714', Y: '5.714285714286' })
  })

  it('Even over the elements that have lines', () => {
    const weigh = (bucket: number) => even({ drivers, granularity: 'UsageDaily', bucket })
    const pool = [line('9', ''), line('4', '', '', '2024-09-11'), line('1', '', '', '2024-09-12')]
    expect(plain(allocateByRules({ pool, granularity: 'UsageDaily', weigh }))).toEqual({
      X: '3',
      Y: '7',
      Z: '3',
      '': '1',
    })
  })

  it.each<[string, Record<string, number>, boolean, Record<string, string>]>([
    ['amounts of any sum', { Email: 30, Messaging: 90 }, false, { Email: '2.5', Messaging: '7.5' }],
    ['percentages', { Email: 30, Messaging: 70 }, true, { Email: '3', Messaging: '7' }],
    ['percentages below 100', { Email: 30, Messaging: 50 }, true, { '': '2', Email: '3', Messaging: '5' }],
  ])('Fixed: %s', (_, values, isPercent, expected) => {
    const { weights: given, unclaimed } = fixed(weights(values), isPercent)
    expect(plain(split(parse('10'), withUnclaimed(sharesOf(given), unclaimed)))).toEqual(expected)
  })
})

describe('windows and gaps', () => {
  const days = new Map([
    [at('2024-08-01T00:00'), weights({ X: 1 })],
    [at('2024-08-31T00:00'), weights({ X: 2, Y: 4 })],
    [at('2024-09-01T00:00'), weights({ Y: 8 })],
    [at('2024-09-03T00:00'), weights({ X: 16 })],
  ])
  const dayAt = (bucket: number) => days.get(bucket) ?? new Map()

  it.each<[string, Parameters<typeof inWindow>[0]['window'], string, Record<string, string>]>([
    ['the same day', { type: 'SameBucket' }, '2024-09-01', { Y: '8' }],
    ['the month before', { type: 'PreviousMonth' }, '2024-09-30', { X: '3', Y: '4' }],
    ['the month before, of nothing', { type: 'PreviousMonth' }, '2024-08-15', {}],
    ['the day before', { type: 'LastDays', days: 1 }, '2024-09-04', { X: '16' }],
    ['two days before', { type: 'LastDays', days: 2 }, '2024-09-03', { Y: '8' }],
    ['three days before', { type: 'LastDays', days: 3 }, '2024-09-03', { X: '2', Y: '12' }],
  ])('%s', (_, window, day, expected) => {
    expect(plain(inWindow({ window, bucket: at(`${day}T00:00`), granularity: 'day', at: dayAt }))).toEqual(expected)
  })

  it('takes the hours of whole days and months, and the months that days lie in', () => {
    const hours = (bucket: number): Weights => (bucket >= at('2024-08-31T20:00') ? weights({ X: 1 }) : new Map())
    const of = (window: Parameters<typeof inWindow>[0]['window']) =>
      plain(inWindow({ window, bucket: at('2024-09-01T05:00'), granularity: 'hour', at: hours }))
    expect(of({ type: 'PreviousMonth' })).toEqual({ X: '4' })
    expect(of({ type: 'LastDays', days: 2 })).toEqual({ X: '4' })
    const months = (bucket: number) => weights(bucket === at('2024-08-01T00:00') ? { X: 1 } : { Y: 1 })
    const window = { type: 'LastDays', days: 2 } as const
    const bucket = at('2024-09-02T00:00')
    expect(plain(inWindow({ window, bucket, granularity: 'month', at: months }))).toEqual({ X: '1', Y: '1' })
  })

  it.each<[string, Gap[], string, string, Record<string, string>]>([
    ['no gap', [{ type: 'even' }], '2024-09-03', '', { X: '16' }],
    ['unallocated', [{ type: 'unallocated' }, { type: 'even' }], '2024-09-02', '', {}],
    ['nothing said', [], '2024-09-02', '', {}],
    ['carry the nearest', [{ type: 'carry', buckets: 9 }], '2024-09-05', 'carry', { X: '16' }],
    ['carry no further than that', [{ type: 'carry', buckets: 2 }], '2024-09-06', '', {}],
    ['and then', [{ type: 'carry', buckets: 2 }, { type: 'next' }], '2024-09-06', 'next', { N: '1' }],
    ['even', [{ type: 'even' }, { type: 'next' }], '2024-09-02', 'even', { X: '1', Y: '1' }],
  ])('%s', (_, policies, day, gap, expected) => {
    const bucket = at(`${day}T00:00`)
    const filled = fillGap({
      own: dayAt(bucket),
      bucket,
      granularity: 'day',
      at: dayAt,
      policies,
      known: ['X', 'Y'],
      next: weights({ N: 1 }),
    })
    expect([filled.gap, plain(filled.weights)]).toEqual([gap, expected])
  })

  it('carries across months', () => {
    expect(shift(at('2024-03-01T00:00'), 'month', -1)).toBe(at('2024-02-01T00:00'))
    expect(shift(at('2024-12-01T00:00'), 'month', 1)).toBe(at('2025-01-01T00:00'))
  })
})
