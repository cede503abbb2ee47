import { expect, test } from 'vitest'
import { parseDefinition } from './parse'

/** The errors of an Allocation dimension X: column, path below X and message. */
function errorsOfX(properties: string): string[] {
  return parseDefinition(`Dimensions:\n  X: {Type: Allocation, ${properties}}`).errors.map(
    ({ column, path, message }) => `${column} ${path.replace('Dimensions.X', '')} ${message}`,
  )
}

/** The same without columns, for what is written after a long beginning. */
const placesOfX = (properties: string) => errorsOfX(properties).map((error) => error.replace(/^\d+ /, ''))

const STREAMS = 'AllocateByStreams: {Streams: [s]}'
const RATE = 'AllocateByStreams: {Streams: [s], Rate: {Type: Fixed, Value: 1, DefaultElement: D}}'
const SPEND = 'SpendToAllocate: {Conditions: [{Source: Service, Equals: a}]}'
const ACROSS = 'AcrossElements: {GroupBy: {Source: Region}}'
const rules = (method: string, more = `, ${ACROSS}`) =>
  `AllocateByRules: {AllocationMethod: ${method}, ${SPEND}${more}}`
const fixed = (weights: string) => rules(`{Method: Fixed, ${weights}}`, '')
const FIXED = fixed('Weights: {A: 1}')

test.each([
  [
    `${STREAMS}, ${rules('Even')}`,
    '60 .AllocateByRules `AllocateByRules` stands in place of `AllocateByStreams`: write one of them',
  ],
  ['Window: SameBucket', '3  an Allocation dimension needs `AllocateByStreams` or `AllocateByRules`'],
  [
    `${STREAMS}, Windw: SameBucket`,
    '60 .Windw `Windw` is not a property of an Allocation dimension; did you mean `Window`?',
  ],
  [
    'AllocateByRules: Even',
    '42 .AllocateByRules expected a map: `AllocationMethod`, `SpendToAllocate` and `AcrossElements`',
  ],
  [
    `AllocateByStreams: {Streams: [s], Rate: 1}`,
    '65 .AllocateByStreams.Rate expected a map: `Type: Fixed`, `Value` and `DefaultElement`',
  ],
])('refused: %s', (properties, expected) => {
  expect(errorsOfX(properties)).toEqual([expected])
})

test('allocation properties need an Allocation', () => {
  const { errors } = parseDefinition(
    'Dimensions: {X: {GroupBy: {Source: Service}, Gaps: Even, ElementCutoff: {ThresholdPercent: 1}}}',
  )
  expect(errors.map(({ message }) => message)).toEqual([
    '`Gaps` needs `Type: Allocation`',
    '`ElementCutoff` needs `Type: Allocation`',
  ])
})

