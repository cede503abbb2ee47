import { afterAll, beforeAll, expect, test } from 'vitest'
import { linesSql, openTestEngine, type TestEngine, type TestLine } from './chdb.test-helper'
import { compileAll, elements, elementsOfX, readDefinition as read } from './dimension.test-helper'
import { GUIDE } from './guide.test-helper'

let engine: TestEngine
beforeAll(() => {
  engine = openTestEngine()
})
afterAll(() => engine.close())

test('the guide: dedicated cost plus a share of the shared', async () => {
  const allocated = { SplitDataLake: "Attributes['x_split']" }
  const compiled = compileAll({ definition: read(GUIDE), allocated })
  const lines: TestLine[] = [
    { ServiceName: 'Amazon Relational Database Service' },
    { ServiceName: 'Amazon Relational Database Service', x_split: 'Email' },
    { ServiceName: 'amazon relational database service', 'Tag:Product': 'email' },
    { 'Tag:Product': 'messaging', x_split: 'Email' },
    { 'Tag:Product': 'Email' },
    {},
  ]
  expect(await elements({ engine, sql: compiled.get('SharedRDS') ?? '', lines })).toEqual([
    'Shared Data Lake',
    'Shared Data Lake',
    'Not Shared',
    'Not Shared',
    'Not Shared',
    'Not Shared',
  ])
  expect(await elements({ engine, sql: compiled.get('Product') ?? '', lines })).toEqual([
    'Other',
    'Email',
    'Email',
    'Messaging',
    'Other',
    'Other',
  ])
})

test('the SQL of a dimension', () => {
  const x = `{Source: "Tag:a", DefaultValue: "it's", Rules: [
    {Type: Group, Name: E, Conditions: [{Equals: a}, {Equals: [b, c]}, {Not: [{Contains: d}]}]},
    {Type: GroupBy, Sources: [Service, Region]}]}`
  expect(compileAll({ definition: read(`Dimensions:\n  X: ${x}`) }).get('X')).toBe(
    "multiIf((((Tags['a']) = 'a') OR ((Tags['a']) IN ('b', 'c')) OR NOT ((position((Tags['a']), 'd') > 0))), 'E', " +
      "((ServiceName) != '' AND (if(RegionId != '', RegionId, RegionName)) != ''), " +
      "concat((ServiceName), ' ', (if(RegionId != '', RegionId, RegionName))), 'it\\'s')",
  )
})

/** Which of the values of a tag a condition matches; the last line has no tag. */
const VALUES = ['prod-eu', 'PROD-EU', 'eu', 'prod', 'a\nb', "it's", '日本', '\\', '']

test.each<[string, string[]]>([
  ['{Equals: prod}', ['prod']],
  ['{Equals: [eu, prod]}', ['eu', 'prod']],
  ['{Equals: "日本"}', ['日本']],
  ['{Contains: [od-, s]}', ['prod-eu', "it's"]],
  ['{BeginsWith: prod}', ['prod-eu', 'prod']],
  ['{EndsWith: [eu, EU]}', ['prod-eu', 'PROD-EU', 'eu']],
  ["{Matches: '^(?i)prod'}", ['prod-eu', 'PROD-EU', 'prod']],
  ["{Matches: '.*'}", VALUES.slice(0, -1)],
  ["{Matches: '^\\\\$'}", ['\\']],
  ['{Equals: "\\\\"}', ['\\']],
  ['{Equals: "a\\nb"}', ['a\nb']],
  ['{HasValue: true}', VALUES.slice(0, -1)],
  ['{HasValue: false}', ['']],
  ['{Not: [{Contains: o}, {Equals: eu}]}', ['PROD-EU', 'a\nb', "it's", '日本', '\\', '']],
  ['{And: [{BeginsWith: prod}, {Not: [{EndsWith: eu}]}]}', ['prod']],
  ['{Or: [{Equals: eu}, {And: [{Contains: "-"}, {Contains: U}]}]}', ['PROD-EU', 'eu']],
  ['{Sources: ["Tag:none", "Tag:t"], Equals: eu}', ['eu']],
  ['{Not: [{Sources: ["Tag:none", "Tag:t"], HasValue: true}]}', ['']],
])('%s', async (condition, expected) => {
  const x = `{Source: "Tag:t", Rules: [{Type: Group, Name: hit, Conditions: [${condition}]}]}`
  const found = await elementsOfX({ engine, x, lines: VALUES.map((value) => ({ 'Tag:t': value })) })
  expect(VALUES.filter((_, index) => found[index] === 'hit')).toEqual(expected)
  expect(new Set(found)).toEqual(new Set(['hit', '']))
})

