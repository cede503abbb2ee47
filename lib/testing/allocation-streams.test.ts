import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { database } from '../db/client'
import { toUnits } from '../units'
import {
  ask,
  costs,
  type LabLine,
  type LabRecord,
  load,
  loadBill,
  periodOf,
  saveYaml,
  send,
  split,
} from './allocation-lab'
import { eventually, useWorkspace } from './workspace'

type Granularity = 'HOURLY' | 'DAILY' | 'MONTHLY'

let streams = 0
/** A new stream with records. */
async function stream(records: readonly LabRecord[], granularity: Granularity = 'DAILY') {
  const name = `stream-${streams++}`
  await send(name, granularity, records)
  return name
}

const by = (names: string | readonly string[], more = '', rest = '') => `
Dimensions:
  Split:
    Type: Allocation
    AllocateByStreams: {Streams: [${[names].flat().join(', ')}]${more ? `, ${more}` : ''}}
${rest}`

const DB = { service: 'db' }
const db = (at: string, cost: string, more: Partial<LabLine> = {}): LabLine => ({ at, cost, service: 'db', ...more })
const DAY = '2024-09-05'

describe('AllocateByStreams', () => {
  useWorkspace()

  it('the first stream that has weights for a line takes it', async () => {
    const first = await stream([
      [DAY, 'A', 1, { region: 'x' }],
      ['2024-09-06', 'A', 0, { region: 'x' }],
    ])
    const second = await stream([
      [DAY, 'B', 1, DB],
      [DAY, 'C', 3, DB],
      ['2024-09-06', 'C', 3, DB],
    ])
    const lines = [
      db(DAY, '1', { region: 'x' }),
      db(DAY, '4', { region: 'y' }),
      db('2024-09-06', '2', { region: 'x' }),
      db('2024-09-07', '7'),
    ]
    await load({ lines, yaml: by([first, second]) })
    expect(await split()).toEqual({ A: '1', B: '1', C: '5', '(no_telemetry)': '7' })
    await saveYaml(by([second, first]))
    expect(await split()).toEqual({ B: '1.25', C: '5.75', '(no_telemetry)': '7' })
  })

  it.each([
    ['HOURLY', `${DAY}T03`, `${DAY}T03`],
    ['HOURLY', `${DAY}T03`, DAY],
    ['HOURLY', `${DAY}T03`, '2024-09'],
    ['DAILY', DAY, `${DAY}T23`],
    ['DAILY', DAY, DAY],
    ['DAILY', DAY, '2024-09'],
    ['MONTHLY', '2024-09', '2024-09-30T23'],
    ['MONTHLY', '2024-09', '2024-09-30'],
    ['MONTHLY', '2024-09', '2024-09'],
  ] as const)('%s telemetry of %s over a line of %s', async (granularity, bucket, line) => {
    const name = await stream(
      [
        [bucket, 'A', 1],
        [bucket, 'B', 2],
      ],
      granularity,
    )
    await load({ lines: [db(line, '9')], yaml: by(name) })
    expect(await split()).toEqual({ A: '3', B: '6' })
  })

  it('a pool whose every driver is zero stays unallocated', async () => {
    const name = await stream([
      [DAY, 'A', 0, DB],
      [DAY, 'B', 0, DB],
    ])
    await load({
      lines: [db(DAY, '7'), { at: DAY, cost: '5', service: 'other' }],
      yaml: by(name, '', '    DefaultValue: Rest'),
    })
    expect(await split()).toEqual({ '(zero_weights)': '7' })
    expect(await costs('custom:Split')).toEqual({ '': '7', Rest: '5', total: '12' })
  })

  describe('gaps', () => {
    const lines = [db('2024-09-01', '10'), db(DAY, '100'), db('2024-09-06T05', '12')]
    const records: LabRecord[] = [
      ['2024-09-03', 'A', 1, { service: ['db', 'cache'] }],
      ['2024-09-03', 'A', 1, DB],
      ['2024-09-03', 'B', 2, DB],
      [DAY, 'B', 0, DB],
      ['2024-09-20', 'C', 2, { service: 'cache' }],
    ]
    it.each<[string, Record<string, string>]>([
      ['Unallocated', { '(no_telemetry)': '22', '(zero_weights)': '100' }],
      ['{Carry: 2}', { A: '50', B: '50', '(no_telemetry)': '22' }],
      ['{Carry: 1000}', { A: '56', B: '56', '(no_telemetry)': '10' }],
      // A stands in two filters that match, and still counts once.
      ['Even', { A: '61', B: '61' }],
      ['[{Carry: 2}, Even]', { A: '61', B: '61' }],
      [
        '[{Carry: 1}, {Next: {AllocationMethod: {Method: Fixed, Percentages: {D: 50}}}}]',
        { D: '61', '(not_claimed)': '61' },
      ],
    ])('%s', async (gaps, expected) => {
      const name = await stream(records)
      await load({ lines, yaml: by(name, '', `    Gaps: ${gaps}`) })
      expect(await split()).toEqual(expected)
    })

    it('carries months over decades', async () => {
      const name = await stream([['2023-01', 'A', 1]], 'MONTHLY')
      await load({ lines, yaml: by(name, '', '    Gaps: {Carry: 1000}') })
      expect(await split()).toEqual({ A: '122' })
    })

    it('says which policy touched an amount', async () => {
      const name = await stream(records)
      await load({ lines, yaml: by(name, '', '    Gaps: [{Carry: 2}, Even]') })
      expect(await split()).toEqual({ A: '61', B: '61' })
      const { prisma } = await database()
      const last = await prisma.allocationRun.findFirst({ orderBy: { id: 'desc' } })
      expect(last?.status).toBe('completed')
    })
  })

  it.each<[string, Record<string, string>]>([
    ['SameBucket', { D: '10' }],
    ['PreviousMonth', { A: '2.5', B: '7.5' }],
    ['{LastDays: 1}', { C: '10' }],
    ['{LastDays: 5}', { B: '6', C: '4' }],
  ])('window %s', async (window, expected) => {
    const name = await stream([
      ['2024-07-31', 'Z', 9],
      ['2024-08-01', 'A', 1],
      ['2024-08-31', 'B', 3],
      ['2024-09-04', 'C', 2],
      [DAY, 'D', 1],
    ])
    await load({ lines: [db(DAY, '10')], yaml: by(name, '', `    Window: ${window}`) })
    expect(await split()).toEqual(expected)
  })

  it('a cut-off, weights and limits', async () => {
    const name = await stream([
      [DAY, 'A', 1],
      [DAY, 'B', 3],
      [DAY, 'C', 6],
    ])
    await load({ lines: [db(DAY, '100')], yaml: by(name, 'ElementCutoff: {ThresholdPercent: 10, Name: Rest}') })
    expect(await split()).toEqual({ B: '30', C: '60', Rest: '10' })
    await saveYaml(by(name, '', '    Elements: {A: {Weight: 2.5}, C: {Cap: {Percent: 50}}}'))
    expect(await split()).toEqual({ A: '22.727272727273', B: '27.272727272727', C: '50' })
  })

  describe('Rate', () => {
    const RATE = 'Rate: {Type: Fixed, Value: 1.23, DefaultElement: Rest}'
    const usage: LabRecord[] = [
      [DAY, 'A', 10, DB],
      [DAY, 'B', 20, DB],
    ]

    it('what is left is the default element’s, also where nothing was used', async () => {
      const name = await stream(usage)
      const more = { BilledCost: '50', ConsumedQuantity: '1' }
      await load({ lines: [db(DAY, '100', { more }), db('2024-09-06', '3')], yaml: by(name, RATE) })
      expect(await split()).toEqual({ A: '12.3', B: '24.6', Rest: '66.1' })
      expect(await split('Split', { metric: 'BilledCost' })).toEqual({ A: '6.15', B: '12.3', Rest: '34.55' })
    })

    it('charges above the cost are balanced, in EffectiveCost alone', async () => {
      const name = await stream(usage)
      const yaml = `${by(name, RATE)}
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
      await load({ lines, yaml: by(await stream(records, granularity), ONE) })
      expect(await split()).toEqual(expected)
    })

    it('charges a record once, however many cells match it', async () => {
      const [first, second] = [await stream([[DAY, 'C', 1, { region: 'z' }]]), await stream([[DAY, 'A', 4, DB]])]
      const lines = [db(DAY, '30', { region: 'x' }), db(DAY, '10', { region: 'y' })]
      await load({ lines, yaml: by([first, second], ONE) })
      expect(await split('Split', { group_by: ['region'] })).toEqual({
        ...{ 'x A': '3', 'x Rest': '27', 'y A': '1', 'y Rest': '9' },
      })
    })

    it('charges a month’s record once when a day of its cost changes', async () => {
      const name = await stream([['2024-09', 'A', 8, DB]], 'MONTHLY')
      const yaml = by(name, ONE)
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
          await load({ lines: lines.map(({ at, cost }) => db(at, String(cost))), yaml: by(name, ONE) })
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
      await load({ lines: [db(DAY, '-5')], yaml: by(name, RATE) })
      expect(await split()).toEqual({ A: '12.3', B: '24.6', Rest: '-41.9' })
    })
  })

  describe('mutual services', () => {
    const pair = (at = DAY): LabRecord[] => [
      [at, 'Monitoring', 50, { 'custom:Pool': 'Platform' }],
      [at, 'Email', 30, { 'custom:Pool': 'Platform' }],
      [at, 'Messaging', 20, { 'custom:Pool': 'Platform' }],
      [at, 'Platform', 20, { 'custom:Pool': 'Monitoring' }],
      [at, 'Email', 20, { 'custom:Pool': 'Monitoring' }],
      [at, 'Messaging', 60, { 'custom:Pool': 'Monitoring' }],
    ]
    const yaml = (name: string, more: string) => `${by(name, '', more)}
  Pool: {Groups: {Platform: [{Source: Service, Equals: platform}], Monitoring: [{Source: Service, Equals: monitoring}]}}
`
    const lines: LabLine[] = [
      { at: DAY, cost: '100', service: 'platform' },
      { at: DAY, cost: '40', service: 'monitoring' },
    ]

    it.each([
      ['Reciprocal', { Email: '56', Messaging: '84' }],
      ['StepDown', { Email: '52.5', Messaging: '87.5' }],
      ['Direct', { Email: '70', Messaging: '70' }],
    ])('%s', async (method, expected) => {
      const name = await stream(pair())
      await load({ lines, yaml: yaml(name, `    Mutual: ${method}`) })
      expect(await split()).toEqual(expected)
      // A pool that costs nothing of its own hands on what it gets, too.
      await loadBill(lines.slice(0, 1))
      const given = {
        Reciprocal: ['44.444444444444', '55.555555555556'],
        StepDown: ['42.5', '57.5'],
        Direct: ['60', '40'],
      }[method]
      expect(Object.values(await split())).toEqual(given)
    })

    it('with lines set apart, and beside a pool without telemetry', async () => {
      const name = await stream(pair())
      const more = '    Mutual: Reciprocal\n    SetApart: [{Source: LineItemType, Equals: Credit}]'
      const credit = { at: DAY, cost: '-7', service: 'platform', category: 'Credit' }
      const late = { at: '2024-09-06', cost: '3', service: 'platform' }
      await load({ lines: [...lines, credit, late], yaml: yaml(name, more) })
      expect(await split()).toEqual({ Email: '56', Messaging: '84', '(set_apart)': '-7', '(no_telemetry)': '3' })
      await loadBill([...lines.slice(0, 1), credit])
      expect(await split()).toEqual({ Email: '44.444444444444', Messaging: '55.555555555556', '(set_apart)': '-7' })
    })

    it('what a pool without drivers gets stays unallocated', async () => {
      const name = await stream([...pair().slice(0, 3), ['2024-09-20', 'Email', 1, { 'custom:Pool': 'Monitoring' }]])
      await load({ lines: lines.slice(0, 1), yaml: yaml(name, '    Mutual: Reciprocal') })
      expect(await split()).toEqual({ Email: '30', Messaging: '20', '(no_telemetry)': '50' })
    })

    it('pools that feed only each other fail the run, and the last good one stays; other dimensions go on', async () => {
      const name = await stream(pair())
      const others = `  Plain: {Name: Plain, Type: Allocation, AllocateByStreams: {Streams: [${name}]}}
  Behind: {Name: Behind, GroupBy: {Source: User:Defined:Split}}
`
      await load({ lines, yaml: yaml(name, '    Mutual: Reciprocal') + others })
      const before = { Email: '56', Messaging: '84' }
      expect(await split()).toEqual(before)
      const nobody = (pool: string) =>
        ['Email', 'Messaging'].map((element): LabRecord => [DAY, element, 0, { 'custom:Pool': pool }])
      await send(name, 'DAILY', [...nobody('Platform'), ...nobody('Monitoring')], 'replace')
      const { prisma } = await database()
      const run = await eventually(
        () => prisma.allocationRun.findFirst({ where: { status: 'failed' }, orderBy: { id: 'desc' } }),
        (found) => found !== null && (found.error ?? '').includes('feed only each other'),
        120,
      )
      expect(run?.error).toContain('Split: the pools Monitoring, Platform feed only each other at 2024-09-05')
      expect(run?.error).toMatch(/\nComputed all the same: .*Plain/)
      const plain = await ask('Plain')
      expect(plain).toMatchObject({ up_to_date: true, failure: null })
      expect(plain.rows.map(({ element, amount }) => [element, amount])).toEqual([
        ['Monitoring', '100'],
        ['Platform', '40'],
      ])
      expect((await ask('Behind')).up_to_date).toBe(false)
      const report = await ask('Split')
      expect(report.up_to_date).toBe(false)
      expect(Object.fromEntries(report.rows.map((row) => [row.element, row.amount]))).toMatchObject(before)
      await send(name, 'DAILY', [[DAY, 'Email', 1, { 'custom:Pool': 'Platform' }]], 'replace')
      await prisma.allocationRun.deleteMany({ where: { status: 'failed' } })
      expect(await split()).toEqual({ Email: '140' })
    })
  })

  it('splits by several attributes at once, and keeps their combinations', async () => {
    const name = await stream([
      [DAY, 'acme/prod', 1, DB],
      [DAY, 'acme/test', 1, DB],
      [DAY, 'globex/prod', 2, DB],
    ])
    const part = (index: number) =>
      `{Source: "User:Defined:Split", Transforms: [{Type: Split, Delimiter: "/", Index: ${index}}]}`
    const yaml = `${by(name)}
  Customer: {GroupBy: ${part(1)}}
  Environment: {GroupBy: ${part(2)}}
`
    await load({ lines: [db(DAY, '8')], yaml })
    expect(await split('Customer')).toMatchObject({ acme: '4', globex: '4' })
    expect(await split('Environment')).toMatchObject({ prod: '6', test: '2' })
    const both = { 'acme prod acme/prod': '2', 'acme test acme/test': '2', 'globex prod globex/prod': '4' }
    expect(await split('Split', { group_by: ['custom:Customer', 'custom:Environment'] })).toEqual(both)
    expect(await split('Split', { filter: ['custom:Customer=acme'] })).toEqual({ 'acme/prod': '2', 'acme/test': '2' })
    expect(await split('Customer', { group_by: ['custom:Environment'] })).toMatchObject({
      'prod acme': '2',
      'test acme': '2',
      'prod globex': '4',
    })
  })

  describe('chains', () => {
    it('an allocation over a grouping over an allocation, and one more', async () => {
      const products = await stream([
        [DAY, 'Email', 1, DB],
        [DAY, 'Messaging', 3, DB],
      ])
      const teams = await stream([
        [DAY, 'Red', 1, { 'custom:Product': 'Email' }],
        [DAY, 'Blue', 1, { 'custom:Product': 'Email' }],
        [DAY, 'Blue', 2, { 'custom:Product': 'Messaging' }],
        [DAY, 'Green', 1, { 'custom:Product': 'Messaging' }],
      ])
      const people = await stream([
        [DAY, 'Ann', 1, { 'custom:Team': 'Blue' }],
        [DAY, 'Bob', 4, { 'custom:Team': 'Blue' }],
        [DAY, 'Cid', 1, { 'custom:Team': 'Green' }],
      ])
      const yaml = `
Dimensions:
  People: {Type: Allocation, AllocateByStreams: {Streams: [${people}]}}
  Team: {DefaultValue: Nobody, Rules: [{Type: GroupBy, Source: "User:Defined:Teams"}]}
  Teams: {Type: Allocation, AllocateByStreams: {Streams: [${teams}]}}
  Product:
    Rules:
      - {Type: Group, Name: Email, Conditions: [{Source: "Tag:product", Equals: email}]}
      - {Type: GroupBy, Source: "User:Defined:Products"}
  Products: {Type: Allocation, AllocateByStreams: {Streams: [${products}]}}
`
      await load({ lines: [db(DAY, '100'), { at: DAY, cost: '8', service: 'web', tags: { product: 'email' } }], yaml })
      expect(await split('Products')).toEqual({ Email: '25', Messaging: '75' })
      expect(await split('Product')).toEqual({ Email: '33', Messaging: '75' })
      expect(await split('Teams')).toEqual({ Red: '16.5', Blue: '66.5', Green: '25' })
      expect(await split('People')).toEqual({ Ann: '13.3', Bob: '53.2', Cid: '25' })
      expect(await split('People', { group_by: ['custom:Product'] })).toEqual({
        ...{
          'Email Ann': '3.3',
          'Email Bob': '13.2',
          'Messaging Ann': '10',
          'Messaging Bob': '40',
          'Messaging Cid': '25',
        },
      })
      // The other way round: what the inner one gives, by who gets it in the end.
      expect(await split('Products', { group_by: ['custom:Teams'] })).toEqual({
        ...{ 'Red Email': '12.5', 'Blue Email': '12.5', 'Blue Messaging': '50', 'Green Messaging': '25' },
      })
      expect(await split('Products', { filter: ['custom:Team=Blue'] })).toEqual({ Email: '12.5', Messaging: '50' })
      expect(await costs('custom:People', { filter: ['service=web'] })).toEqual({
        '': '4',
        Bob: '3.2',
        Ann: '0.8',
        total: '8',
      })
    })

    it('two allocations of one pool beside each other', async () => {
      const first = await stream([
        [DAY, 'A', 1, DB],
        [DAY, 'B', 1, DB],
      ])
      const second = await stream([
        [DAY, 'X', 1, { region: 'x' }],
        [DAY, 'Y', 3, { region: 'x' }],
      ])
      const yaml = `
Dimensions:
  One: {Type: Allocation, AllocateByStreams: {Streams: [${first}]}}
  Two: {Type: Allocation, AllocateByStreams: {Streams: [${second}]}}
`
      await load({ lines: [db(DAY, '8', { region: 'x' }), db(DAY, '2', { region: 'y' })], yaml })
      const expected = { 'X A': '1', 'X B': '1', 'Y A': '3', 'Y B': '3', '- A': '1', '- B': '1' }
      expect(await split('One', { group_by: ['custom:Two'] })).toEqual(expected)
      expect(await split('Two', { group_by: ['custom:One'] })).toEqual({
        'A X': '1',
        'B X': '1',
        'A Y': '3',
        'B Y': '3',
      })
    })

    it('a rule that goes by what a split has given: dedicated cost and a share of the shared', async () => {
      const name = await stream([
        [DAY, 'A', 1, DB],
        [DAY, 'B', 1, DB],
      ])
      const yaml = `
Dimensions:
  Shared: {Type: Allocation, AllocateByStreams: {Streams: [${name}]}}
  Team:
    Rules: [{Type: GroupBy, Source: "Tag:team"}, {Type: GroupBy, Source: "User:Defined:Shared"}]
  Support:
    Type: Allocation
    AllocateByRules:
      AllocationMethod: {Method: Proportional, Granularity: UsageMonthly}
      SpendToAllocate: {Conditions: [{Source: Service, Equals: support}]}
      AcrossElements: {GroupBy: {Source: "User:Defined:Team"}}
  All: {Rules: [{Type: GroupBy, Source: "User:Defined:Support"}, {Type: GroupBy, Source: "User:Defined:Team"}]}
`
      const lines = [
        db(DAY, '10'),
        { at: '2024-09-20', cost: '20', service: 'web', tags: { team: 'A' } },
        { at: '2024-09-30', cost: '6', service: 'support' },
      ]
      await load({ lines, yaml })
      expect(await split('Support')).toEqual({ A: '5', B: '1' })
      expect(await split('All')).toEqual({ A: '30', B: '6' })
    })
  })
})