test.each([
  [
    'AllocateByRules: {}',
    [
      '.AllocateByRules `AllocateByRules` needs `AllocationMethod`: Proportional, Even or Fixed',
      '.AllocateByRules `AllocateByRules` needs `SpendToAllocate`: the pool',
    ],
  ],
  [rules('Even', ''), ['.AllocateByRules `AllocateByRules` needs `AcrossElements`: who gets a part']],
  [rules('Evn'), ['.AllocateByRules.AllocationMethod no allocation method `Evn`; did you mean `Even`?']],
  [
    rules('Fixed', ''),
    [
      '.AllocateByRules.AllocationMethod `Fixed` needs its weights: `{Method: Fixed, Weights: {A: 1, B: 2}}`, or `Percentages`',
    ],
  ],
  [rules('{}'), ['.AllocateByRules.AllocationMethod `AllocationMethod` needs `Method`: Proportional, Even or Fixed']],
  [
    rules('{Method: Proportional, Granularity: UsageHourly, CostType: Money}'),
    [
      '.AllocateByRules.AllocationMethod.Granularity no granularity `UsageHourly`: UsageDaily, UsageMonthly or BillingPeriod',
      '.AllocateByRules.AllocationMethod.CostType no cost type `Money`: RealCost, BilledCost, DiscountedCost, AmortizedCost, DiscountedAmortizedCost, OnDemandCost or UsageAmount',
    ],
  ],
  [
    rules('{Method: Even, CostType: RealCost, Weights: {A: 1}}'),
    [
      '.AllocateByRules.AllocationMethod.CostType `CostType` says nothing with `Even`: it does not go by cost',
      '.AllocateByRules.AllocationMethod.Weights `Weights` says nothing with `Even`: it needs `Method: Fixed`',
    ],
  ],
  [
    fixed('Granularity: UsageDaily, Weights: {A: 1}'),
    [
      '.AllocateByRules.AllocationMethod.Granularity `Granularity` says nothing with `Fixed`: its weights are the same at all times',
    ],
  ],
  [
    rules('{Method: Fixed}', ''),
    ['.AllocateByRules.AllocationMethod `Fixed` needs `Weights` or `Percentages`: what each element gets'],
  ],
  [
    fixed('Weights: {A: 1}, Percentages: {A: 1}'),
    ['.AllocateByRules.AllocationMethod.Percentages write either `Weights` or `Percentages`, not both'],
  ],
  [
    fixed('Weights: {}'),
    ['.AllocateByRules.AllocationMethod.Weights `Weights` need at least one element with more than 0'],
  ],
  [
    fixed('Percentages: {A: 0, B: 0.0}'),
    ['.AllocateByRules.AllocationMethod.Percentages `Percentages` need at least one element with more than 0'],
  ],
  ...['-1', '1e3', '1,5', '.5', 'x', '0x10'].map((weight): [string, string[]] => [
    fixed(`Weights: {A: "${weight}"}`),
    [
      `.AllocateByRules.AllocationMethod.Weights.A expected a weight from 0 on, as a plain decimal such as 12.5; \`${weight}\` is none`,
    ],
  ]),
  [
    fixed('Weights: {A: 0.0000000000000000001}'),
    [
      '.AllocateByRules.AllocationMethod.Weights.A `0.0000000000000000001` has more than 20 digits before the point or 18 after it',
    ],
  ],
  [
    fixed('Percentages: {A: 33.4, B: 33.3, C: 33.300000000000000001, D: 1}'),
    ['.AllocateByRules.AllocationMethod.Percentages.C the percentages come to more than 100 with this one'],
  ],
  [
    fixed('Percentages: {A: 100.1}'),
    [
      '.AllocateByRules.AllocationMethod.Percentages.A expected a percentage from 0 to 100, as a plain decimal such as 12.5; `100.1` is none',
    ],
  ],
  [
    rules('{Method: Fixed, Weights: {A: 1}}'),
    ['.AllocateByRules.AcrossElements `Fixed` names its elements with their weights: leave `AcrossElements` out'],
  ],
  [
    rules('Even', `, ${ACROSS}, ForEachElementOf: Region`),
    ['.AllocateByRules.ForEachElementOf `ForEachElementOf` needs `Proportional`, not `Even`'],
  ],
  [
    rules('Proportional', `, ${ACROSS}, ForEachElementOf: Regin`),
    ['.AllocateByRules.ForEachElementOf no source `Regin`; did you mean `Region`?'],
  ],
  [
    rules('Proportional', `, ${ACROSS}, ForEachElementOf: {GroupBy: {Source: Region}, Values: [a]}`),
    ['.AllocateByRules.ForEachElementOf.Values `Values` are of a plain `Source`: here conditions choose them'],
  ],
  [
    rules('Even', ', AcrossElements: {}'),
    ['.AllocateByRules.AcrossElements `AcrossElements` needs `GroupBy`, `Groups` or `Rules`'],
  ],
  [
    rules('Even', ', AcrossElements: {GroupBy: {Source: Region}, Groups: {A: [{Source: Service, Equals: a}]}}'),
    ['.AllocateByRules.AcrossElements.GroupBy `GroupBy` stands in place of `Groups`: write one of them'],
  ],
  [
    `AllocateByRules: {AllocationMethod: Even, ${ACROSS}, SpendToAllocate: {Source: Service}}`,
    ['.AllocateByRules.SpendToAllocate `SpendToAllocate` needs `Conditions`: which costs are the pool'],
  ],
])('rules refused: %s', (properties, expected) => {
  expect(placesOfX(properties)).toEqual(expected)
})

const rate = (properties: string) => `AllocateByStreams: {Streams: [s], Rate: ${properties}}`
const at = '.AllocateByStreams.Rate'

