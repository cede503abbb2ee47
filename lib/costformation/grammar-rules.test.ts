import { afterAll, beforeAll, expect, test } from 'vitest'
import { openTestEngine, type TestEngine, type TestLine } from './chdb.test-helper'
import { compileAll, elements, elementsOfX, readDefinition } from './dimension.test-helper'

/** Every kind of rule, the shorthands, and what dimensions say of themselves. */
let engine: TestEngine
beforeAll(() => {
  engine = openTestEngine()
})
afterAll(() => engine.close())

const teams = (...values: string[]): TestLine[] => values.map((value) => ({ 'Tag:team': value }))

const METADATA = `Type: Metadata, Source: "Tag:team", Values: [
    database, {cache: [Redis, memcached]}, {queue: SQS, stream: [kinesis]}, "Web Shop", é]`

test.each<[string, TestLine[], string[]]>([
  [
    `{DefaultValue: rest, Rules: [{${METADATA}}]}`,
    teams(
      'my-DATABASE-1',
      'x redis',
      'MemCached',
      'the cache',
      'aws.sqs',
      'Kinesis',
      'web_shop',
      'WEB  SHOP',
      'CAFÉ',
      '',
    ),
    ['database', 'cache', 'cache', 'cache', 'queue', 'stream', 'Web Shop', 'rest', 'é', 'rest'],
  ],
  [`{Rules: [{${METADATA}}]}`, teams('redis database', 'kinesis redis'), ['database', 'cache']],
  [
    `{Rules: [{${METADATA}, Format: "is {0}!", Conditions: [{BeginsWith: a}, {BeginsWith: b}]}, {Type: GroupBy, Source: "Tag:team"}]}`,
    teams('a-redis', 'b sqs', 'c-redis', 'a'),
    ['is cache!', 'is queue!', 'c-redis', 'a'],
  ],
  [
    '{Rules: [{Type: Metadata, Sources: ["Tag:a", "Tag:b"], Values: [one, two]}]}',
    [{ 'Tag:a': 'two', 'Tag:b': 'one' }, { 'Tag:b': 'two' }, { 'Tag:a': 'x' }],
    ['one', 'two', ''],
  ],
  [
    '{Rules: [{Type: Metadata, Sources: ["Tag:a", "Tag:b"], CoalesceSources: true, Values: [one, two]}]}',
    [{ 'Tag:a': 'two', 'Tag:b': 'one' }, { 'Tag:b': 'two' }, { 'Tag:a': 'x', 'Tag:b': 'one' }],
    ['two', 'two', ''],
  ],
  [
    '{Source: "Tag:team", DefaultValue: rest, Groups: {Prod: [{Equals: [p, q]}], "Dev & Test": [{BeginsWith: d}, {Source: Service, Equals: S}], 2024: [{HasValue: true}]}}',
    [...teams('q', 'dx', 'x', ''), { ServiceName: 'S', 'Tag:team': 'p' }, { ServiceName: 'S' }],
    ['Prod', 'Dev & Test', '2024', 'rest', 'Prod', 'Dev & Test'],
  ],
  ['{Source: "Tag:team", GroupBy: {}}', teams('a', ''), ['a', '']],
  [
    '{GroupBy: {Sources: [Service, "Tag:team"], Format: "{1} of {0}", Conditions: [{Equals: a}]}, DefaultValue: D}',
    [{ ServiceName: 'S', 'Tag:team': 'a' }, { ServiceName: 'S', 'Tag:team': 'b' }, { ServiceName: 'a' }],
    ['a of S', 'D', 'D'],
  ],
  [
    '{GroupBy: {Sources: [Service, "Tag:team"], CoalesceSources: true, Format: "<{0}>"}}',
    [{ ServiceName: 'S', 'Tag:team': 'a' }, { 'Tag:team': 'b' }, {}],
    ['<S>', '<b>', ''],
  ],
  [
    '{Sources: ["Tag:a", "Tag:b"], CoalesceSources: true, Rules: [{Type: GroupBy}]}',
    [{ 'Tag:b': 'B' }, { 'Tag:a': 'A', 'Tag:b': 'B' }],
    ['B', 'A'],
  ],
  ['{Hide: true, GroupBy: {Source: "Tag:team"}}', teams('a'), ['a']],
  ['{Disable: true, DefaultValue: D, Groups: {E: [{Source: "Tag:team", HasValue: true}]}}', teams('a'), ['']],
  ['{Child: Service, GroupBy: {Source: "Tag:team"}}', teams('a'), ['a']],
  [
    '{Source: "Tag:team", Rules: [{Type: Group, Name: b, Conditions: [{Equals: a}]}, {Type: Group, Name: c, Conditions: [{Equals: [a, b]}, {Equals: c}]}, {Type: Group, Name: d, Source: Service, Conditions: [{Equals: a}]}, {Type: Group, Name: e, Conditions: [{Equals: d}]}]}',
    [...teams('a', 'b', 'c', 'd', 'e', ''), { ServiceName: 'a', 'Tag:team': 'd' }],
    ['b', 'c', 'c', 'e', '', '', 'd'],
  ],
])('%s', async (x, lines, expected) => {
  expect(await elementsOfX({ engine, x, lines })).toEqual(expected)
})

test('a dimension stands for the built-in one that it overrides, for all but itself', async () => {
  const definition = readDefinition(`Dimensions:
  ByService: {GroupBy: {Source: "CZ:Defined:Service"}}
  Service: {Name: Own services, Override: "CZ:Defined:Service", Child: ByService, Rules: [
    {Type: Group, Name: Databases, Conditions: [{Source: "CZ:Defined:Service", Contains: RDS}]},
    {Type: GroupBy, Source: Service}]}
  Off: {Disable: true, Override: "CZ:Defined:Region", GroupBy: {Source: Service}}
  ByRegion: {Child: "User:Defined:Service", GroupBy: {Source: "CZ:Defined:Region"}}`)
  expect(definition.dimensions.map(({ override, child }) => [override, child?.source])).toEqual([
    [null, undefined],
    ['Service', { kind: 'dimension', id: 'ByService' }],
    ['Region', undefined],
    [null, { kind: 'dimension', id: 'Service' }],
  ])
  const compiled = compileAll({ definition })
  const lines: TestLine[] = [{ ServiceName: 'Amazon RDS', RegionId: 'eu' }, { ServiceName: 'S3' }]
  const of = (id: string) => elements({ engine, sql: compiled.get(id) ?? '', lines })
  expect(await of('Service')).toEqual(['Databases', 'S3'])
  expect(await of('ByService')).toEqual(['Databases', 'S3'])
  expect(await of('ByRegion')).toEqual(['eu', ''])
})

test('a look-up of thousands of texts keeps their order and every one of them', async () => {
  const group = (n: number) => `    - {Type: Group, Name: E${n}, Conditions: [{Equals: [k${n}, k${n + 1}]}]}`
  const rules = Array.from({ length: 2000 }, (_, n) => group(n))
  const definition = readDefinition(`Dimensions:\n  X:\n    Source: "Tag:t"\n    Rules:\n${rules.join('\n')}`)
  const sql = compileAll({ definition }).get('X') ?? ''
  expect(sql.match(/transform\(/g)).toHaveLength(2)
  const keys = ['k0', 'k1', 'k2', 'k1999', 'k2000', 'k2001', 'K1', '']
  const lines = keys.map((key) => ({ 'Tag:t': key }))
  expect(await elements({ engine, sql, lines })).toEqual(['E0', 'E0', 'E1', 'E1998', 'E1999', '', '', ''])
})
