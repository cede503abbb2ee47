import { expect, test } from 'vitest'
import { GUIDE } from './guide.test-helper'
import { parseDefinition } from './parse'

/** `line:column path message` of each error. */
function errorsOf(yaml: string): string[] {
  return parseDefinition(yaml).errors.map(({ line, column, path, message }) => `${line}:${column} ${path} ${message}`)
}

const ONE_RULE = 'Rules: [{Type: GroupBy, Source: Account}]'

test('the guide reads into a tree with places', () => {
  const { definition, errors, warnings } = parseDefinition(GUIDE)
  expect(errors).toEqual([])
  expect(warnings).toEqual([])
  const [shared, split, product] = definition?.dimensions ?? []
  expect(shared).toMatchObject({
    type: 'Grouping',
    id: 'SharedRDS',
    name: 'Shared RDS',
    defaultValue: 'Not Shared',
    hidden: false,
    disabled: false,
    at: { path: 'Dimensions.SharedRDS', line: 3, column: 3 },
    rules: [
      {
        type: 'Group',
        name: { value: 'Shared Data Lake' },
        conditions: [
          {
            type: 'Equals',
            sources: { references: [{ source: { kind: 'native', name: 'Service' } }] },
            values: [
              {
                value: 'Amazon Relational Database Service',
                at: { path: 'Dimensions.SharedRDS.Rules[0].Conditions[0].Equals', line: 11, column: 21 },
              },
            ],
          },
        ],
      },
    ],
  })
  expect(split).toMatchObject({
    type: 'Allocation',
    allocation: { type: 'AllocateByStreams', streams: [{ value: 'rds-writes-by-product' }], rate: null },
  })
  expect(product).toMatchObject({
    rules: [{}, {}, { type: 'GroupBy', format: [0], conditions: [], at: { path: 'Dimensions.Product.Rules[2]' } }],
  })
})

test('names, flags and values of any scalar keep their source text', () => {
  const { definition } = parseDefinition(
    `Dimensions: {2024: {Name: 007, Hide: true, Disable: true, DefaultValue: 1.50, Source: Account,
      Rules: [{Type: Group, Name: true, Conditions: [{Equals: [0123, 1e3, yes, "no", 2024-01-01]}]}]}}`,
  )
  expect(definition?.dimensions).toMatchObject([
    {
      id: '2024',
      name: '007',
      hidden: true,
      disabled: true,
      defaultValue: '1.50',
      rules: [
        {
          name: { value: 'true' },
          conditions: [{ values: ['0123', '1e3', 'yes', 'no', '2024-01-01'].map((value) => ({ value })) }],
        },
      ],
    },
  ])
})

test('sources inherit from dimension to rule to condition, and replace the outer set as a whole', () => {
  const { definition } = parseDefinition(`
Dimensions:
  X:
    Sources: [Account, Region]
    Rules:
      - {Type: Group, Name: A, Conditions: [{Equals: a}, {Source: Service, Equals: b}]}
      - {Type: Group, Name: B, Source: "Tag:t", Conditions: [{Not: [{Equals: a}, {Or: [{Source: SkuId, Equals: b}]}]}]}
      - {Type: GroupBy}
      - {Type: GroupBy, Sources: ["Tag:a", "Tag:b"], Format: "<{1}> {0}{x}"}`)
  const account = { source: { kind: 'native', name: 'Account' } }
  const both = { references: [account, { source: { kind: 'native', name: 'Region' } }] }
  expect(definition?.dimensions).toMatchObject([
    {
      rules: [
        { conditions: [{ sources: both }, { sources: { references: [{ source: { name: 'Service' } }] } }] },
        {
          conditions: [
            {
              type: 'Not',
              conditions: [
                { sources: { references: [{ source: { kind: 'tag', key: 't' } }] } },
                { conditions: [{ sources: { references: [{ source: { kind: 'column', name: 'SkuId' } }] } }] },
              ],
            },
          ],
        },
        { sources: both, format: [0, ' ', 1] },
        { format: ['<', 1, '> ', 0, '{x}'] },
      ],
    },
  ])
})