test.each([
  [
    rate('{}'),
    [
      `${at} \`Rate\` needs \`Type\`: Fixed`,
      `${at} \`Rate\` needs \`Value\`: the cost of one unit`,
      `${at} \`Rate\` needs \`DefaultElement\`: the element of what the rate leaves`,
    ],
  ],
  [rate('{Type: Tiered, Value: 1, DefaultElement: D}'), [`${at}.Type no type of rate \`Tiered\`: Fixed`]],
  ...['0', '-1', '1e2'].map((value): [string, string[]] => [
    rate(`{Type: Fixed, Value: ${value}, DefaultElement: D}`),
    [`${at}.Value expected a cost above 0, as a plain decimal such as 12.5; \`${value}\` is none`],
  ]),
  [
    rate('{Type: Fixed, Value: 1, DefaultElement: }'),
    [`${at}.DefaultElement expected the name of an element; it is empty`],
  ],
])('a rate refused: %s', (properties, expected) => {
  expect(placesOfX(properties)).toEqual(expected)
})

test.each([
  ['ElementCutoff: {}', '.ElementCutoff `ElementCutoff` needs `ThresholdPercent`, from 0 to below 100'],
  [
    'ElementCutoff: {ThresholdPercent: 100}',
    '.ElementCutoff.ThresholdPercent expected a percentage from 0 to below 100, as a plain decimal such as 12.5; `100` is none',
  ],
  ['Window: NextMonth', '.Window no window `NextMonth`: SameBucket, PreviousMonth or `{LastDays: 30}`'],
  ['Window: LastDays', '.Window `LastDays` needs a number of days: `{LastDays: 30}`'],
  ['Window: {LastDays: 0}', '.Window.LastDays expected a number of days from 1 to 366; `0` is none'],
  ['Window: {LastDays: 1.5}', '.Window.LastDays expected a number of days from 1 to 366; `1.5` is none'],
  ['Window: {}', '.Window expected SameBucket, PreviousMonth or `{LastDays: 30}`; it is an empty map'],
  ['Gaps: Carry', '.Gaps `Carry` is a map: `{Carry: 24}`, a number of buckets'],
  ['Gaps: [Evn]', '.Gaps[0] no gap policy `Evn`; did you mean `Even`?'],
  ['Gaps: {Carry: 1001}', '.Gaps.Carry expected a number of buckets from 1 to 1000; `1001` is none'],
  ['Gaps: {Carry: 1, Next: {}}', '.Gaps.Next a gap policy is one of Unallocated, Even, `{Carry: 24}` or `{Next: …}`'],
  ['Gaps: []', '.Gaps the list needs at least one of its policies'],
  ['Gaps: [Even, Even]', '.Gaps[1] `Even` is listed twice'],
  ['Gaps: [Unallocated, Even]', '.Gaps[1] nothing is tried after `Unallocated`, which leaves no gap: put it last'],
  [
    'Gaps: [{Next: {AllocationMethod: {Method: Fixed, Weights: {A: 1}}}}, Even]',
    '.Gaps[1] nothing is tried after `Next` by `Fixed`, which leaves no gap: put it last',
  ],
  [
    `Gaps: {Next: {AllocationMethod: Even, ${ACROSS}, ${SPEND}}}`,
    '.Gaps.Next.SpendToAllocate `Next` fills gaps: its `SpendToAllocate` is the dimension’s own',
  ],
  [`Gaps: {Next: {AllocationMethod: Even}}`, '.Gaps.Next `Next` needs `AcrossElements`: who gets a part'],
  ['Elements: {A: 2}', '.Elements.A expected a map: `Weight`, `Exclude`, `Floor`, `Cap`'],
  ['Elements: {A: {Wieght: 2}}', '.Elements.A.Wieght `Wieght` is not a property of an element; did you mean `Weight`?'],
  [
    'Elements: {A: {Weight: 0}}',
    '.Elements.A.Weight expected a weight above 0 (for none write `Exclude: true`), as a plain decimal such as 12.5; `0` is none',
  ],
  [
    'Elements: {A: {Exclude: true, Cap: {Percent: 1}}}',
    '.Elements.A.Cap the element is excluded and gets nothing: leave `Cap` out',
  ],
  ['Elements: {A: {Floor: {Percent: 3}, Cap: {Percent: 2.9}}}', '.Elements.A.Floor `Floor` (3) is above `Cap` (2.9)'],
  [
    'Elements: {A: {Floor: {Percent: 60}}, B: {Floor: {Percent: 41}}}',
    '.Elements.B.Floor the floors come to more than 100 percent with this one',
  ],
  [
    'Elements: {A: {Cap: {Percent: 1, Amount: 1}}}',
    '.Elements.A.Cap.Amount write either `Percent` or `Amount`, not both',
  ],
  [
    'Elements: {A: {Cap: {}}}',
    '.Elements.A.Cap expected `{Percent: 30}` of each amount, or `{Amount: 1000}` a month; it is an empty map',
  ],
  [
    'SetApart: [{Equals: Tax}]',
    '.SetApart[0] nothing to compare: neither the condition, its rule nor its dimension has a `Source`',
  ],
  ['Mutual: true', '.Mutual no way to share among pools `true`: Reciprocal, StepDown or Direct'],
])('refused beside streams: %s', (properties, expected) => {
  expect(placesOfX(`${STREAMS}, ${properties}`)).toEqual([expected])
})

