import { expect, test } from 'vitest'
import { allocationsBehind, dependenciesOf, dependencyOrder, directSources, findCycle, readsChargeStart } from './graph'
import { GUIDE } from './guide.test-helper'
import { parseDefinition } from './parse'
import type { Definition } from './tree'

function read(yaml: string): Definition {
  const { definition, errors } = parseDefinition(yaml)
  if (definition === null) throw new Error(JSON.stringify(errors))
  return definition
}

const guide = read(GUIDE)
const guideStreams = new Map([['rds-writes-by-product', ['account', 'custom:Shared RDS', 'custom:Nobody']]])

test('dependencies come first, those of streams included', () => {
  expect(dependencyOrder(guide)).toEqual(['SharedRDS', 'SplitDataLake', 'Product'])
  const reversed = { dimensions: guide.dimensions.toReversed() }
  expect(dependencyOrder(reversed, guideStreams)).toEqual(['SharedRDS', 'SplitDataLake', 'Product'])
})

test('dependencies are transitive', () => {
  expect(dependenciesOf(guide, 'Product')).toEqual(new Set(['SplitDataLake']))
  expect(dependenciesOf(guide, 'Product', guideStreams)).toEqual(new Set(['SplitDataLake', 'SharedRDS']))
  expect(dependenciesOf(guide, 'SharedRDS')).toEqual(new Set())
  expect(dependenciesOf(guide, 'Nobody')).toEqual(new Set())
})

test('the allocations behind a dimension, inner ones first, itself included', () => {
  const definition = read(`Dimensions:
  Outer: {Type: Allocation, AllocateByStreams: {Streams: [outer]}}
  Between: {Rules: [{Type: GroupBy, Source: "User:Defined:Inner"}]}
  Inner: {Type: Allocation, AllocateByStreams: {Streams: [inner]}}
  Off: {Type: Allocation, Disable: true, AllocateByStreams: {Streams: [outer]}}`)
  const streams = new Map([['outer', ['custom:Between']]])
  expect(allocationsBehind(definition, 'Outer', streams)).toEqual(['Inner', 'Outer'])
  expect(allocationsBehind(definition, 'Between', streams)).toEqual(['Inner'])
  expect(allocationsBehind(definition, 'Outer')).toEqual(['Outer'])
  expect(allocationsBehind(definition, 'Off', streams)).toEqual([])
})

test('direct sources are those that the rules use, each once', () => {
  const [dimension] = read(`Dimensions:
  X:
    Source: Region
    Rules:
      - {Type: Group, Name: A, Source: Account, Conditions: [{Equals: a}, {Not: [{Source: "Tag:t", HasValue: true}]}]}
      - {Type: GroupBy, Sources: [accounts, "Tag:u"], Conditions: [{Source: "Tag:t", Equals: b}]}`).dimensions
  expect(dimension && directSources(dimension)).toEqual([
    { kind: 'native', name: 'Account' },
    { kind: 'tag', key: 't' },
    { kind: 'tag', key: 'u' },
  ])
  expect(guide.dimensions[1] && directSources(guide.dimensions[1])).toEqual([])
})

test('a circle through the filter keys of a stream is found', () => {
  const streamFilterKeys = new Map([['rds-writes-by-product', ['CUSTOM:Product']]])
  expect(findCycle({ definition: guide })).toBeNull()
  expect(findCycle({ definition: guide, streamFilterKeys: guideStreams })).toBeNull()
  expect(findCycle({ definition: guide, streamFilterKeys })).toEqual(['SplitDataLake', 'Product'])
  expect(() => dependencyOrder(guide, streamFilterKeys)).toThrow('SplitDataLake → Product → SplitDataLake')
  const itself = new Map([['rds-writes-by-product', ['custom:Split Data Lake']]])
  expect(findCycle({ definition: guide, streamFilterKeys: itself })).toEqual(['SplitDataLake'])
})

test('sources are seen wherever they may stand', () => {
  const [dimension] = read(`Dimensions:
  X:
    Child: "Tag:child"
    Rules:
      - {Type: Metadata, Sources: ["Tag:a", "K8s:Label:b"], CoalesceSources: true, Values: [v], Conditions: [{Source: UsageDay, Before: m}]}
      - {Type: Group, Name: E, Conditions: [{Before: 2024-01-01}, {ForDateRange: {From: 2024-01-01}}, {Source: BilledCost, Equals: 1}]}
      - {Type: GroupBy, Source: "Tag:c", Transforms: [Lower], Conditions: [{Not: [{Or: [{Source: x_d, After: m}]}]}]}`).dimensions
  expect(dimension && directSources(dimension)).toEqual([
    { kind: 'tag', key: 'a' },
    { kind: 'label', key: 'b' },
    { kind: 'native', name: 'UsageDay' },
    { kind: 'column', name: 'BilledCost' },
    { kind: 'tag', key: 'c' },
    { kind: 'attribute', key: 'x_d' },
  ])
  const shorthands = read(`Dimensions:
  A: {GroupBy: {Source: "Tag:a", Conditions: [{Source: "User:Defined:B", Equals: x}]}}
  B: {Source: "Tag:b", Groups: {E: [{Equals: x}], F: [{Source: "Tag:c", Equals: x}]}}`)
  expect(shorthands.dimensions.map(directSources)).toEqual([
    [
      { kind: 'tag', key: 'a' },
      { kind: 'dimension', id: 'B' },
    ],
    [
      { kind: 'tag', key: 'b' },
      { kind: 'tag', key: 'c' },
    ],
  ])
  expect(dependencyOrder(shorthands)).toEqual(['B', 'A'])
})

test('a drill-down makes no dependency, so that a circle of them is none', () => {
  const definition = read(`Dimensions:
  A: {Child: B, GroupBy: {Source: Service}}
  B: {Child: A, GroupBy: {Source: Region}}`)
  expect(findCycle({ definition })).toBeNull()
  expect(dependencyOrder(definition)).toEqual(['A', 'B'])
})

test.each([
  ['{Groups: {E: [{Before: 2024-01-01}]}}', true],
  ['{GroupBy: {Source: Service, Conditions: [{Not: [{ForDateRange: {Until: 2024-01-01}}]}]}}', true],
  ['{Groups: {E: [{Source: UsageDay, Before: 2024-01-01}]}}', false],
  ['{Type: Allocation, AllocateByStreams: {Streams: [s]}}', false],
])('whether the start of the charge is compared: %s', (x, expected) => {
  expect(read(`Dimensions: {X: ${x}}`).dimensions.map(readsChargeStart)).toEqual([expected])
})
