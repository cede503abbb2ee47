import { expect, test } from 'vitest'
import { allocationsBehind, dependenciesOf, dependencyOrder, directSources, findCycle } from './graph'
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