test.each([
  [
    `${RATE}, ElementCutoff: {ThresholdPercent: 1}`,
    '.ElementCutoff `ElementCutoff` says nothing with `Rate`: each element pays for its units',
  ],
  [
    `${RATE}, Window: PreviousMonth`,
    '.Window `Window` says nothing with `Rate`: units are paid for in the bucket that they were used in',
  ],
  [`${RATE}, Gaps: [{Carry: 1}]`, '.Gaps[0] `Carry` says nothing with `Rate`: it leaves no gap'],
  [
    `${RATE}, Elements: {A: {Cap: {Amount: 1}}}`,
    '.Elements.A `Cap` says nothing with `Rate`: each element pays for its units; what is left goes to `DefaultElement`',
  ],
  [
    `${RATE}, Elements: {A: {Weight: 2}}`,
    '.Elements.A `Weight` says nothing with `Rate`: each element pays for its units; what is left goes to `DefaultElement`',
  ],
  [`${RATE}, Mutual: Direct`, '.Mutual `Mutual` says nothing with `Rate`: what a pool hands on is no unit'],
  [
    `${FIXED}, Mutual: Direct`,
    '.Mutual `Mutual` says nothing with `Fixed`: pools that hand on to each other are values of a stream’s filter key',
  ],
  [
    rules('Even', `, ${ACROSS}, ElementCutoff: {ThresholdPercent: 1}`),
    '.AllocateByRules.ElementCutoff `ElementCutoff` says nothing with `Even`: all elements get the same',
  ],
  [`${rules('Even')}, Window: {LastDays: 2}`, '.Window `Window` says nothing with `Even`: it goes by no drivers'],
  [`${rules('Even')}, Gaps: {Carry: 2}`, '.Gaps `Carry` says nothing with `Even`: it goes by no drivers'],
  [
    `${FIXED}, Window: PreviousMonth`,
    '.Window `Window` says nothing with `Fixed`: its weights are the same at all times',
  ],
  [`${FIXED}, Gaps: {Carry: 2}`, '.Gaps `Carry` says nothing with `Fixed`: it leaves no gap'],
  [
    `${rules('Proportional', `, ${ACROSS}, ForEachElementOf: Region`)}, Mutual: Direct`,
    '.Mutual `Mutual` says nothing with `ForEachElementOf`: each of its elements has ratios of its own',
  ],
  [
    `AllocateByStreams: {Streams: [s], ElementCutoff: {ThresholdPercent: 1}}, ElementCutoff: {ThresholdPercent: 2}`,
    '.AllocateByStreams.ElementCutoff `ElementCutoff` is there twice: the dimension has one of its own',
  ],
])('refused together: %s', (properties, expected) => {
  expect(placesOfX(properties)).toEqual([expected])
})

test.each([
  `${rules('Even')}, Window: SameBucket, Gaps: Unallocated`,
  `${rules('Even')}, Gaps: Even`,
  `${FIXED}, Gaps: Unallocated, Elements: {A: {Cap: {Percent: 10}}}, ElementCutoff: {ThresholdPercent: 1}`,
  `${RATE}, Gaps: Unallocated, Elements: {B: {Exclude: true}}`,
  `${STREAMS}, Elements: {A: {Floor: {Percent: 60}}, B: {Floor: {Percent: 40}, Cap: {Amount: 1}}}`,
  fixed('Percentages: {A: 33.3, B: 33.3, C: 33.4}'),
])('accepted: %s', (properties) => {
  expect(errorsOfX(properties)).toEqual([])
})
