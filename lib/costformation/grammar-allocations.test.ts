import { expect, test } from 'vitest'
import { readDefinition } from './dimension.test-helper'
import { allocationsBehind, dependencyOrder, directSources, findCycle, readsChargeStart } from './graph'
import { parseDefinition } from './parse'
import type { AllocationDimension } from './tree'

/** The Allocation dimension X of a document; its properties are given as YAML in flow style. */
function allocation(properties: string): AllocationDimension {
  const dimension = readDefinition(`Dimensions: {X: {Type: Allocation, ${properties}}}`).dimensions[0]
  if (dimension?.type !== 'Allocation') throw new Error('no allocation')
  return dimension
}

const STREAMS = 'AllocateByStreams: {Streams: [s]}'
const SPEND = 'SpendToAllocate: {Source: Service, Conditions: [{Equals: AmazonRDS}]}'
const ACROSS = 'AcrossElements: {GroupBy: {Source: "Tag:product"}}'
const rules = (method: string, more = `, ${ACROSS}`) =>
  `AllocateByRules: {AllocationMethod: ${method}, ${SPEND}${more}}`

const service = { references: [{ source: { kind: 'native', name: 'Service' } }] }
const product = { references: [{ source: { kind: 'tag', key: 'product' } }] }

test('CloudZero’s example of a split by rules', () => {
  const { dimensions } = readDefinition(`Dimensions:
  SharedRDS: {Groups: {Shared Data Lake: [{Source: Service, Equals: AmazonRDS}]}}
  SingleTenantProduct: {GroupBy: {Source: "Tag:product"}}
  SplitDataLake:
    Type: Allocation
    Name: Split Data Lake
    AllocateByRules:
      AllocationMethod: Proportional
      SpendToAllocate:
        Source: User:Defined:SharedRDS
        Conditions:
          - Equals: Shared Data Lake
      AcrossElements:
        GroupBy:
          Source: User:Defined:SingleTenantProduct
          Conditions:
            - Equals: [Product A, Product B]`)
  const shared = { references: [{ source: { kind: 'dimension', id: 'SharedRDS' } }] }
  const tenants = { references: [{ source: { kind: 'dimension', id: 'SingleTenantProduct' } }] }
  expect(dimensions[2]).toMatchObject({
    name: 'Split Data Lake',
    allocation: {
      type: 'AllocateByRules',
      method: 'Proportional',
      fixed: null,
      granularity: 'UsageDaily',
      costType: 'RealCost',
      spendToAllocate: {
        sources: shared,
        conditions: [{ type: 'Equals', sources: shared, values: [{ value: 'Shared Data Lake' }] }],
      },
      acrossElements: [
        {
          type: 'GroupBy',
          sources: tenants,
          conditions: [{ sources: tenants, values: [{ value: 'Product A' }, { value: 'Product B' }] }],
        },
      ],
      forEachElementOf: [],
      at: { path: 'Dimensions.SplitDataLake.AllocateByRules', line: 7, column: 5 },
    },
    ...{ window: { type: 'SameBucket' }, gaps: [], elements: [], setApart: [], mutual: null, elementCutoff: null },
  })
})

test.each([
  ['Even', { method: 'Even', fixed: null }],
  ['{Method: Even, Granularity: UsageMonthly}', { method: 'Even', granularity: 'UsageMonthly' }],
  [
    '{Method: Proportional, Granularity: BillingPeriod, CostType: UsageAmount}',
    { method: 'Proportional', granularity: 'BillingPeriod', costType: 'UsageAmount' },
  ],
])('the method %s', (method, expected) => {
  expect(allocation(rules(method)).allocation).toMatchObject(expected)
})

test('fixed weights and percentages are exact texts', () => {
  const fixed = (weights: string) => allocation(rules(`{Method: Fixed, ${weights}}`, '')).allocation
  expect(fixed('Weights: {Email: 30, Messaging: 0.000000000000000001, Idle: 0}')).toMatchObject({
    method: 'Fixed',
    fixed: {
      isPercent: false,
      weights: [
        { element: { value: 'Email' }, value: '30' },
        { element: { value: 'Messaging' }, value: '0.000000000000000001' },
        { element: { value: 'Idle' }, value: '0' },
      ],
    },
    acrossElements: [],
  })
  expect(fixed('Percentages: {Email: 33.30, Messaging: 66.7}')).toMatchObject({
    fixed: { isPercent: true, weights: [{ value: '33.30' }, { value: '66.7' }] },
  })
})

test.each([
  ['{Rules: [{Type: GroupBy, Source: "Tag:product"}]}', [{ type: 'GroupBy', sources: product }]],
  ['{Groups: {A: [{Source: Service, Equals: a}]}}', [{ type: 'Group', name: { value: 'A' } }]],
  ['{Source: Service, Groups: {A: [{Equals: a}]}}', [{ type: 'Group', conditions: [{ sources: service }] }]],
  ['{Source: Service, GroupBy: {}}', [{ type: 'GroupBy', sources: service }]],
  ['{Sources: [Service, "Tag:product"]}', [{ type: 'GroupBy', format: [0, ' ', 1], conditions: [] }]],
])('across %s', (across, expected) => {
  const { allocation: split } = allocation(rules('Proportional', `, AcrossElements: ${across}`))
  expect(split).toMatchObject({ acrossElements: expected })
})

