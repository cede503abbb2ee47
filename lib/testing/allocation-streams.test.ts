import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { database } from '../db/client'
import { cellsInForce } from '../runs/cells-in-force'
import { warehouse } from '../warehouse/client'
import { byStreams, costs, DAY, DB, db, type LabRecord, load, saveYaml, split, stream } from './allocation-lab'
import { useWorkspace } from './workspace'

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
    await load({ lines, yaml: byStreams([first, second]) })
    expect(await split()).toEqual({ A: '1', B: '1', C: '5', '(no_telemetry)': '7' })
    await saveYaml(byStreams([second, first]))
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
    await load({ lines: [db(line, '9')], yaml: byStreams(name) })
    expect(await split()).toEqual({ A: '3', B: '6' })
  })

  it('a pool whose every driver is zero stays unallocated', async () => {
    const name = await stream([
      [DAY, 'A', 0, DB],
      [DAY, 'B', 0, DB],
    ])
    await load({
      lines: [db(DAY, '7'), { at: DAY, cost: '5', service: 'other' }],
      yaml: byStreams(name, '', '    DefaultValue: Rest'),
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
      await load({ lines, yaml: byStreams(name, '', `    Gaps: ${gaps}`) })
      expect(await split()).toEqual(expected)
    })

    it('carries months over decades', async () => {
      const name = await stream([['2023-01', 'A', 1]], 'MONTHLY')
      await load({ lines, yaml: byStreams(name, '', '    Gaps: {Carry: 1000}') })
      expect(await split()).toEqual({ A: '122' })
    })

    it('says which policy touched an amount', async () => {
      const name = await stream(records)
      await load({ lines, yaml: byStreams(name, '', '    Gaps: [{Carry: 2}, Even]') })
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
    await load({ lines: [db(DAY, '10')], yaml: byStreams(name, '', `    Window: ${window}`) })
    expect(await split()).toEqual(expected)
  })

  it('a cut-off, weights and limits', async () => {
    const name = await stream([
      [DAY, 'A', 1],
      [DAY, 'B', 3],
      [DAY, 'C', 6],
    ])
    await load({ lines: [db(DAY, '100')], yaml: byStreams(name, 'ElementCutoff: {ThresholdPercent: 10, Name: Rest}') })
    expect(await split()).toEqual({ B: '30', C: '60', Rest: '10' })
    await saveYaml(byStreams(name, '', '    Elements: {A: {Weight: 2.5}, C: {Cap: {Percent: 50}}}'))
    expect(await split()).toEqual({ A: '22.727272727273', B: '27.272727272727', C: '50' })
  })

  it('splits by several attributes at once, and keeps their combinations', async () => {
    const name = await stream([
      [DAY, 'acme/prod', 1, DB],
      [DAY, 'acme/test', 1, DB],
      [DAY, 'globex/prod', 2, DB],
    ])
    const part = (index: number) =>
      `{Source: "User:Defined:Split", Transforms: [{Type: Split, Delimiter: "/", Index: ${index}}]}`
    const yaml = `${byStreams(name)}
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

    it('adds up what is equal before it is split again, so that rows do not multiply', async () => {
      const many = (count: number, prefix: string) => Array.from({ length: count }, (_, index) => `${prefix}${index}`)
      const teams = ['Red', 'Blue']
      const products = await stream(
        many(30, 'p').map((name, at): LabRecord => [DAY, `${teams[at % 2]}-${name}`, 1, DB]),
      )
      const people = await stream(
        teams.flatMap((team) => many(20, 'who').map((name): LabRecord => [DAY, name, 1, { 'custom:Team': team }])),
      )
      const sites = await stream(
        many(20, 'who').flatMap((name, at): LabRecord[] =>
          ['x', 'y', 'z'].map((site) => [DAY, `site-${site}`, at + 1, { 'custom:People': name }]),
        ),
      )
      const yaml = `
Dimensions:
  Products: {Type: Allocation, AllocateByStreams: {Streams: [${products}]}}
  Team:
    Rules: [{Type: GroupBy, Source: "User:Defined:Products", Transforms: [{Type: Split, Delimiter: "-", Index: 1}]}]
  People: {Type: Allocation, AllocateByStreams: {Streams: [${people}]}}
  Sites: {Type: Allocation, AllocateByStreams: {Streams: [${sites}]}}
`
      await load({ lines: [db(DAY, '600'), db(DAY, '600', { region: 'y' })], yaml })
      expect(await split('Sites')).toEqual({ 'site-x': '400', 'site-y': '400', 'site-z': '400' })
      const { query } = await warehouse()
      const { table, condition } = await cellsInForce()
      const cells = async (id: string) => {
        const [row] = await query({
          query: `SELECT count() AS n FROM ${table} WHERE dimension_id = '${id}' AND ${condition(id)} AND lines > 0 AND day = toDate('${DAY}')`,
          schema: z.object({ n: z.coerce.number() }),
        })
        return row?.n
      }
      // One pool, the two teams that thirty products come to, and twenty people; not 30 × 20 × 3 rows.
      expect([await cells('Products'), await cells('People'), await cells('Sites')]).toEqual([1, 2, 20])
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
