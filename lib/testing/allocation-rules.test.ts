import { describe, expect, it } from 'vitest'
import { POST as postWhatIf } from '@/app/api/v1/what-if/route'
import type { WhatIfReport } from '../contract/what-if'
import { costs, type LabLine, load, loadBill, saveYaml, settled, split } from './allocation-lab'
import { call, useWorkspace } from './workspace'

const POOL = 'SpendToAllocate: {Source: Service, Conditions: [{Equals: shared}]}'
const TEAMS = 'AcrossElements: {GroupBy: {Source: "Tag:team"}}'
const rules = (method: string, more = TEAMS, rest = '') => `
Dimensions:
  Split:
    Type: Allocation
    AllocateByRules: {AllocationMethod: ${method}, ${POOL}${more ? `, ${more}` : ''}}
${rest}`

const pool = (at: string, cost: string, more: Partial<LabLine> = {}): LabLine => ({
  at,
  cost,
  service: 'shared',
  ...more,
})
const own = (at: string, team: string, cost: string, more: Partial<LabLine> = {}): LabLine => ({
  ...{ at, cost, service: 'own', tags: { team } },
  ...more,
})

describe('AllocateByRules', () => {
  useWorkspace()

  const LINES = [
    pool('2024-09-10', '8'),
    pool('2024-09-12', '8'),
    own('2024-09-10', 'X', '10'),
    own('2024-09-11', 'Y', '30'),
    own('2024-09-10', 'Y', '-5'),
    own('2024-09-10', 'Z', '0'),
  ]

  it.each<[string, Record<string, string>]>([
    ['Proportional', { X: '8', '(no_drivers)': '8' }],
    ['{Method: Proportional, Granularity: UsageMonthly}', { X: '4.571428571428', Y: '11.428571428572' }],
    ['{Method: Proportional, Granularity: BillingPeriod}', { X: '4.571428571428', Y: '11.428571428572' }],
    ['Even', { X: '2.666666666667', Y: '2.666666666666', Z: '2.666666666667', '(no_drivers)': '8' }],
    ['{Method: Even, Granularity: UsageMonthly}', { X: '5.333333333334', Y: '5.333333333332', Z: '5.333333333334' }],
  ])('%s', async (method, expected) => {
    await load({ lines: LINES, yaml: rules(method) })
    expect(await split()).toEqual(expected)
  })

  it.each<[string, Record<string, string>]>([
    ['RealCost', { X: '2', Y: '6' }],
    ['AmortizedCost', { X: '2', Y: '6' }],
    ['DiscountedAmortizedCost', { X: '2', Y: '6' }],
    ['BilledCost', { X: '4', Y: '4' }],
    ['DiscountedCost', { X: '6', Y: '2' }],
    ['OnDemandCost', { X: '1.6', Y: '6.4' }],
    ['UsageAmount', { X: '8' }],
  ])('Proportional by %s', async (costType, expected) => {
    const lines = [
      pool('2024-09-10', '8'),
      own('2024-09-10', 'X', '1', { more: { BilledCost: '5', ContractedCost: '3', ConsumedQuantity: '7' } }),
      own('2024-09-10', 'Y', '3', {
        more: { BilledCost: '5', ContractedCost: '1', ListCost: '4', ConsumedQuantity: '' },
      }),
    ]
    await load({ lines, yaml: rules(`{Method: Proportional, CostType: ${costType}}`) })
    expect(await split()).toEqual(expected)
  })

  it('goes by the bill of a line, not by the month of its charge, with BillingPeriod', async () => {
    const lines = [...LINES.slice(2), pool('2024-10-01', '8', { bill: '2024-09' })]
    await load({ lines, yaml: rules('{Method: Proportional, Granularity: UsageMonthly}') })
    expect(await split()).toEqual({ '(no_drivers)': '8' })
    await saveYaml(rules('{Method: Proportional, Granularity: BillingPeriod}'))
    expect(await split()).toEqual({ X: '2.285714285714', Y: '5.714285714286' })
  })

  it('takes conditions for the pool and for the elements', async () => {
    const lines = [
      pool('2024-09-10', '12', { account: 'a' }),
      pool('2024-09-10', '100', { account: 'b' }),
      own('2024-09-10', 'X', '1'),
      own('2024-09-10', 'Y', '2'),
      own('2024-09-10', 'W', '5'),
    ]
    const yaml = (across: string) => `
Dimensions:
  Pool: {Groups: {Data Lake: [{Source: Service, Equals: shared}]}}
  Split:
    Type: Allocation
    DefaultValue: elsewhere
    AllocateByRules:
      AllocationMethod: Proportional
      SpendToAllocate: {Conditions: [{And: [{Source: "User:Defined:Pool", Equals: Data Lake}, {Source: Account, Equals: a}]}]}
      AcrossElements: ${across}`
    await load({ lines, yaml: yaml('{GroupBy: {Source: "Tag:team", Conditions: [{Equals: [X, Y]}]}}') })
    expect(await split()).toEqual({ X: '4', Y: '8' })
    // Each line has one element, and together they are the bill.
    expect(await costs('custom:Split')).toEqual({ elsewhere: '108', Y: '8', X: '4', total: '120' })
    await saveYaml(
      yaml('{Groups: {First: [{Source: "Tag:team", Equals: X}], Others: [{Source: "Tag:team", HasValue: true}]}}'),
    )
    expect(await split()).toEqual({ First: '1.5', Others: '10.5' })
    await saveYaml(
      yaml(
        '{Rules: [{Type: Group, Name: W and X, Conditions: [{Source: "Tag:team", Equals: [W, X]}]}, {Type: GroupBy, Source: "Tag:team"}]}',
      ),
    )
    expect(await split()).toEqual({ 'W and X': '9', Y: '3' })
  })

  it('within account and region, and across them', async () => {
    const direct = (team: string, account: string, cost: string) =>
      own('2024-09-10', team, cost, { account, region: 'here' })
    const indirect = (account: string, cost: string) => pool('2024-09-10', cost, { account, region: 'here' })
    const lines = [
      direct('X', 'A', '100'),
      direct('Y', 'A', '40'),
      direct('Y', 'B', '90'),
      direct('Y', 'C', '75'),
      direct('Y', 'D', '25'),
      // The same account elsewhere is another partition.
      { ...direct('Z', 'A', '1000'), region: 'there' },
      ...[indirect('A', '60'), indirect('B', '100'), indirect('C', '90'), indirect('D', '50')],
      { ...indirect('A', '7'), region: 'there' },
      { ...indirect('E', '1') },
      { ...indirect('', '2') },
    ]
    const forEach = 'ForEachElementOf: {GroupBy: {Sources: [Account, Region], Format: "{0}/{1}"}}'
    await load({ lines, yaml: rules('Proportional', `${TEAMS}, ${forEach}`) })
    expect(await split()).toEqual({ X: '42.857142857143', Y: '257.142857142857', Z: '7', '(no_drivers)': '3' })
    const here = lines.filter(({ region }) => region === 'here').slice(0, -2)
    await load({ lines: here, yaml: rules('Proportional') })
    expect(await split()).toEqual({ X: '90.909090909091', Y: '209.090909090909' })
  })

  it.each<[string, Record<string, string>]>([
    ['Weights: {Email: 30, Messaging: 90}', { Email: '2.5', Messaging: '7.5' }],
    ['Weights: {Email: 0, Messaging: 0.000000000000000001}', { Messaging: '10' }],
    ['Percentages: {Email: 30, Messaging: 70}', { Email: '3', Messaging: '7' }],
    ['Percentages: {Email: 30, Messaging: 50}', { Email: '3', Messaging: '5', '(not_claimed)': '2' }],
    ['Percentages: {Email: 0.5}', { Email: '0.05', '(not_claimed)': '9.95' }],
  ])('Fixed, %s', async (weights, expected) => {
    await load({ lines: [pool('2024-09-10', '10')], yaml: rules(`{Method: Fixed, ${weights}}`, '') })
    expect(await split()).toEqual(expected)
  })

  it('never adds up currencies', async () => {
    const lines = [
      pool('2024-09-10', '10'),
      pool('2024-09-10', '10', { currency: 'EUR' }),
      own('2024-09-10', 'X', '1'),
      own('2024-09-10', 'X', '3', { currency: 'EUR' }),
      own('2024-09-10', 'Y', '1', { currency: 'EUR' }),
      pool('2024-09-10', '5', { currency: 'JPY' }),
    ]
    await load({ lines, yaml: rules('Proportional') })
    expect(await split()).toEqual({ X: '10' })
    expect(await split('Split', { currency: 'EUR' })).toEqual({ X: '7.5', Y: '2.5' })
    expect(await split('Split', { currency: 'JPY' })).toEqual({ '(no_drivers)': '5' })
  })

  it('splits credits, negative lines and tax as any cost, or sets them apart', async () => {
    const lines = [
      pool('2024-09-10', '10'),
      pool('2024-09-10', '-2', { category: 'Credit' }),
      pool('2024-09-10', '1', { category: 'Tax' }),
      own('2024-09-10', 'X', '1'),
      own('2024-09-10', 'Y', '3'),
    ]
    await load({ lines, yaml: rules('Proportional') })
    expect(await split()).toEqual({ X: '2.25', Y: '6.75' })
    await saveYaml(rules('Proportional', TEAMS, '    SetApart: [{Source: LineItemType, Equals: [Credit, Tax]}]'))
    expect(await split()).toEqual({ X: '2.5', Y: '7.5', '(set_apart)': '-1' })
    await load({
      lines: [...lines, pool('2024-09-11', '-8'), own('2024-09-11', 'Y', '1')],
      yaml: rules('Proportional'),
    })
    expect(await split()).toEqual({ X: '2.25', Y: '-1.25' })
  })

  it('splits refunds, support and unused commitments too, or sets them apart', async () => {
    const special = [
      pool('2024-09-10', '-3', { category: 'Usage', columns: { ChargeClass: 'Correction' } }),
      pool('2024-09-10', '5', {
        columns: { ServiceCategory: 'Management and Governance', ServiceSubcategory: 'Support' },
      }),
      pool('2024-09-10', '7', { columns: { CommitmentDiscountStatus: 'Unused' } }),
    ]
    const lines = [pool('2024-09-10', '11'), ...special, own('2024-09-10', 'X', '1'), own('2024-09-10', 'Y', '3')]
    await load({ lines, yaml: rules('Proportional') })
    expect(await split()).toEqual({ X: '5', Y: '15' })
    const apart = (source: string, value: string) =>
      saveYaml(rules('Proportional', TEAMS, `    SetApart: [{Source: ${source}, Equals: ${value}}]`))
    await apart('ChargeClass', 'Correction')
    expect(await split()).toEqual({ X: '5.75', Y: '17.25', '(set_apart)': '-3' })
    await apart('ServiceSubcategory', 'Support')
    expect(await split()).toEqual({ X: '3.75', Y: '11.25', '(set_apart)': '5' })
    await apart('CommitmentDiscountStatus', 'Unused')
    expect(await split()).toEqual({ X: '3.25', Y: '9.75', '(set_apart)': '7' })
  })

  it('a line that is longer than a bucket goes by all buckets that it overlaps; evenly by who is in any of them', async () => {
    const lines = [
      pool('2024-09', '9'),
      own('2024-09-10', 'X', '1'),
      own('2024-09-12', 'X', '1'),
      own('2024-09-30', 'Y', '1'),
      own('2024-10-01', 'Z', '1'),
    ]
    await load({ lines, yaml: rules('Proportional') })
    expect(await split()).toEqual({ X: '6', Y: '3' })
    await saveYaml(rules('Even'))
    expect(await split()).toEqual({ X: '4.5', Y: '4.5' })
  })

  describe('windows', () => {
    const WINDOWS = [
      pool('2024-09-05', '10'),
      own('2024-07-31', 'W', '1'),
      own('2024-08-01', 'X', '1'),
      own('2024-08-31', 'X', '2'),
      own('2024-08-31', 'Y', '2'),
      own('2024-09-03', 'Y', '5'),
      own('2024-09-03', 'X', '-3'),
      own('2024-09-04', 'X', '3'),
      own('2024-09-05', 'Z', '9'),
    ]
    it.each<[string, string, Record<string, string>]>([
      ['Proportional', 'SameBucket', { Z: '10' }],
      ['Proportional', 'PreviousMonth', { X: '6', Y: '4' }],
      ['Proportional', '{LastDays: 1}', { X: '10' }],
      ['Proportional', '{LastDays: 2}', { Y: '10' }],
      ['Proportional', '{LastDays: 5}', { X: '2.222222222222', Y: '7.777777777778' }],
      ['{Method: Proportional, Granularity: UsageMonthly}', 'PreviousMonth', { X: '6', Y: '4' }],
      // Every month that the days lie in.
      [
        '{Method: Proportional, Granularity: UsageMonthly}',
        '{LastDays: 5}',
        { X: '1.578947368421', Y: '3.684210526316', Z: '4.736842105263' },
      ],
      [
        '{Method: Proportional, Granularity: UsageMonthly}',
        '{LastDays: 36}',
        { W: '0.5', X: '1.5', Y: '3.5', Z: '4.5' },
      ],
      ['{Method: Proportional, Granularity: BillingPeriod}', 'PreviousMonth', { X: '6', Y: '4' }],
      // Counted back from the start of the billing period.
      [
        '{Method: Proportional, Granularity: BillingPeriod}',
        '{LastDays: 32}',
        { W: '1.666666666667', X: '5', Y: '3.333333333333' },
      ],
    ])('%s over %s', async (method, window, expected) => {
      await load({ lines: WINDOWS, yaml: rules(method, TEAMS, `    Window: ${window}`) })
      expect(await split()).toEqual(expected)
    })
  })

  describe('gaps', () => {
    const GAPS = [
      pool('2024-09-05', '10'),
      own('2024-08-10', 'W', '1'),
      own('2024-09-01', 'X', '1'),
      own('2024-09-03', 'Y', '3'),
      own('2024-09-03', 'X', '1'),
      own('2024-09-04', 'X', '-1'),
      own('2024-09-20', 'Z', '1'),
    ]
    it.each<[string, Record<string, string>]>([
      ['Unallocated', { '(no_drivers)': '10' }],
      ['{Carry: 1}', { '(no_drivers)': '10' }],
      ['{Carry: 2}', { X: '2.5', Y: '7.5' }],
      ['{Carry: 1000}', { X: '2.5', Y: '7.5' }],
      ['Even', { X: '3.333333333333', Y: '3.333333333334', Z: '3.333333333333' }],
      ['[{Carry: 1}, Even]', { X: '3.333333333333', Y: '3.333333333334', Z: '3.333333333333' }],
      ['[{Carry: 1}, Unallocated]', { '(no_drivers)': '10' }],
      ['[{Next: {AllocationMethod: {Method: Fixed, Weights: {A: 1, B: 3}}}}]', { A: '2.5', B: '7.5' }],
      [
        '[{Carry: 1}, {Next: {AllocationMethod: Proportional, AcrossElements: {GroupBy: {Source: Account}}}}, {Next: {AllocationMethod: {Method: Even, Granularity: UsageMonthly}, AcrossElements: {GroupBy: {Source: Service}}}}]',
        { nothing: '3.333333333333', own: '3.333333333334', shared: '3.333333333333' },
      ],
    ])('%s', async (gaps, expected) => {
      await load({ lines: GAPS, yaml: rules('Proportional', TEAMS, `    Gaps: ${gaps}`) })
      expect(await split()).toEqual(expected)
    })

    it('carries across billing periods, by the bill that a line is in', async () => {
      const lines = [own('2024-08-10', 'W', '1'), pool('2024-10-02', '4', { bill: '2024-09' }), pool('2024-10-03', '1')]
      const method = '{Method: Proportional, Granularity: BillingPeriod}'
      await load({ lines, yaml: rules(method, TEAMS, '    Gaps: {Carry: 1}') })
      expect(await split()).toEqual({ W: '4', '(no_drivers)': '1' })
      await saveYaml(rules(method, TEAMS, '    Gaps: {Carry: 1000}'))
      expect(await split()).toEqual({ W: '5' })
    })

    it('carries past a window, and far', async () => {
      const lines = [own('2024-07-02', 'V', '1'), pool('2024-10-02', '4')]
      await load({ lines, yaml: rules('Proportional', TEAMS, '    Window: PreviousMonth\n    Gaps: {Carry: 92}') })
      expect(await split()).toEqual({ V: '4' })
      await saveYaml(rules('Proportional', TEAMS, '    Window: {LastDays: 3}\n    Gaps: {Carry: 91}'))
      expect(await split()).toEqual({ '(no_drivers)': '4' })
    })
  })

  describe('elements', () => {
    const ELEMENTS = [
      pool('2024-09-05', '100'),
      own('2024-09-05', 'A', '1'),
      own('2024-09-05', 'B', '3'),
      own('2024-09-05', 'C', '6'),
    ]
    it.each<[string, Record<string, string>]>([
      ['Elements: {A: {Weight: 2}}', { A: '18.181818181818', B: '27.272727272727', C: '54.545454545455' }],
      ['Elements: {C: {Exclude: true}}', { A: '25', B: '75' }],
      ['Elements: {A: {Exclude: true}, B: {Exclude: true}, C: {Exclude: true}}', { '(excluded)': '100' }],
      ['Elements: {A: {Floor: {Percent: 28}}}', { A: '28', B: '24', C: '48' }],
      ['Elements: {C: {Cap: {Percent: 20}}}', { A: '20', B: '60', C: '20' }],
      [
        'Elements: {A: {Cap: {Percent: 10}}, B: {Cap: {Percent: 10}}, C: {Cap: {Percent: 20}}}',
        { A: '10', B: '10', C: '20', '(capped)': '60' },
      ],
      ['Elements: {C: {Cap: {Amount: 20}}}', { A: '20', B: '60', C: '20' }],
      ['Elements: {A: {Floor: {Amount: 1000}}}', { A: '100' }],
      ['Elements: {D: {Floor: {Percent: 50}}}', { A: '10', B: '30', C: '60' }],
      ['ElementCutoff: {ThresholdPercent: 10}', { B: '33.333333333333', C: '66.666666666667' }],
      ['ElementCutoff: {ThresholdPercent: 10, Name: Rest}', { B: '30', C: '60', Rest: '10' }],
      ['ElementCutoff: {ThresholdPercent: 99, Name: Rest}', { C: '60', Rest: '40' }],
    ])('%s', async (property, expected) => {
      await load({ lines: ELEMENTS, yaml: rules('Proportional', TEAMS, `    ${property}`) })
      expect(await split()).toEqual(expected)
    })

    it('an amount a month is met by who takes part on few days of it', async () => {
      const days = ['2024-09-05', '2024-09-06', '2024-09-07', '2024-10-05']
      const lines = [
        ...days.flatMap((day) => [pool(day, '100'), own(day, 'A', '1')]),
        own('2024-09-06', 'B', '3'),
        own('2024-10-05', 'C', '1'),
      ]
      const daily = (more: string) => rules('{Method: Proportional, Granularity: UsageDaily}', TEAMS, more)
      // B would have 75 of September, all of it on one day; nobody is limited in October.
      await load({ lines, yaml: daily('    Elements: {B: {Cap: {Amount: 60}}}') })
      expect(await split()).toEqual({ A: '290', B: '60', C: '50' })
      await saveYaml(daily('    Elements: {B: {Cap: {Amount: 80}}, C: {Cap: {Amount: 10}}}'))
      expect(await split()).toEqual({ A: '315', B: '75', C: '10' })
      await saveYaml(daily('    Elements: {B: {Floor: {Amount: 90}}}'))
      expect(await split('Split', { granularity: 'daily' })).toMatchObject({
        ...{ '2024-09-05 A': '100', '2024-09-06 A': '10', '2024-09-06 B': '90' },
      })
      // A has 100, 25 and 100 of September, and as it is capped alike on all days what it does not pay on two is nobody's.
      await saveYaml(daily('    Elements: {A: {Cap: {Amount: 90}}}'))
      expect(await split('Split', { granularity: 'daily' })).toEqual({
        ...{ '2024-09-05 A': '40', '2024-09-05 (capped)': '60', '2024-09-06 A': '10', '2024-09-06 B': '90' },
        ...{ '2024-09-07 A': '40', '2024-09-07 (capped)': '60', '2024-10-05 A': '50', '2024-10-05 C': '50' },
      })
      // A part of the month is limited as the month is.
      await saveYaml(daily(''))
      await settled()
      const yaml = daily('    Elements: {A: {Cap: {Amount: 90}}}')
      const body = JSON.stringify({ dimension: 'Split', from: '2024-09-05', to: '2024-09-06', yaml })
      const answer = await call(postWhatIf, '/x', { method: 'POST', body })
      expect(answer.status, answer.text).toBe(200)
      expect((answer.body as unknown as WhatIfReport).elements).toMatchObject([
        { element: 'A', now: '100', after: '40' },
        { reason: 'capped', now: '0', after: '60' },
        { reason: 'outside_the_pool' },
      ])
    })

    it('an amount a month is the same share of every amount of it', async () => {
      const lines = [
        pool('2024-09-05', '60'),
        pool('2024-09-06', '40'),
        pool('2024-10-06', '100'),
        pool('2024-09-06', '-1000', { category: 'Credit' }),
        ...['2024-09-05', '2024-09-06', '2024-10-06'].flatMap((day) => [own(day, 'A', '1'), own(day, 'B', '1')]),
      ]
      const more = '    Elements: {A: {Cap: {Amount: 30}}}\n    SetApart: [{Source: LineItemType, Equals: Credit}]'
      await load({ lines, yaml: rules('Proportional', TEAMS, more) })
      expect(await split('Split', { granularity: 'daily' })).toEqual({
        ...{ '2024-09-05 A': '18', '2024-09-05 B': '42', '2024-09-06 A': '12', '2024-09-06 B': '28' },
        ...{ '2024-09-06 (set_apart)': '-1000', '2024-10-06 A': '30', '2024-10-06 B': '70' },
      })
    })

    it('percentages with weights, exclusions and caps keep what nobody claims', async () => {
      const fixed = '{Method: Fixed, Percentages: {A: 30, B: 50}}'
      await load({ lines: ELEMENTS.slice(0, 1), yaml: rules(fixed, '', '    Elements: {B: {Exclude: true}}') })
      expect(await split()).toEqual({ A: '60', '(not_claimed)': '40' })
      await saveYaml(rules(fixed, '', '    Elements: {B: {Cap: {Percent: 10}}, A: {Cap: {Percent: 20}}}'))
      expect(await split()).toEqual({ A: '20', B: '10', '(capped)': '70' })
    })
  })

  it('elements with any name', async () => {
    const names = [
      'it\'s "x"',
      'back\\slash',
      '😀',
      'ｚ',
      '  spaces  ',
      '#',
      "'); DROP TABLE cost_lines; --",
      'a\tb',
      '%s {0}',
      'null',
      '0',
      '\\N',
    ]
    const lines = [pool('2024-09-05', '12'), ...names.map((name) => own('2024-09-05', name, '1'))]
    await load({ lines, yaml: rules('Proportional', TEAMS, '    ElementCutoff: {ThresholdPercent: 0}') })
    expect(await split()).toEqual(Object.fromEntries(names.map((name) => [name, '1'])))
    const weights = `{${names.map((name) => `${JSON.stringify(name)}: 1`).join(', ')}}`
    await load({ lines: [pool('2024-09-05', '12')], yaml: rules(`{Method: Fixed, Weights: ${weights}}`, '') })
    expect(await split()).toEqual(Object.fromEntries(names.map((name) => [name, '1'])))
    await loadBill([pool('2024-09-05', '0.000000000000000001')])
    expect(Object.values(await split())).toEqual(['0.000000000000000001'])
  })
})