test.each([
  ['Region', [{ type: 'GroupBy', sources: { references: [{ source: { name: 'Region' } }] }, format: [0] }]],
  ['{Source: Service}', [{ type: 'GroupBy', sources: service, conditions: [] }]],
  [
    '{Source: Service, Values: [dev, prod], Transforms: [Lower]}',
    [
      {
        sources: { ...service, transforms: [{ type: 'Lower' }] },
        conditions: [{ type: 'Equals', sources: service, values: [{ value: 'dev' }, { value: 'prod' }] }],
      },
    ],
  ],
  ['{Groups: {A: [{Source: Service, Equals: a}]}}', [{ type: 'Group', name: { value: 'A' } }]],
])('for each element of %s', (forEach, expected) => {
  const { allocation: split } = allocation(rules('Proportional', `, ${ACROSS}, ForEachElementOf: ${forEach}`))
  expect(split).toMatchObject({ forEachElementOf: expected })
})

test('a rate, a cutoff and a default', () => {
  const rate = 'Rate: {Type: Fixed, Value: 0.10, DefaultElement: Other}'
  expect(allocation(`AllocateByStreams: {Streams: [s], ${rate}}`).allocation).toMatchObject({
    rate: { type: 'Fixed', value: '0.10', defaultElement: 'Other' },
  })
  const cutoff = 'ElementCutoff: {ThresholdPercent: 5.5, Name: Small}'
  const expected = { thresholdPercent: '5.5', name: 'Small' }
  expect(allocation(`${STREAMS}, ${cutoff}, DefaultValue: Rest`)).toMatchObject({
    elementCutoff: expected,
    defaultValue: 'Rest',
  })
  expect(allocation(`AllocateByStreams: {Streams: [s], ${cutoff}}`).elementCutoff).toEqual(expected)
  expect(allocation(rules('Proportional', `, ${ACROSS}, ElementCutoff: {ThresholdPercent: 0}`)).elementCutoff).toEqual({
    thresholdPercent: '0',
    name: null,
  })
})

test.each([
  ['SameBucket', { type: 'SameBucket' }],
  ['PreviousMonth', { type: 'PreviousMonth' }],
  ['{LastDays: 30}', { type: 'LastDays', days: 30 }],
])('the window %s', (window, expected) => {
  expect(allocation(`${STREAMS}, Window: ${window}`).window).toEqual(expected)
})

test('gap policies are tried in the order in which they are written', () => {
  expect(allocation(`${STREAMS}, Gaps: Even`).gaps).toEqual([{ type: 'Even' }])
  expect(allocation(`${STREAMS}, Gaps: {Carry: 24}`).gaps).toEqual([{ type: 'Carry', buckets: 24 }])
  const next = `{Next: {AllocationMethod: Proportional, ${ACROSS}, ForEachElementOf: Region}}`
  const last = '{Next: {AllocationMethod: {Method: Fixed, Percentages: {A: 50}}}}'
  expect(allocation(`${STREAMS}, Gaps: [{Carry: 1}, ${next}, Even, ${last}]`).gaps).toMatchObject([
    { type: 'Carry', buckets: 1 },
    {
      type: 'Next',
      rules: { method: 'Proportional', spendToAllocate: { sources: null, conditions: [] }, forEachElementOf: [{}] },
    },
    { type: 'Even' },
    { type: 'Next', rules: { method: 'Fixed', fixed: { isPercent: true }, acrossElements: [] } },
  ])
})

test('elements, what is set apart, and pools that pay each other', () => {
  const elements =
    'Elements: {Production: {Weight: 2, Floor: {Percent: 30}}, Parked: {Exclude: true}, Small: {Cap: {Amount: 1000.50}}}'
  const setApart = 'SetApart: [{Source: LineItemType, Equals: [Credit, Tax]}]'
  expect(allocation(`${STREAMS}, ${elements}, ${setApart}, Mutual: StepDown`)).toMatchObject({
    elements: [
      {
        element: { value: 'Production' },
        weight: '2',
        exclude: false,
        floor: { type: 'Percent', value: '30' },
        cap: null,
      },
      { element: { value: 'Parked' }, weight: null, exclude: true, floor: null, cap: null },
      {
        element: { value: 'Small' },
        weight: null,
        exclude: false,
        floor: null,
        cap: { type: 'Amount', value: '1000.50' },
      },
    ],
    setApart: [{ type: 'Equals', values: [{ value: 'Credit' }, { value: 'Tax' }] }],
    mutual: 'StepDown',
  })
})

