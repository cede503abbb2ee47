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
  ['text', ['6  expected a map: a dimension with its `Rules` or its `AllocateByStreams`']],
  ['{}', ['3  a Grouping dimension needs `Rules`, or the shorthand `Groups` or `GroupBy`']],
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
  ['{Rules: [{Source: Account}]}', ['15 .Rules[0] the rule needs a `Type`: Group, GroupBy or Metadata']],
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
  ['{Rules: [{Type: GroupBy, Source: {Name: Account}}]}', ['39 .Rules[0].Source expected a source; it is a map']],
  ['{Rules: [{Type: GroupBy, Sources: []}]}', ['40 .Rules[0].Sources the list needs at least one of its sources']],
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

test.each([
  ['{Groups: {}}', ['15 .Groups `Groups` needs at least one element']],
  ['{Groups: [a]}', ['15 .Groups expected a map: the names of elements, each with its conditions']],
  ['{Source: Account, Groups: {E: a}}', ['36 .Groups.E expected a list of conditions']],
  ['{Source: Account, Groups: {"": [{Equals: a}]}}', ['33 .Groups. an element needs a name']],
  ['{GroupBy: {}}', ['16 .GroupBy a GroupBy rule needs a `Source`, its own or its dimension’s']],
  ['{GroupBy: Account}', ['16 .GroupBy expected a map: a GroupBy rule, such as `Source: Service`']],
  ['{GroupBy: {Type: GroupBy, Source: Account}}', ['17 .GroupBy.Type `Type` is not a property of `GroupBy`']],
  [`{GroupBy: {Source: Account}, ${ONE_RULE}}`, ['7 .GroupBy `GroupBy` stands in place of `Rules`: write one of them']],
  ['{Type: Allocation, AllocateByStreams: {Streams: [s]}, Groups: {}}', ['60 .Groups `Groups` needs `Type: Grouping`']],
])('a shorthand refused: %s', (properties, expected) => {
  expect(errorsOfX(properties)).toEqual(expected)
})

const metadata = (values: string) => `{Rules: [{Type: Metadata, Source: Account, ${values}}]}`

test.each([
  [
    '{Rules: [{Type: Metadata, Values: [a]}]}',
    ['15 .Rules[0] a Metadata rule needs a `Source`, its own or its dimension’s'],
  ],
  ['{Rules: [{Type: Metadata, Source: Account}]}', ['15 .Rules[0] a Metadata rule needs `Values`: what to look for']],
  [metadata('Values: a'), ['57 .Rules[0].Values expected a list of values']],
  [metadata('Values: []'), ['57 .Rules[0].Values the list needs at least one of its values']],
  [
    metadata('Values: [[a]]'),
    ['58 .Rules[0].Values[0] expected a text to look for, or `name: [alternatives]`; it is a list'],
  ],
  [metadata('Values: [{}]'), ['58 .Rules[0].Values[0] expected `name: [alternatives]`; it is an empty map']],
  [metadata('Values: [{a: }]'), ['59 .Rules[0].Values[0].a expected a text to look for; it is empty']],
  [metadata('Values: [{a: [""]}]'), ['63 .Rules[0].Values[0].a[0] expected a text to look for; it is empty']],
  [metadata('Values: [a], Format: "{1}"'), ['70 .Rules[0].Format `{1}` has no source: there is only {0}']],
  [metadata('Values: [a], Name: n'), ['62 .Rules[0].Name `Name` is not a property of a Metadata rule']],
])('a Metadata rule refused: %s', (properties, expected) => {
  expect(errorsOfX(properties)).toEqual(expected)
})

const transforms = (list: string) => `{Source: Account, Transforms: ${list}, Rules: [{Type: GroupBy}]}`

test.each([
  [transforms('Lower'), ['36 .Transforms expected a list of transforms']],
  [transforms('[]'), ['36 .Transforms the list needs at least one of its transforms']],
  [transforms('[Lowr]'), ['37 .Transforms[0] no transform `Lowr`; did you mean `Lower`?']],
  [
    transforms('[{Type: Lookup}]'),
    ['44 .Transforms[0].Type no transform `Lookup`: Lower, Upper, Title, Trim, Clean, Normalize, Split'],
  ],
  [
    transforms('[{Lower: true}]'),
    ['37 .Transforms[0] the transform needs a `Type`: Lower, Upper, Title, Trim, Clean, Normalize, Split'],
  ],
  [
    transforms('[{Type: Lower, Index: 1}]'),
    ['51 .Transforms[0].Index `Index` is not a property of the Lower transform'],
  ],
  [
    transforms('[Split]'),
    [
      '37 .Transforms[0] the Split transform needs `Delimiter`: the text to split at',
      '37 .Transforms[0] the Split transform needs `Index`: the number of a part',
    ],
  ],
  ...['0', '1.5', 'x', '1000001'].map((index): [string, string[]] => [
    transforms(`[{Type: Split, Delimiter: "/", Index: ${index}}]`),
    [
      `74 .Transforms[0].Index \`Index\` counts the parts from 1, or from the last as -1, up to 1000000; \`${index}\` is none of them`,
    ],
  ]),
  [
    transforms('[{Type: Split, Delimiter: "", Index: 1}]'),
    ['62 .Transforms[0].Delimiter expected the text to split at; it is empty'],
  ],
  [
    '{Transforms: [Lower], GroupBy: {Source: Account}}',
    ['7 .Transforms `Transforms` has no `Source` here to apply to'],
  ],
  [`{CoalesceSources: true, ${ONE_RULE}}`, ['7 .CoalesceSources `CoalesceSources` has no `Source` here to apply to']],
  ['{Source: Account, CoalesceSources: 1, GroupBy: {}}', ['41 .CoalesceSources expected true or false']],
])('a transform refused: %s', (properties, expected) => {
  expect(errorsOfX(properties)).toEqual(expected)
})