test.each([
  ['', ['1:1  expected a map: `Dimensions:` with the dimensions by their ids']],
  ['{}', ['1:1  the definition needs `Dimensions:`']],
  ['Dimension: {}', ['1:1 Dimension `Dimension` is not a property of the definition; did you mean `Dimensions`?']],
  [
    '\uFEFFDimension: {}',
    ['1:1 Dimension `Dimension` is not a property of the definition; did you mean `Dimensions`?'],
  ],
  ['Dimensions: [a]', ['1:13 Dimensions expected a map: dimensions by their ids']],
  ['Dimensions:', []],
  ['Dimensions: {}', []],
  ['Dimensions:\n\tX: 1', [expect.stringMatching(/^2:1 {2}Tabs are not allowed as indentation/)]],
  ['Dimensions: {X: [', [expect.stringMatching(/^1:18/), expect.stringMatching(/^1:18/)]],
  ['a: 1\n---\nb: 2', [expect.stringMatching(/^2:1 {2}Source contains multiple documents/)]],
  ['Dimensions: !secret {}', [expect.stringMatching(/^1:13 {2}Unresolved tag: !secret/)]],
  ['Dimensions: *all', [expect.stringMatching(/^1:13 .* no anchor `&all`/)]],
  ['Dimensions: {<<: {Rules: []}}', [expect.stringMatching(/`<<` can be no id/), expect.anything()]],
  ['Dimensions: {"a b": {Disable: true, Groups: 1}}', [expect.stringMatching(/can be no id/), expect.anything()]],
  ['Dimensions: {[a]: {}}', ['1:14 Dimensions the name of a property must be a text']],
])('the document %j', (yaml, expected) => {
  expect(errorsOf(yaml)).toEqual(expected)
})

test('all errors are reported, each at its place', () => {
  const yaml = `Dimensions:
  A:
    Nmae: First
    Rules:
      - Type: Group
        Name: E
        Conditions:
          - Source: Acount
            Equals: x
          - Source: Account
            Equal: x
      - Type: Groups
  B:
    Type: Allocation
    Transforms: [Lower]
  A:
    Rules: []
`
  expect(errorsOf(yaml)).toEqual([
    '3:5 Dimensions.A.Nmae `Nmae` is not a property of a Grouping dimension; did you mean `Name`?',
    '8:21 Dimensions.A.Rules[0].Conditions[0].Source no source `Acount`; did you mean `Account`?',
    '11:13 Dimensions.A.Rules[0].Conditions[1].Equal `Equal` is not a property of a condition; did you mean `Equals`?',
    '12:15 Dimensions.A.Rules[1].Type no rule type `Groups`: Group, GroupBy or Metadata',
    '13:3 Dimensions.B an Allocation dimension needs `AllocateByStreams` or `AllocateByRules`',
    '15:5 Dimensions.B.Transforms `Transforms` needs `Type: Grouping`',
    '16:3 Dimensions.A `A` is there twice; the first is on line 2',
  ])
})

test('names are unique, an id that stands for one included', () => {
  const yaml = `Dimensions:
  A: {${ONE_RULE}}
  B: {Name: A, ${ONE_RULE}}`
  expect(errorsOf(yaml)).toEqual(['3:13 Dimensions.B.Name `A` and `B` have the same name, `A`'])
})

test('a circle is spelt out at the reference that begins it', () => {
  const by = (id: string) => `{Rules: [{Type: GroupBy, Source: "User:Defined:${id}"}]}`
  const yaml = `Dimensions:
  A: ${by('B')}
  B: ${by('C')}
  C: ${by('A')}
  D: ${by('D')}
  E: ${by('A')}`
  expect(errorsOf(yaml)).toEqual([
    '2:39 Dimensions.A.Rules[0].Source dimensions depend on each other: A → B → C → A',
    '5:39 Dimensions.D.Rules[0].Source dimensions depend on each other: D → D',
  ])
  expect(errorsOf(yaml.replace('D: {', 'D: {Disable: true, ').replace('C: {', 'C: {Disable: true, '))).toEqual([])
})

test.each([
  ['A: {Groups: {E: [{Not: [{Source: "User:Defined:B", Before: m}]}]}}', '2:36 Dimensions.A.Groups.E[0].Not[0].Source'],
  ['A: {Rules: [{Type: Metadata, Source: "User:Defined:B", Values: [v]}]}', '2:40 Dimensions.A.Rules[0].Source'],
  ['A: {GroupBy: {Sources: [Service, "User:Defined:B"]}}', '2:36 Dimensions.A.GroupBy.Sources[1]'],
  ['A: {GroupBy: {Source: "CZ:Defined:Category"}}', '2:25 Dimensions.A.GroupBy.Source'],
])('a circle through %s', (a, at) => {
  const b = 'B: {Override: "CZ:Defined:Category", GroupBy: {Source: "User:Defined:A"}}'
  expect(errorsOf(`Dimensions:\n  ${a}\n  ${b}`)).toEqual([`${at} dimensions depend on each other: A → B → A`])
})