const EVERYWHERE = `Dimensions:
  Split:
    Type: Allocation
    SetApart: [{Source: "User:Defined:Apart", HasValue: true}]
    Gaps: {Next: {AllocationMethod: Even, AcrossElements: {GroupBy: {Source: "User:Defined:Fallback"}}}}
    AllocateByRules:
      AllocationMethod: Proportional
      SpendToAllocate: {Conditions: [{Source: "User:Defined:Pool", HasValue: true}, {Before: 2024-03-01}]}
      AcrossElements: {GroupBy: {Source: "User:Defined:Team"}}
      ForEachElementOf: User:Defined:Part
  Apart: {GroupBy: {Source: LineItemType}}
  Fallback: {GroupBy: {Source: Account}}
  Pool: {GroupBy: {Source: Service}}
  Team: {GroupBy: {Source: "Tag:team"}}
  Part: {GroupBy: {Source: Region}}
  Whole: {GroupBy: {Source: "User:Defined:Split"}}`

const USED = ['Pool', 'Apart', 'Team', 'Part', 'Fallback']

test('an allocation depends on all that its rules and conditions name', () => {
  const definition = readDefinition(EVERYWHERE)
  const [split] = definition.dimensions
  expect(split && directSources(split)).toEqual(USED.map((id) => ({ kind: 'dimension', id })))
  expect(split && readsChargeStart(split)).toBe(true)
  expect(dependencyOrder(definition).slice(-2)).toEqual(['Split', 'Whole'])
  expect(allocationsBehind(definition, 'Whole')).toEqual(['Split'])
  expect(allocationsBehind(definition, 'Team')).toEqual([])
})

test.each(USED)('a circle through %s is spelt out, unless the split is disabled', (id) => {
  const yaml = EVERYWHERE.replace(new RegExp(`${id}: \\{.*`), `${id}: {GroupBy: {Source: "User:Defined:Whole"}}`)
  const { errors } = parseDefinition(yaml)
  expect(errors.map(({ message }) => message)).toEqual([
    `dimensions depend on each other: Split → ${id} → Whole → Split`,
  ])
  const { definition } = parseDefinition(yaml.replace('Type: Allocation', 'Type: Allocation\n    Disable: true'))
  expect(definition && findCycle({ definition })).toBeNull()
  expect(definition && allocationsBehind(definition, 'Whole')).toEqual([])
})

test.each(USED)('a missing dimension %s is refused', (id) => {
  const { errors } = parseDefinition(
    EVERYWHERE.replaceAll(`User:Defined:${id}"`, `User:Defined:${id}Z"`).replace(
      `User:Defined:${id}\n`,
      `User:Defined:${id}Z\n`,
    ),
  )
  expect(errors.map(({ message }) => message)).toEqual([`no dimension \`${id}Z\`; did you mean \`${id}\`?`])
})

test('allocations over allocations come in the order of their chain', () => {
  const definition = readDefinition(`Dimensions:
  Second: {Type: Allocation, AllocateByRules: {AllocationMethod: Even, ${ACROSS}, SpendToAllocate: {Conditions: [{Source: "User:Defined:First", Equals: a}]}}}
  First: {Type: Allocation, AllocateByStreams: {Streams: [s]}}`)
  expect(allocationsBehind(definition, 'Second')).toEqual(['First', 'Second'])
})

test('sources that no cost has, and disabled ones, are doubted in an allocation as well', () => {
  const { warnings } = parseDefinition(
    `Dimensions:
  Off: {Disable: true, GroupBy: {Source: Service}}
  X: {Type: Allocation, ${rules('Proportional', ', AcrossElements: {Source: "Tag:prodct"}, ForEachElementOf: "User:Defined:Off"')}}
  Y: {Type: Allocation, ${STREAMS}, SetApart: [{Source: Service, Before: 2024-01-01}]}`,
    { known: { tagKeys: ['product'], attributes: [] } },
  )
  expect(warnings.map(({ message }) => message)).toEqual([
    'no cost line has a source `Tag:prodct`; did you mean `Tag:product`?',
    '`Off` is disabled, so that it has no value for any cost',
    '`Before` compares the text of `Service` with `2024-01-01`; for the date of the charge write `Source: UsageDay`',
  ])
})

test('an element that no rule gives is doubted where the rules name them all', () => {
  const warningsOf = (properties: string) =>
    parseDefinition(`Dimensions: {X: {Type: Allocation, Elements: {Emial: {Weight: 2}}, ${properties}}}`).warnings
  const expected = {
    message: 'the split gives nothing to an element `Emial`; did you mean `Email`?',
    ...{ path: 'Dimensions.X.Elements.Emial', line: 1, column: 47, suggestion: 'Email' },
  }
  expect(warningsOf(rules('{Method: Fixed, Weights: {Email: 1}}', ''))).toEqual([expected])
  const groups = 'AcrossElements: {Groups: {Email: [{Source: Service, Equals: x}]}}'
  expect(warningsOf(rules('Even', `, ${groups}`))).toEqual([expected])
  expect(warningsOf(rules('Even'))).toEqual([])
  expect(warningsOf(STREAMS)).toEqual([])
})
