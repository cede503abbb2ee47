import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { POST as postWhatIf } from '@/app/api/v1/what-if/route'
import type { WhatIfReport } from '../contract/what-if'
import { toUnits } from '../units'
import {
  byStreams,
  costs,
  DAY,
  DB,
  db,
  type Granularity,
  type LabLine,
  type LabRecord,
  load,
  periodOf,
  split,
  stream,
} from './allocation-lab'
import { call, useWorkspace } from './workspace'

describe('Rate', () => {
  useWorkspace()

  const RATE = 'Rate: {Type: Fixed, Value: 1.23, DefaultElement: Rest}'
  const usage: LabRecord[] = [
    [DAY, 'A', 10, DB],
    [DAY, 'B', 20, DB],
  ]

  it('what is left is the default element’s, also where nothing was used', async () => {
    const name = await stream(usage)
    const more = { BilledCost: '50', ConsumedQuantity: '1' }
    await load({ lines: [db(DAY, '100', { more }), db('2024-09-06', '3')], yaml: byStreams(name, RATE) })
    expect(await split()).toEqual({ A: '12.3', B: '24.6', Rest: '66.1' })
    expect(await split('Split', { metric: 'BilledCost' })).toEqual({ A: '6.15', B: '12.3', Rest: '34.55' })
  })

  it('charges above the cost are balanced, in EffectiveCost alone', async () => {
    const name = await stream(usage)
    const yaml = `${byStreams(name, RATE)}
  Product:
    DefaultValue: Other
    Rules: [{Type: GroupBy, Source: "User:Defined:Split"}]
`
    const lines = [
      db(DAY, '20', { region: 'x' }),
      db(DAY, '4.6', { region: 'y' }),
      { at: DAY, cost: '1', service: 'web' },
    ]
    await load({ lines, yaml })
    const expected = { A: '12.3', B: '24.6', Rest: '-12.3' }
    expect(await split()).toEqual(expected)
    expect(await split('Split', { metric: 'BilledCost' })).toEqual({ A: '8.2', B: '16.4' })
    expect(await split('Product')).toEqual({ ...expected, Other: '1' })
    expect(await costs('custom:Product')).toEqual({ ...expected, Other: '1', total: '25.6' })
    expect(await split('Split', { group_by: ['service'] })).toEqual({
      'db A': '12.3',
      'db B': '24.6',
      'db Rest': '-12.3',
    })
    // A balancing line belongs to no region.
    expect(await split('Split', { group_by: ['region'] })).toEqual({
      ...{ 'x A': '6.666666666667', 'x B': '13.333333333333', 'y A': '1.533333333333', 'y B': '3.066666666667' },
      ...{ '- A': '4.1', '- B': '8.2', '- Rest': '-12.3' },
    })
    expect(await split('Split', { filter: ['region=x'] })).toEqual({ A: '6.666666666667', B: '13.333333333333' })
    expect(await split('Split', { filter: ['service=db'] })).toEqual(expected)
  })

  it('what it would be without the rate leaves its balancing lines out', async () => {
    const name = await stream(usage)
    await load({ lines: [db(DAY, '24.6')], yaml: byStreams(name, RATE) })
    expect(await split()).toEqual({ A: '12.3', B: '24.6', Rest: '-12.3' })
    const asked = { yaml: byStreams(name), dimension: 'Split', from: '2024-09-01', to: '2024-10-01' }
    const { status, text, body } = await call(postWhatIf, '/x', {
      ...{ method: 'POST', headers: { 'content-type': 'application/json' } },
      body: JSON.stringify({ ...asked, metric: 'EffectiveCost' }),
    })
    expect(status, text).toBe(200)
    const { elements } = body as unknown as WhatIfReport
    expect(Object.fromEntries(elements.map(({ element, now, after }) => [element, [now, after]]))).toEqual({
      A: ['12.3', '8.2'],
      B: ['24.6', '16.4'],
      Rest: ['-12.3', '0'],
    })
  })

  const ONE = 'Rate: {Type: Fixed, Value: 1, DefaultElement: Rest}'

  it.each<[string, Granularity, LabRecord[], LabLine[], Record<string, string>]>([
    [
      'a day over its hours, by their cost',
      'DAILY',
      [
        [DAY, 'A', 12, DB],
        [DAY, 'B', 6, DB],
      ],
      [db(`${DAY}T00`, '10'), db(`${DAY}T01`, '30'), db(`${DAY}T02`, '0'), db(`${DAY}T03`, '-4')],
      { A: '12', B: '6', Rest: '18' },
    ],
    [
      'a month over its days',
      'MONTHLY',
      [['2024-09', 'A', 8, DB]],
      [db('2024-09-05', '30'), db('2024-09-20', '10')],
      { A: '8', Rest: '32' },
    ],
    [
      'hours over the day that they lie in',
      'HOURLY',
      [
        [`${DAY}T03`, 'A', 2, DB],
        [`${DAY}T05`, 'A', 1, DB],
      ],
      [db(DAY, '100')],
      { A: '3', Rest: '97' },
    ],
    [
      'a day over a line of that day and one of its month',
      'DAILY',
      [[DAY, 'A', 4, DB]],
      [db(DAY, '30'), db('2024-09', '10')],
      { A: '4', Rest: '36' },
    ],
    [
      'all lines alike, where there is no cost',
      'DAILY',
      [[DAY, 'A', 4, DB]],
      [db(`${DAY}T00`, '0'), db(`${DAY}T01`, '0')],
      { A: '4', Rest: '-4' },
    ],
  ])('charges a record once: %s', async (_, granularity, records, lines, expected) => {
    await load({ lines, yaml: byStreams(await stream(records, granularity), ONE) })
    expect(await split()).toEqual(expected)
  })

  it('charges a record once, however many cells match it', async () => {
    const [first, second] = [await stream([[DAY, 'C', 1, { region: 'z' }]]), await stream([[DAY, 'A', 4, DB]])]
    const lines = [db(DAY, '30', { region: 'x' }), db(DAY, '10', { region: 'y' })]
    await load({ lines, yaml: byStreams([first, second], ONE) })
    expect(await split('Split', { group_by: ['region'] })).toEqual({
      ...{ 'x A': '3', 'x Rest': '27', 'y A': '1', 'y Rest': '9' },
    })
  })

  it('charges a month’s record once when a day of its cost changes', async () => {
    const name = await stream([['2024-09', 'A', 8, DB]], 'MONTHLY')
    const yaml = byStreams(name, ONE)
    await load({ lines: [db('2024-09-05', '30'), db('2024-09-20', '10')], yaml })
    await load({ lines: [db('2024-09-05', '30'), db('2024-09-20', '30')], yaml })
    expect(await split('Split', { granularity: 'daily' })).toEqual({
      ...{ '2024-09-05 A': '4', '2024-09-05 Rest': '26', '2024-09-20 A': '4', '2024-09-20 Rest': '26' },
    })
  })

  const AT: Record<Granularity, string[]> = {
    HOURLY: ['2024-09-05T03', '2024-09-05T04', '2024-09-06T03'],
    DAILY: ['2024-09-05', '2024-09-06', '2024-09-07'],
    MONTHLY: ['2024-08', '2024-09'],
  }
  const PERIODS = ['2024-08-31T23', ...AT.HOURLY, ...AT.DAILY, '2024-09']
  const rated = fc.constantFrom<Granularity>('HOURLY', 'DAILY', 'MONTHLY').chain((granularity) =>
    fc.record({
      granularity: fc.constant(granularity),
      lines: fc.array(fc.record({ at: fc.constantFrom(...PERIODS), cost: fc.integer({ min: -3, max: 30 }) }), {
        minLength: 1,
        maxLength: 9,
      }),
      records: fc.uniqueArray(
        fc.tuple(fc.constantFrom(...AT[granularity]), fc.constantFrom('A', 'B'), fc.integer({ min: 1, max: 50 })),
        { minLength: 1, maxLength: 4, selector: ([at, element]) => `${at} ${element}` },
      ),
    }),
  )
  const overlap = (a: string, b: string) => {
    const [[from, to], [start, end]] = [periodOf(a), periodOf(b)]
    return from < end && start < to
  }

  it('charges every record that has a line once, whatever the lines', { timeout: 180_000 }, async () => {
    await fc.assert(
      fc.asyncProperty(rated, async ({ granularity, lines, records }) => {
        const name = await stream(
          records.map(([at, element, value]): LabRecord => [at, element, value, DB]),
          granularity,
        )
        await load({ lines: lines.map(({ at, cost }) => db(at, String(cost))), yaml: byStreams(name, ONE) })
        const found = await split()
        for (const element of ['A', 'B']) {
          const charged = records
            .filter(([at, who]) => who === element && lines.some((line) => overlap(line.at, at)))
            .reduce((sum, [, , value]) => sum + value, 0)
          const difference = toUnits(found[element] ?? '0') - toUnits(String(charged))
          // Each cell's charge is rounded to 12 digits.
          expect(difference < 0n ? -difference : difference).toBeLessThanOrEqual(20_000_000n)
        }
        const total = lines.reduce((sum, { cost }) => sum + cost, 0)
        expect(Object.values(found).reduce((sum, amount) => sum + toUnits(amount), 0n)).toBe(toUnits(String(total)))
      }),
      { numRuns: 15 },
    )
  })

  it('credits', async () => {
    const name = await stream(usage)
    await load({ lines: [db(DAY, '-5')], yaml: byStreams(name, RATE) })
    expect(await split()).toEqual({ A: '12.3', B: '24.6', Rest: '-41.9' })
  })
})