test.each<[string, TestLine, string]>([
  ['{Rules: [{Type: GroupBy, Source: Account}]}', { SubAccountId: 's', BillingAccountId: 'b' }, 's'],
  ['{Rules: [{Type: GroupBy, Source: Account}]}', { BillingAccountId: 'b' }, 'b'],
  ['{Rules: [{Type: GroupBy, Source: CloudProvider}]}', { ProviderName: 'AWS' }, 'AWS'],
  ['{Rules: [{Type: GroupBy, Source: UsageType}]}', { x_UsageType: 'Box' }, 'Box'],
  ['{Rules: [{Type: GroupBy, Sources: [Service, "Tag:a"]}]}', { ServiceName: 'S', 'Tag:a': 'A' }, 'S A'],
  ['{Rules: [{Type: GroupBy, Sources: [Service, "Tag:a"]}]}', { ServiceName: 'S' }, ''],
  [
    '{DefaultValue: D, Rules: [{Type: GroupBy, Sources: [Service, "Tag:a"]}, {Type: GroupBy, Source: Service}]}',
    { ServiceName: 'S' },
    'S',
  ],
  [
    '{Rules: [{Type: GroupBy, Sources: [Service, "Tag:a"], Format: "{1}/{0}/{1} it\'s"}]}',
    { ServiceName: 'S', 'Tag:a': 'A' },
    "A/S/A it's",
  ],
  [
    '{DefaultValue: D, Rules: [{Type: GroupBy, Source: Service, Conditions: [{Equals: [S, T]}]}]}',
    { ServiceName: 'S' },
    'S',
  ],
  [
    '{DefaultValue: D, Rules: [{Type: GroupBy, Source: Service, Conditions: [{Equals: [S, T]}]}]}',
    { ServiceName: 'U' },
    'D',
  ],
  ['{Disable: true, DefaultValue: D, Rules: [{Type: GroupBy, Source: Service}]}', { ServiceName: 'S' }, ''],
  [
    '{Source: Service, Rules: [{Type: Group, Name: first, Conditions: [{Equals: S}]}, {Type: Group, Name: second, Conditions: [{HasValue: true}]}]}',
    { ServiceName: 'S' },
    'first',
  ],
])('%s of %j', async (x, line, expected) => {
  expect(await elementsOfX({ engine, x, lines: [line] })).toEqual([expected])
})

test('a dimension over dimensions', async () => {
  const definition = read(`Dimensions:
  Both: {Sources: ["User:Defined:Team", "CZ:Defined:Off"], DefaultValue: none, Rules: [
    {Type: Group, Name: ops, Conditions: [{Equals: [sre, infra]}]}, {Type: GroupBy, Source: "User:Defined:Team"}]}
  Team: {Rules: [{Type: GroupBy, Source: "Tag:team"}]}
  Off: {Disable: true, DefaultValue: sre, Rules: [{Type: GroupBy, Source: "Tag:team"}]}`)
  const sql = compileAll({ definition }).get('Both') ?? ''
  const lines = ['sre', 'web', ''].map((team) => ({ 'Tag:team': team }))
  expect(await elements({ engine, sql, lines })).toEqual(['ops', 'web', 'none'])
})

test('large definitions stay within the limits of the engine', async () => {
  const rules = Array.from(
    { length: 1000 },
    (_, n) => `    - {Type: Group, Name: E${n}, Conditions: [{Equals: [a${n}, b${n}]}, {BeginsWith: c${n}-}]}`,
  )
  const deep = `${'{And: ['.repeat(30)}{Equals: a1}${']}'.repeat(30)}`
  const definition = read(`Dimensions:
  X:
    Source: Service
    Rules:
${rules.join('\n')}
  Deep: {Source: Service, Rules: [{Type: Group, Name: deep, Conditions: [${deep}]}]}`)
  const compiled = compileAll({ definition })
  const lines = [{ ServiceName: 'b999' }, { ServiceName: 'c7-x' }, { ServiceName: 'a1' }]
  const query = `SELECT ${compiled.get('X')}, ${compiled.get('Deep')} FROM ${linesSql(lines)} ORDER BY line`
  const rows = await engine.rows(`${query} SETTINGS max_query_size = 10000000`)
  expect(rows).toEqual([
    ['E999', ''],
    ['E7', ''],
    ['E1', 'deep'],
  ])
})