test.each([
  ['{Source: "User:Defined:Bb", GroupBy: {}}', '2:15 Dimensions.A.Source'],
  ['{Groups: {E: [{And: [{Source: "User:Defined:Bb", Equals: x}]}]}}', '2:36 Dimensions.A.Groups.E[0].And[0].Source'],
  ['{Child: "User:Defined:Bb", GroupBy: {Source: Service}}', '2:14 Dimensions.A.Child'],
])('a missing dimension in %s', (a, at) => {
  expect(errorsOf(`Dimensions:\n  A: ${a}\n  B: {${ONE_RULE}}`)).toEqual([
    `${at} no dimension \`Bb\`; did you mean \`B\`?`,
  ])
})

test('one built-in dimension has one override; a disabled dimension overrides nothing', () => {
  const b = (more: string) => `B: {${more}Override: "CZ:Defined:Y", ${ONE_RULE}}`
  const yaml = `Dimensions:\n  A: {Override: "cz:defined:Y", ${ONE_RULE}}\n  ${b('')}`
  expect(errorsOf(yaml)).toEqual(['3:17 Dimensions.B.Override `A` overrides `CZ:Defined:Y` already'])
  expect(errorsOf(yaml.replace(b(''), b('Disable: true, ')))).toEqual([])
})

test('an Allocation may be hidden, drilled into and stand for a built-in dimension', () => {
  const { definition, errors } = parseDefinition(
    `Dimensions: {S: {Type: Allocation, Hide: true, Child: Account, Override: "CZ:Defined:Y", AllocateByStreams: {Streams: [s]}}}`,
  )
  expect(errors).toEqual([])
  expect(definition?.dimensions).toMatchObject([
    { hidden: true, override: 'Y', child: { source: { kind: 'native', name: 'Account' } } },
  ])
})

test('a reference to a disabled dimension is a warning', () => {
  const { definition, warnings } = parseDefinition(`Dimensions:
  A: {Disable: true, ${ONE_RULE}}
  B: {Source: "User:Defined:A", Rules: [{Type: GroupBy}, {Type: Group, Name: E, Conditions: [{Equals: x}]}]}`)
  expect(definition).not.toBeNull()
  expect(warnings).toEqual([
    {
      message: '`A` is disabled, so that it has no value for any cost',
      path: 'Dimensions.B.Source',
      line: 3,
      column: 15,
    },
  ])
})

test('an anchor may be used again', () => {
  const { definition, errors } = parseDefinition(`Dimensions:
  A: {Source: Account, Rules: [{Type: Group, Name: &name E, Conditions: &same [{Equals: x}]}]}
  B: {Source: Region, DefaultValue: *name, Rules: [{Type: Group, Name: F, Conditions: *same}]}`)
  expect(errors).toEqual([])
  expect(definition?.dimensions[1]).toMatchObject({
    defaultValue: 'E',
    rules: [{ conditions: [{ sources: { references: [{ source: { name: 'Region' } }] } }] }],
  })
})

test('alias bombs, circles of aliases, depth and length are refused soon', () => {
  const rule = (conditions: string) => `      - {Type: Group, Name: E, Source: Account, Conditions: ${conditions}}`
  const level = (n: number) =>
    rule(
      `&l${n} [${Array(9)
        .fill(`{And: *l${n - 1}}`)
        .join(', ')}]`,
    )
  const levels = Array.from({ length: 12 }, (_, n) => level(n + 1))
  const bomb = ['Dimensions:', '  X:', '    Rules:', rule('&l0 [{Equals: a}]'), ...levels].join('\n')
  expect(errorsOf(bomb)).toEqual([expect.stringContaining('more than 200000 values')])
  expect(errorsOf(`Dimensions:\n  X: {Rules: [{Type: Group, Name: E, Conditions: &self [{And: *self}]}]}`)).toEqual([
    expect.stringContaining('nested more than 30 deep'),
  ])
  for (const depth of [100, 2000, 10_000]) {
    expect(errorsOf(`Dimensions: {X: ${'['.repeat(depth)}`).length).toBeGreaterThan(0)
    expect(errorsOf(`Dimensions: {X: ${'['.repeat(depth)}${']'.repeat(depth)}}`).length).toBeGreaterThan(0)
  }
  expect(errorsOf('#'.repeat(1_000_001))).toEqual(['1:1  the definition is longer than 1000000 characters'])
})

test('the name of a property has a longest length', () => {
  expect(errorsOf(`Dimensions: {? ${'i'.repeat(257)} : {}}`)).toEqual([
    '1:16 Dimensions the name of a property has at most 256 characters',
  ])
})
