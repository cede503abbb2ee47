import { expect, test } from 'vitest'
import { parseDefinition } from './parse'

/** The errors of a document with one dimension X, without its own path. */
function errorsOfX(properties: string): string[] {
  return parseDefinition(`Dimensions:\n  X: ${properties}`).errors.map(
    ({ column, path, message }) => `${column} ${path.replace('Dimensions.X', '')} ${message}`,
  )
}

const group = (conditions: string) => `{Rules: [{Type: Group, Name: E, Conditions: ${conditions}}]}`

const ONE_RULE = 'Rules: [{Type: GroupBy, Source: Account}]'

test.each([
  [`{Child: Y, ${ONE_RULE}}`, ['7 .Child `Child` is not built yet']],
  [`{Override: "CZ:Defined:Y", ${ONE_RULE}}`, ['7 .Override `Override` is not built yet']],
  [`{CoalesceSources: true, ${ONE_RULE}}`, ['7 .CoalesceSources `CoalesceSources` is not built yet']],
  ['{Groups: {}}', ['7 .Groups `Groups` is not built yet']],
  ['{GroupBy: {}}', ['7 .GroupBy `GroupBy` is not built yet']],
  ['{Rules: [{Type: Metadata, Values: []}]}', ['22 .Rules[0].Type `Metadata` is not built yet']],
  [
    '{Rules: [{Type: GroupBy, Source: Account, Transforms: []}]}',
    ['48 .Rules[0].Transforms `Transforms` is not built yet'],
  ],
  ['{Type: Allocation, AllocateByRules: {}}', ['25 .AllocateByRules `AllocateByRules` is not built yet']],
  [
    '{Type: Allocation, ElementCutoff: {}, AllocateByStreams: {Streams: [s], Rate: {}}}',
    ['25 .ElementCutoff `ElementCutoff` is not built yet', '78 .AllocateByStreams.Rate `Rate` is not built yet'],
  ],
  [
    '{Type: Allocation, DefaultValue: D, AllocateByStreams: {Streams: [s]}}',
    ['25 .DefaultValue `DefaultValue` is not built yet'],
  ],
  ...['Before', 'BeforeOrEquals', 'After', 'AfterOrEquals', 'ForDateRange'].map((name): [string, string[]] => [
    group(`[{${name}: 2024-01-01}]`),
    [`52 .Rules[0].Conditions[0].${name} \`${name}\` is not built yet`],
  ]),
])('not built, and so refused by name: %s', (properties, expected) => {
  expect(errorsOfX(properties)).toEqual(expected)
})

test.each([
  ['text', ['6  expected a map: a dimension with its `Rules` or its `AllocateByStreams`']],
  ['{}', ['3  a Grouping dimension needs `Rules`']],
  ['{Type: Split}', ['13 .Type no dimension type `Split`: Grouping or Allocation']],
  ['{Rules: []}', ['14 .Rules the list needs at least one of its rules']],
  ['{Rules: {}}', ['14 .Rules expected a list of rules']],
  ['{Rules: }', ['7 .Rules expected a list of rules']],
  [`{Name: , ${ONE_RULE}}`, ['7 .Name expected the name of the dimension; it is empty']],
  [`{Name: [a], ${ONE_RULE}}`, ['13 .Name expected the name of the dimension; it is a list']],
  [`{DefaultValue: null, ${ONE_RULE}}`, ['21 .DefaultValue expected the name of an element; it is empty']],
  [`{Hide: "true", ${ONE_RULE}}`, ['13 .Hide expected true or false']],
  ['{AllocateByStreams: {Streams: [s]}}', ['7 .AllocateByStreams `AllocateByStreams` needs `Type: Allocation`']],
  [`{Type: Allocation, AllocateByStreams: {Streams: [s]}, ${ONE_RULE}}`, ['60 .Rules `Rules` needs `Type: Grouping`']],
  ['{Type: Allocation, AllocateByStreams: {}}', ['25 .AllocateByStreams `AllocateByStreams` needs `Streams`']],
  [
    '{Type: Allocation, AllocateByStreams: {Streams: []}}',
    ['54 .AllocateByStreams.Streams the list needs at least one of its streams'],
  ],
  [
    '{Type: Allocation, AllocateByStreams: {Streams: [a, a, "b c"]}}',
    [
      '58 .AllocateByStreams.Streams[1] the stream `a` is listed twice',
      '61 .AllocateByStreams.Streams[2] `b c` can be no stream: names have letters, digits, `_`, `.` and `-`, at most 256',
    ],
  ],
  ['{Rules: [{Source: Account}]}', ['15 .Rules[0] the rule needs a `Type`: Group or GroupBy']],
  [
    '{Rules: [{Type: Group}]}',
    ['15 .Rules[0] a Group rule needs a `Name`: its element', '15 .Rules[0] a Group rule needs `Conditions`'],
  ],
  ['{Rules: [{Type: GroupBy}]}', ['15 .Rules[0] a GroupBy rule needs a `Source`, its own or its dimension’s']],
  [
    '{Rules: [{Type: GroupBy, Name: x, Source: Account}]}',
    ['31 .Rules[0].Name `Name` is not a property of a GroupBy rule'],
  ],
  [
    '{Rules: [{Type: GroupBy, Source: Account, Format: "{1}"}]}',
    ['56 .Rules[0].Format `{1}` has no source: there is only {0}'],
  ],
  [
    '{Rules: [{Type: GroupBy, Source: Account, Format: all}]}',
    ['56 .Rules[0].Format the format uses no source: write `{0}` for the first'],
  ],
  [
    '{Rules: [{Type: GroupBy, Source: Account, Sources: [Region]}]}',
    ['48 .Rules[0].Sources write either `Source` or `Sources`, not both'],
  ],
  [
    '{Rules: [{Type: GroupBy, Source: [Account]}]}',
    ['39 .Rules[0].Source expected one source; several go under `Sources`; it is a list'],
  ],
  [
    group('[{Equals: a}]'),
    ['51 .Rules[0].Conditions[0] nothing to compare: neither the condition, its rule nor its dimension has a `Source`'],
  ],
  [group('[{Source: Account}]'), ['51 .Rules[0].Conditions[0] the condition has no operator, such as `Equals`']],
  [
    group('[{Source: Account, Equals: a, Contains: b}]'),
    [
      '80 .Rules[0].Conditions[0].Contains a condition has one operator: put `Contains` into a condition of its own, under `And` if both must hold',
    ],
  ],
  [
    group('[{Source: Account, Equals: [a, ""]}]'),
    [
      '81 .Rules[0].Conditions[0].Equals[1] expected a value; for lines without one write `HasValue: false`; it is empty',
    ],
  ],
  [
    group('[{Source: Account, Matches: [a, "(?=b)"]}]'),
    ['82 .Rules[0].Conditions[0].Matches[1] the regular expression looks ahead or behind, which RE2 cannot'],
  ],
  [group('[{And: {Equals: a}}]'), ['57 .Rules[0].Conditions[0].And expected a list of conditions']],
])('refused: %s', (properties, expected) => {
  expect(errorsOfX(properties)).toEqual(expected)
})