const A_DATE = 'a date such as 2024-03-01 or a time such as 2024-03-01T12:00:00Z'

test.each([
  ...[
    '2024-02-30',
    '24-01-01',
    'yesterday',
    '2024-01-01T25:00',
    '2024-01-01T00:00:00.5Z',
    '2024-01-01T00:00:00+15:00',
  ].map((date): [string, string[]] => [
    group(`[{Before: "${date}"}]`),
    [
      `60 .Rules[0].Conditions[0].Before \`${date}\` is no date; without a \`Source\`, \`Before\` compares the start of the charge with ${A_DATE}`,
    ],
  ]),
  [group('[{After: }]'), [`52 .Rules[0].Conditions[0].After expected ${A_DATE}; it is empty`]],
  [
    group('[{Source: Account, Before: [a, b]}]'),
    ['77 .Rules[0].Conditions[0].Before expected a value to compare with; it is a list'],
  ],
  [
    group('[{ForDateRange: 2024-01-01}]'),
    ['66 .Rules[0].Conditions[0].ForDateRange expected a map: `From` and `Until`, the first and the last day'],
  ],
  [
    group('[{ForDateRange: {}}]'),
    ['52 .Rules[0].Conditions[0].ForDateRange `ForDateRange` needs `From`, `Until` or both'],
  ],
  [
    group('[{ForDateRange: {From: 2024-13-01, Untill: 2024-01-01}}]'),
    [
      `73 .Rules[0].Conditions[0].ForDateRange.From \`2024-13-01\` is no date; write ${A_DATE}`,
      '85 .Rules[0].Conditions[0].ForDateRange.Untill `Untill` is not a property of `ForDateRange`; did you mean `Until`?',
    ],
  ],
  [
    group('[{ForDateRange: {From: 2024-01-02, Until: 2024-01-01}}]'),
    ['92 .Rules[0].Conditions[0].ForDateRange.Until `Until` (2024-01-01) is before `From` (2024-01-02)'],
  ],
  [
    group('[{Source: Account, ForDateRange: {From: 2024-01-02}}]'),
    ['52 .Rules[0].Conditions[0].Source `ForDateRange` looks at the date of the charge, and at no source'],
  ],
])('a date refused: %s', (properties, expected) => {
  expect(errorsOfX(properties)).toEqual(expected)
})

test.each([
  [`{Child: Y, ${ONE_RULE}}`, ['14 .Child no source `Y`']],
  [`{Child: "User:Defined:Xx", ${ONE_RULE}}`, ['14 .Child no dimension `Xx`; did you mean `X`?']],
  [`{Child: , ${ONE_RULE}}`, ['7 .Child expected a dimension or another source; it is empty']],
  [
    `{Override: Y, ${ONE_RULE}}`,
    ['17 .Override expected the built-in dimension to stand for, `CZ:Defined:<Id>`; did you mean `CZ:Defined:Y`?'],
  ],
  [
    `{Override: [a], ${ONE_RULE}}`,
    ['17 .Override expected the built-in dimension to stand for, `CZ:Defined:<Id>`; it is a list'],
  ],
])('a link refused: %s', (properties, expected) => {
  expect(errorsOfX(properties)).toEqual(expected)
})

test('an error carries what would have been right', () => {
  const { errors } = parseDefinition(`Dimensions:
  Product: {Source: Servce, Chld: Region, GroupBy: {}}
  Team: {GroupBy: {Source: "User:Defined:Prodct"}}
  Env: {GroupBy: {Source: Product}}`)
  expect(errors.map(({ line, message, suggestion }) => ({ line, message, suggestion }))).toEqual([
    { line: 2, message: 'no source `Servce`; did you mean `Service`?', suggestion: 'Service' },
    {
      line: 2,
      message: '`Chld` is not a property of a Grouping dimension; did you mean `Child`?',
      suggestion: 'Child',
    },
    { line: 3, message: 'no dimension `Prodct`; did you mean `Product`?', suggestion: 'User:Defined:Product' },
    {
      line: 4,
      message: 'no source `Product`; did you mean `User:Defined:Product`?',
      suggestion: 'User:Defined:Product',
    },
  ])
})
