import fc from 'fast-check'
import { expect, test } from 'vitest'
import { stringify } from 'yaml'
import { parseDefinition } from './parse'

const WORDS = [
  ...['AllocateByStreams', 'AllocateByRules', 'Streams', 'Rate', 'Type', 'Value', 'DefaultElement', 'ElementCutoff'],
  ...['ThresholdPercent', 'Name', 'AllocationMethod', 'Method', 'Granularity', 'CostType', 'Weights', 'Percentages'],
  ...['SpendToAllocate', 'AcrossElements', 'ForEachElementOf', 'Source', 'Sources', 'Values', 'Conditions', 'Equals'],
  ...['GroupBy', 'Groups', 'Rules', 'Window', 'LastDays', 'Gaps', 'Carry', 'Next', 'Elements', 'Weight', 'Exclude'],
  ...['Floor', 'Cap', 'Percent', 'Amount', 'SetApart', 'Mutual', 'A', '__proto__', ''],
]
const LEAVES = [
  ...['Allocation', 'Fixed', 'Even', 'Proportional', 'Unallocated', 'SameBucket', 'Region', 'User:Defined:X', 's', ''],
  ...[0, 1, -1, 1.5, 100, 1e21, true, null],
]

const { tree: anything } = fc.letrec<{ tree: unknown }>((tie) => ({
  tree: fc.oneof(
    { maxDepth: 6, depthSize: 'large' },
    fc.constantFrom(...LEAVES),
    fc.array(tie('tree'), { maxLength: 3 }),
    fc.dictionary(fc.constantFrom(...WORDS), tie('tree'), { maxKeys: 5, noNullPrototype: true }),
  ),
}))

/** Properties as they should be, each of them anything else now and then. */
const shaped = (properties: Record<string, fc.Arbitrary<unknown>>, isOptional = false) =>
  fc.record(
    Object.fromEntries(
      Object.entries(properties).map(([name, value]) => [
        name,
        fc.oneof({ weight: 20, arbitrary: value }, { weight: 1, arbitrary: anything }),
      ]),
    ),
    isOptional ? { requiredKeys: [], noNullPrototype: true } : { noNullPrototype: true },
  )
const byElement = (value: fc.Arbitrary<unknown>) =>
  fc.dictionary(fc.constantFrom('A', 'B'), value, { noNullPrototype: true })
const number = fc.constantFrom(0, 1, 30, '33.3', 100, -1)
const limit = fc.oneof(shaped({ Percent: number }), shaped({ Amount: number }))
const method = fc.oneof(
  fc.constantFrom('Even', 'Proportional'),
  shaped({ Method: fc.constant('Fixed'), Weights: byElement(number) }),
  shaped({ Method: fc.constant('Fixed'), Percentages: byElement(number) }),
)
const grouped = fc.constant({ GroupBy: { Source: 'Region' } })
const conditions = fc.constant([{ Source: 'Service', Equals: 'a' }])
const body = {
  AllocationMethod: method,
  AcrossElements: grouped,
  ForEachElementOf: fc.constantFrom('Region', { Source: 'Region' }),
}
const cutoff = shaped({ ThresholdPercent: number, Name: fc.constant('A') })
const policy = fc.oneof(
  fc.constantFrom('Even', 'Unallocated'),
  shaped({ Carry: number }),
  shaped({ Next: shaped({ AllocationMethod: method, AcrossElements: grouped }) }),
)
const split = fc.oneof(
  shaped({ AllocateByStreams: shaped({ Streams: fc.constant(['s']) }) }),
  shaped({
    AllocateByStreams: shaped({
      Streams: fc.constant(['s']),
      Rate: shaped({ Type: fc.constant('Fixed'), Value: number, DefaultElement: fc.constant('A') }),
    }),
  }),
  shaped({ AllocateByRules: shaped({ ...body, SpendToAllocate: shaped({ Conditions: conditions }) }) }),
)
const element = shaped({ Weight: number, Exclude: fc.boolean(), Floor: limit, Cap: limit }, true)
const rest = shaped(
  {
    ElementCutoff: cutoff,
    Window: fc.constantFrom('SameBucket', 'PreviousMonth', { LastDays: 30 }),
    Gaps: fc.oneof(policy, fc.array(policy, { minLength: 1, maxLength: 3 })),
    Elements: byElement(element),
    SetApart: conditions,
    Mutual: fc.constantFrom('Reciprocal', 'StepDown'),
  },
  true,
)

test('whatever stands in an allocation is read or refused at a place in the document, and never throws', () => {
  const property = fc.property(split, rest, (one, more) => {
    const yaml = stringify({ Dimensions: { X: { ...one, ...more, Type: 'Allocation' } } })
    const { definition, errors } = parseDefinition(yaml)
    expect(definition === null).toBe(errors.length > 0)
    const lines = yaml.split('\n')
    for (const { line, column, path } of errors) {
      expect(path).toMatch(/^Dimensions/)
      expect(column).toBeLessThanOrEqual((lines[line - 1] ?? '').length + 1)
    }
  })
  fc.assert(property, { numRuns: 300 })
})
