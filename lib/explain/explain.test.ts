import { describe, expect, it } from 'vitest'
import { POST as undo } from '@/app/api/v1/streams/[name]/batches/[id]/undo/route'
import { ask, type LabRecord, send, settled } from '../testing/allocation-lab'
import { caseNumber, explain, follow, GROUPS, largest, line, loadCase, SHARED } from '../testing/explain-lab'
import { call, useWorkspace } from '../testing/workspace'

describe('an amount explains itself', () => {
  useWorkspace()

  const STREAM = `
  Split: {Type: Allocation, Name: Split, AllocateByStreams: {Streams: [writes]}}`
  const WRITES: LabRecord[] = [
    ['2024-09-03', 'Email', '100045', SHARED],
    ['2024-09-03', 'Messaging', '1000600', SHARED],
  ]

  it('by the records of its stream, its lines and the exact share', async () => {
    await loadCase({
      lines: [line('2024-09-03', '123.45'), line('2024-09-03', '0.55', { account: 'a' }), line('2024-09-04', '1')],
      yaml: `Dimensions:${GROUPS}${STREAM}`,
      streams: { writes: { granularity: 'DAILY', records: WRITES } },
    })
    const { rows } = await ask('Split')
    const found = await explain('Split', { element: 'Email' })
    expect(found.amount).toBe(rows.find((row) => row.element === 'Email')?.amount)
    expect(found).toMatchObject({ up_to_date: true, definition_version: expect.any(Number) })
    expect(found.run_ids.length).toBeGreaterThan(0)
    const [part] = found.parts
    expect(part).toMatchObject({
      charge_period: { start: '2024-09-03T00:00:00Z', end: '2024-09-04T00:00:00Z' },
      matched_on: { 'custom:Shared': 'Lake' },
      ...{
        cost: '124',
        lines: 2,
        reason: null,
        gap: null,
        stream: 'writes-1',
        weight: '100045',
        total_weight: '1100645',
      },
      driver: { kind: 'stream', name: 'writes-1', rank: 1, from: '2024-09-03T00:00:00Z', to: '2024-09-04T00:00:00Z' },
      ratio: { fraction: '20009/220129', percent: '9.089670147959' },
      ...{ records_match: true, shaping: [], steps: [], fixes: [] },
      records: [
        { element_name: 'Email', value: '100045', operation: 'sum', filter: { 'custom:Shared': ['Lake'] } },
        { element_name: 'Messaging', value: '1000600' },
      ],
      lines_rest: { lines: 0, cost: '0' },
    })
    expect(part?.top_lines.map(({ cost }) => cost)).toEqual(['124'])
    expect(part?.lines_link).toContain('filter=custom%3AShared%3DLake')
  })

  it('and what stayed unallocated says why, with records to fill in', async () => {
    const found = await explain('Split')
    expect(found.outcomes).toMatchObject([{ reason: 'no_telemetry', gap: null, parts: 1, amount: '1' }])
    const [send, gap] = found.parts[0]?.fixes ?? []
    expect(send).toMatchObject({ kind: 'send_telemetry', link: '/streams/writes-1?tab=send' })
    expect(send?.snippets[0]).toEqual({
      title: 'CSV',
      text: 'timestamp,granularity,element_name,value,custom:Shared\n2024-09-04T00:00:00Z,DAILY,Email,<value>,Lake\n2024-09-04T00:00:00Z,DAILY,Messaging,<value>,Lake\n',
    })
    expect(gap).toMatchObject({ kind: 'gap_policy', snippets: [{ title: 'YAML', text: 'Gaps: {Carry: 1}' }] })
  })

  it('through every step of a chain, to the telemetry', async () => {
    await loadCase({
      lines: [line('2024-09-03', '110.0645'), line('2024-09-03', '7', { service: 'own', tags: { product: 'Email' } })],
      yaml: `Dimensions:${GROUPS}${STREAM}
  Product: {Name: Product, Rules: [{Type: GroupBy, Source: "Tag:product"}, {Type: GroupBy, Source: "User:Defined:Split"}]}
  Customer: {Type: Allocation, Name: Customer, AllocateByStreams: {Streams: [calls]}}`,
      streams: {
        writes: { granularity: 'DAILY', records: WRITES },
        calls: {
          granularity: 'DAILY',
          records: [
            ['2024-09-03', 'Acme', 3, { 'custom:Product': 'Email' }],
            ['2024-09-03', 'Bolt', 1, { 'custom:Product': 'Email' }],
          ],
        },
      },
    })
    const customer = await largest('Customer', { element: 'Acme' })
    expect(customer).toMatchObject({ cost: '17.0045', amount: '12.753375', weight: '3', total_weight: '4' })
    expect(customer.steps).toMatchObject([
      { dimension: 'Product', element: 'Email', amount: '17.0045', percent: '100' },
    ])
    const product = await follow(customer.steps[0]?.query ?? '')
    expect(product.amount).toBe('17.0045')
    expect(product.parts.map(({ amount, steps }) => [amount, steps[0]?.element, steps[0]?.dimension])).toEqual([
      ['10.0045', 'Email', 'Split'],
      ['7', undefined, undefined],
    ])
    expect(product.parts[1]?.top_lines).toMatchObject([{ service: 'own', cost: '7' }])
    const split = await follow(product.parts[0]?.steps[0]?.query ?? '')
    expect(split).toMatchObject({ amount: '10.0045', parts: [{ weight: '100045', top_lines: [{ service: 'RDS' }] }] })
  })

  it('by what a rule went by, and through the split that its pool is made of', async () => {
    await loadCase({
      lines: [
        line('2024-09-03', '100'),
        line('2024-09-03', '30', { service: 'own', tags: { product: 'A' }, region: 'eu' }),
        line('2024-09-04', '90', { service: 'own', tags: { product: 'B' }, region: 'us' }),
      ],
      yaml: `Dimensions:${GROUPS}${STREAM}
  Rules:
    Type: Allocation
    Name: Rules
    AllocateByRules:
      AllocationMethod: {Method: Proportional, Granularity: UsageMonthly}
      SpendToAllocate: {Source: "User:Defined:Split", Conditions: [{Equals: [Email, Messaging]}]}
      AcrossElements: {GroupBy: {Source: "Tag:product"}}`,
      streams: {
        writes: { granularity: 'DAILY', records: WRITES.map(([at, name], index) => [at, name, index + 1, SHARED]) },
      },
    })
    const part = await largest('Rules', { element: 'A' })
    expect(part).toMatchObject({
      ...{ matched_on: {}, cost: '100', amount: '25', stream: null, weight: '30', total_weight: '120', records: [] },
      driver: { kind: 'rule', name: 'Proportional to effective cost', granularity: 'MONTHLY' },
      ratio: { fraction: '1/4', percent: '25' },
      values: [
        { element: 'A', bucket: '2024-09-01T00:00:00Z', value: '30' },
        { element: 'B', value: '90' },
      ],
    })
    expect(part.steps.map(({ dimension, element, amount }) => [dimension, element, amount])).toEqual([
      ['Split', 'Messaging', '66.666666666667'],
      ['Split', 'Email', '33.333333333333'],
    ])
  })

  it('out of a split of many elements, with what those come to that are not shown', async () => {
    const names = Array.from({ length: 14 }, (_, index) => `T${String(index + 1).padStart(2, '0')}`)
    await loadCase({
      lines: [line('2024-09-03', '105')],
      yaml: `Dimensions:${GROUPS}${STREAM}
  Both:
    Type: Allocation
    Name: Both
    AllocateByRules:
      AllocationMethod: {Method: Fixed, Weights: {A: 1}}
      SpendToAllocate: {Conditions: [{Source: "User:Defined:Split", BeginsWith: T}]}`,
      streams: {
        writes: {
          granularity: 'DAILY',
          records: names.map((name, index): LabRecord => ['2024-09-03', name, index + 1, SHARED]),
        },
      },
    })
    const part = await largest('Both', { element: 'A' })
    expect(part.steps.map(({ element, amount }) => [element, amount])).toEqual(
      names
        .map((name, index) => [name, String(index + 1)])
        .reverse()
        .slice(0, 12),
    )
    expect(part.steps_rest).toEqual([{ dimension: 'Split', dimension_id: 'Split', steps: 2, amount: '3' }])
  })

  it('for each partition and bill month, and by fixed percentages', async () => {
    await loadCase({
      lines: [
        line('2024-09-03', '100', { region: 'eu' }),
        // The same charge in a later bill, which nothing of that bill splits.
        line('2024-09-03', '10', { region: 'eu', bill: '2024-10' }),
        line('2024-09-03', '10', { service: 'own', tags: { product: 'A' }, region: 'eu' }),
        line('2024-09-03', '90', { service: 'own', tags: { product: 'B' }, region: 'us' }),
      ],
      yaml: `Dimensions:
  Region:
    Type: Allocation
    Name: Region
    AllocateByRules:
      AllocationMethod: {Method: Proportional, Granularity: BillingPeriod}
      SpendToAllocate: {Source: Service, Conditions: [{Equals: RDS}]}
      AcrossElements: {GroupBy: {Source: "Tag:product"}}
      ForEachElementOf: Region
  Fixed:
    Type: Allocation
    Name: Fixed
    AllocateByRules:
      AllocationMethod: {Method: Fixed, Percentages: {Email: 30.5, Chat: 40}}
      SpendToAllocate: {Source: Service, Conditions: [{Equals: RDS}]}`,
      streams: {},
    })
    expect(await largest('Region', { element: 'A' })).toMatchObject({
      matched_on: { region: 'eu', 'billing month': '2024-09-01' },
      ...{ amount: '100', values: [{ element: 'A', value: '10' }] },
    })
    expect(await largest('Fixed', { element: 'Email' })).toMatchObject({
      ...{ amount: '33.55', weight: '30.5', total_weight: '100' },
      driver: { name: 'Fixed percentages', from: null, to: null },
    })
    expect(await explain('Fixed')).toMatchObject({
      amount: '32.45',
      outcomes: [{ reason: 'not_claimed', fixes: [{ kind: 'edit_definition' }] }],
      parts: [{ reason: 'not_claimed', ratio: { percent: '29.5' }, fixes: [{}] }],
    })
  })

  it.each<[string, string, object]>([
    [
      'Carry',
      '{Carry: 3}',
      {
        ...{ gap: 'carry', weight: '100045', total_weight: '1100645' },
        driver: { rank: 2, window: 'the last day with values, at most 3 days before', from: '2024-09-03T00:00:00Z' },
        records: [{ timestamp: '2024-09-03T00:00:00Z', element_name: 'Email' }, {}],
      },
    ],
    ['Even', 'Even', { gap: 'even', weight: '1', total_weight: '2', ratio: { fraction: '1/2' }, records: [] }],
    [
      'Next',
      '{Next: {AllocationMethod: {Method: Fixed, Weights: {Email: 3, Chat: 1}}}}',
      {
        ...{ gap: 'next', weight: '3', total_weight: '4', stream: null },
        driver: { kind: 'rule', name: 'Fixed weights', rank: 2 },
      },
    ],
  ])('the gap policy %s is said', async (_, gaps, expected) => {
    await loadCase({
      lines: [line('2024-09-03', '100'), line('2024-09-05', '40')],
      yaml: `Dimensions:${GROUPS}
  Split: {Type: Allocation, Name: Split, AllocateByStreams: {Streams: [writes]}, Gaps: ${gaps}}`,
      streams: { writes: { granularity: 'DAILY', records: WRITES } },
    })
    const query = { element: 'Email', period: '2024-09-05', granularity: 'daily' }
    expect(await largest('Split', query)).toMatchObject({ cost: '40', reason: null, ...expected })
    expect((await explain('Split', { element: 'Email' })).outcomes).toHaveLength(2)
  })

  it('zero weights, nothing to go by, what is excluded, capped or set apart', async () => {
    const pool = 'SpendToAllocate: {Source: Service, Conditions: [{Equals: RDS}]}'
    await loadCase({
      lines: [
        line('2024-09-03', '100'),
        line('2024-09-05', '40'),
        line('2024-09-03', '-8', { category: 'Credit' }),
        line('2024-09-03', '5', { service: 'VPC' }),
      ],
      yaml: `Dimensions:${GROUPS}
  Zero: {Type: Allocation, AllocateByStreams: {Streams: [writes]}}
  Apart: {Type: Allocation, AllocateByStreams: {Streams: [writes]}, SetApart: [{Source: LineItemType, Equals: Credit}]}
  Excluded: {Type: Allocation, AllocateByStreams: {Streams: [writes]}, Elements: {Email: {Exclude: true}, Messaging: {Exclude: true}}}
  Capped: {Type: Allocation, AllocateByStreams: {Streams: [writes]}, Elements: {Email: {Cap: {Percent: 10}}, Messaging: {Cap: {Percent: 30}}}}
  Nothing: {Type: Allocation, AllocateByRules: {AllocationMethod: Proportional, ${pool}, AcrossElements: {GroupBy: {Source: "Tag:none"}}}}
  Product: {Rules: [{Type: GroupBy, Source: "User:Defined:Zero"}]}`,
      streams: {
        writes: { granularity: 'DAILY', records: [...WRITES, ['2024-09-05', 'Email', 0, SHARED]] },
      },
    })
    const reasons = async (dimension: string) => {
      const { outcomes, parts } = await explain(dimension)
      for (const { fixes } of [...outcomes, ...parts]) expect(fixes.length).toBeGreaterThan(0)
      return outcomes.map(({ reason, amount }) => [reason, amount])
    }
    expect(await reasons('Zero')).toEqual([['zero_weights', '40']])
    expect((await largest('Zero')).records).toMatchObject([{ element_name: 'Email', value: '0' }])
    expect((await largest('Zero')).fixes[0]).toMatchObject({ kind: 'replace_telemetry' })
    expect(await reasons('Apart')).toEqual([
      ['zero_weights', '40'],
      ['set_apart', '-8'],
    ])
    expect(await reasons('Excluded')).toEqual([
      ['excluded', '92'],
      ['zero_weights', '40'],
    ])
    expect(await reasons('Capped')).toEqual([
      ['capped', '55.2'],
      ['zero_weights', '40'],
    ])
    expect(await reasons('Nothing')).toEqual([['no_drivers', '132']])
    expect(await reasons('Product')).toEqual([['not_in_dimension', '45']])
    expect((await largest('Product')).fixes[0]).toMatchObject({ kind: 'explain_split' })
    const capped = await largest('Capped', { element: 'Email' })
    expect(capped).toMatchObject({ weight: '100045', total_weight: '1100645', ratio: { percent: '10' } })
  })

  it('what shaped the weights, with the share before and after', async () => {
    await loadCase({
      lines: [line('2024-09-03', '100')],
      yaml: `Dimensions:${GROUPS}
  Weighed: {Type: Allocation, AllocateByStreams: {Streams: [w]}, Elements: {A: {Weight: 2}, C: {Exclude: true}}}
  Cut: {Type: Allocation, AllocateByStreams: {Streams: [w]}, ElementCutoff: {ThresholdPercent: 50}}
  Limited: {Type: Allocation, AllocateByStreams: {Streams: [w]}, Elements: {A: {Floor: {Amount: 40}}}}
  Rated: {Type: Allocation, AllocateByStreams: {Streams: [w], Rate: {Type: Fixed, Value: 1.5, DefaultElement: Rest}}}`,
      streams: {
        w: {
          granularity: 'DAILY',
          records: [
            ['2024-09-03', 'A', 2, SHARED],
            ['2024-09-03', 'B', 4, SHARED],
            ['2024-09-03', 'C', 2, SHARED],
          ],
        },
      },
    })
    const shaping = async (dimension: string, element: string) => (await largest(dimension, { element })).shaping
    expect(await shaping('Weighed', 'A')).toEqual([
      { kind: 'weights', text: 'Weights: A counts 2 times; C excluded.', before: '25', after: '50' },
    ])
    expect(await shaping('Cut', 'B')).toMatchObject([{ kind: 'cutoff', before: '50', after: '100' }])
    expect(await shaping('Limited', 'A')).toEqual([
      { kind: 'limits', text: 'Limits: A pays at least 40 a month.', before: '25', after: '40' },
    ])
    expect(await shaping('Rated', 'B')).toMatchObject([
      { kind: 'rate', text: 'Rate: 4 × 1.5 = 6; Rest takes the rest.', before: '50', after: '6' },
    ])
    expect(await largest('Rated', { element: 'Rest' })).toMatchObject({ amount: '88', weight: '0' })
    await loadCase({
      lines: [line('2024-09-03T01', '30'), line('2024-09-03T02', '10')],
      yaml: `Dimensions:${GROUPS}
  Rated: {Type: Allocation, AllocateByStreams: {Streams: [w], Rate: {Type: Fixed, Value: 1.5, DefaultElement: Rest}}}`,
      streams: { w: { granularity: 'DAILY', records: [['2024-09-03', 'B', 4, SHARED]] } },
    })
    expect(await largest('Rated', { element: 'B' })).toMatchObject({
      amount: '4.5',
      shaping: [{ text: 'Rate: 4 × 1.5 = 6, by cost over all lines that the usage is of; Rest takes the rest.' }],
    })
  })

  it('what a rate charges beyond the cost, and who balances it', async () => {
    await loadCase({
      lines: [line('2024-09-03', '24.6')],
      yaml: `Dimensions:${GROUPS}
  Rated: {Type: Allocation, AllocateByStreams: {Streams: [w], Rate: {Type: Fixed, Value: 1.23, DefaultElement: Rest}}}`,
      streams: {
        w: {
          granularity: 'DAILY',
          records: [
            ['2024-09-03', 'A', 10, SHARED],
            ['2024-09-03', 'B', 20, SHARED],
          ],
        },
      },
    })
    const found = await explain('Rated', { element: 'A' })
    expect(found).toMatchObject({ amount: '12.3', rest: { parts: 0, amount: '0' } })
    expect(found.parts).toMatchObject([
      { amount: '8.2', cost: '24.6', is_balance: false, matched_on: { 'custom:Shared': 'Lake' } },
      {
        ...{ amount: '4.1', is_balance: true, lines: 0, weight: '10', total_weight: '30', ratio: null },
        matched_on: { 'custom:Shared': 'Lake' },
        records: [{ element_name: 'A', value: '10' }, {}],
        shaping: [
          { text: 'Rate: 10 × 1.23 = 12.3; 8.2 of that are a share of the lines, and this is the rest.', after: null },
        ],
      },
    ])
    expect((await explain('Rated', { element: 'Rest' })).parts).toMatchObject([
      {
        ...{ amount: '-12.3', is_balance: true },
        shaping: [{ text: 'The others’ rate of 1.23 comes to more than the cost of the lines: Rest balances it.' }],
      },
    ])
  })

  it('many parts are some in full and one exact rest', async () => {
    const days = Array.from({ length: 20 }, (_, index) => `2024-09-${String(index + 1).padStart(2, '0')}`)
    await loadCase({
      lines: days.map((day, index) => line(day, `${index + 1}.000000000001`)),
      yaml: `Dimensions:${GROUPS}${STREAM}`,
      streams: {
        writes: {
          granularity: 'HOURLY',
          records: days.flatMap((day): LabRecord[] =>
            ['A', 'B', 'C'].map((name, index) => [`${day}T0${index}`, name, `${index + 1}.000000000000000007`, SHARED]),
          ),
        },
      },
    })
    const { rows } = await ask('Split')
    for (const element of ['A', 'B', 'C']) {
      const found = await explain('Split', { element })
      expect(found.amount).toBe(rows.find((row) => row.element === element)?.amount)
      expect(found.rest.parts).toBe(8)
      expect((await explain('Split', { element, parts: '20' })).rest).toEqual({ parts: 0, amount: '0' })
      // Not whole hours, which no run has stored: the same days, and so the same cells.
      const odd = await explain('Split', { element, from: '2024-08-31T23:59:59Z', to: '2024-09-20T00:00:01Z' })
      expect([odd.amount, odd.rest]).toEqual([found.amount, found.rest])
      expect(found.parts.every((part) => part.records_match)).toBe(true)
    }
  })

  it('a value of several batches by each of them, without what was undone', async () => {
    await loadCase({ lines: [line('2024-09-03', '10')], yaml: `Dimensions:${GROUPS}${STREAM}`, streams: {} })
    const stream = `writes-${caseNumber()}`
    const at = (value: string): LabRecord[] => [['2024-09-03', 'Email', value, SHARED]]
    await send(stream, 'DAILY', at('7'))
    const replaced = await send(stream, 'DAILY', at('1.5'), 'replace')
    const added = await send(stream, 'DAILY', at('2'))
    const wrong = await send(stream, 'DAILY', at('40'))
    const params = { name: stream, id: String(wrong) }
    expect((await call(undo, '/x', { method: 'POST', params })).status).toBe(200)
    await settled()
    const [record] = (await largest('Split', { element: 'Email' })).records
    expect(record).toMatchObject({ value: '3.5', operation: 'undo', sender: 'bootstrap' })
    expect(record?.batches).toMatchObject([
      { batch_id: added, operation: 'sum', sender: 'lab', value: '2' },
      { batch_id: replaced, operation: 'replace', sender: 'lab', value: '1.5' },
    ])
    for (let count = 0; count < 6; count++) await send(stream, 'DAILY', at('0.1'))
    await settled()
    const [more] = (await largest('Split', { element: 'Email' })).records
    expect(more?.batches.map(({ value }) => value)).toEqual(['0.1', '0.1', '0.1', '0.1', '0.1'])
    expect(more).toMatchObject({ value: '4.1', batches_rest: { batches: 3, value: '3.6' } })
  })

  describe('mutual services', () => {
    const pool = (name: string) => ({ 'custom:Shared': name })
    const given: LabRecord[] = [
      ['2024-09-03', 'Net', 50, pool('Lake')],
      ['2024-09-03', 'Email', 30, pool('Lake')],
      ['2024-09-03', 'Messaging', 20, pool('Lake')],
      ['2024-09-03', 'Lake', 20, pool('Net')],
      ['2024-09-03', 'Email', 20, pool('Net')],
      ['2024-09-03', 'Messaging', 60, pool('Net')],
    ]
    const yaml = (more: string) => `Dimensions:${GROUPS}
  Split: {Type: Allocation, Name: Split, AllocateByStreams: {Streams: [writes]}, ${more}}`
    const streams = { writes: { granularity: 'DAILY' as const, records: given } }

    it('say what each pool gave, worked by hand', async () => {
      // Net costs nothing of its own: all that it hands on it got from Lake.
      await loadCase({ lines: [line('2024-09-03', '100')], yaml: yaml('Mutual: Reciprocal'), streams })
      const part = await largest('Split', { element: 'Messaging' })
      // Lake = 100 + 20 % of Net, Net = 50 % of Lake.
      expect(part.handed_on).toEqual([
        {
          pool: 'Lake',
          received: '111.111111111111',
          ratio: { fraction: '1/5', percent: '20' },
          amount: '22.222222222222',
        },
        {
          pool: 'Net',
          received: '55.555555555556',
          ratio: { fraction: '3/5', percent: '60' },
          amount: '33.333333333334',
        },
      ])
      expect(part.shaping).toEqual([
        {
          kind: 'mutual',
          text: 'Elements that are pools hand on what they get (reciprocal: all at once).',
          ...{ before: '20', after: '55.555555555556' },
        },
      ])
    })

    it.each([
      // Lake serves pools with the larger share of its weights, and gives first: Net gives nothing back to it.
      [
        'StepDown',
        [
          ['Lake', '100', '1/5', '20'],
          ['Net', '50', '3/4', '37.5'],
        ],
      ],
      ['Direct', [['Lake', '100', '2/5', '40']]],
    ])('by %s', async (method, expected) => {
      await loadCase({ lines: [line('2024-09-03', '100')], yaml: yaml(`Mutual: ${method}`), streams })
      const { handed_on: pools } = await largest('Split', { element: 'Messaging' })
      expect(pools.map(({ pool: name, received, ratio, amount }) => [name, received, ratio?.fraction, amount])).toEqual(
        expected,
      )
    })

    it('with what comes after them, and with a pool that gives to nobody', async () => {
      const records = [...given.slice(0, 3), ['2024-09-20', 'Email', 1, pool('Net')] as LabRecord]
      await loadCase({
        lines: [line('2024-09-03', '100')],
        yaml: yaml('Mutual: Reciprocal, Elements: {Email: {Cap: {Percent: 10}}}'),
        streams: { writes: { granularity: 'DAILY', records } },
      })
      const part = await largest('Split', { element: 'Email' })
      expect(part).toMatchObject({ amount: '10', handed_on: [{ pool: 'Lake', received: '100', amount: '10' }] })
      expect(part.shaping).toMatchObject([
        { kind: 'mutual', before: '30', after: '30' },
        { kind: 'limits', before: '30', after: '10' },
      ])
      const left = await largest('Split')
      expect(left).toMatchObject({
        ...{ amount: '50', reason: 'no_telemetry' },
        handed_on: [{ pool: 'Net', received: '50', ratio: null, amount: '50' }],
      })
    })
  })
})
