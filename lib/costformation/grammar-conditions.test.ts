import { afterAll, beforeAll, expect, test } from 'vitest'
import { openTestEngine, type TestEngine, type TestLine } from './chdb.test-helper'
import { elementsOfX } from './dimension.test-helper'
import { parseDefinition } from './parse'

/** The order, date and source-set conditions; the others are in compile.test.ts. */
let engine: TestEngine
beforeAll(() => {
  engine = openTestEngine()
})
afterAll(() => engine.close())

/** Which of the values of the tag `t` a condition matches; '' stands for no tag. */
async function matching({ condition, values }: { condition: string; values: string[] }): Promise<string[]> {
  const x = `{Source: "Tag:t", Groups: {hit: [${condition}]}}`
  const found = await elementsOfX({ engine, x, lines: values.map((value) => ({ 'Tag:t': value })) })
  return values.filter((_, index) => found[index] === 'hit')
}

const WORDS = ['', 'A', 'M', 'Ma', 'a', 'm', 'z', 'é', '日', '007', '7', '10', '9']

test.each<[string, string[]]>([
  ['{Before: M}', ['A', '007', '7', '10', '9']],
  ['{BeforeOrEquals: M}', ['A', 'M', '007', '7', '10', '9']],
  ['{After: M}', ['Ma', 'a', 'm', 'z', 'é', '日']],
  ['{AfterOrEquals: M}', ['M', 'Ma', 'a', 'm', 'z', 'é', '日']],
  ['{After: z}', ['é', '日']],
  ['{Before: "10"}', ['007']],
  ['{Equals: 007}', ['007']],
  ['{Equals: 7}', ['7']],
  ['{And: [{AfterOrEquals: 10}, {BeforeOrEquals: 7}]}', ['7', '10']],
  ['{Not: [{After: A}]}', ['', 'A', '007', '7', '10', '9']],
  ['{Source: "Tag:none", Before: M}', []],
  ['{Sources: ["Tag:none", "Tag:t"], Before: "1"}', ['007']],
  ['{Transforms: [Upper], Equals: MA}', ['Ma']],
  ['{Transforms: [Lower], Before: "b"}', ['A', 'a', '007', '7', '10', '9']],
])('in the order of texts: %s', async (condition, expected) => {
  expect(await matching({ condition, values: WORDS })).toEqual(expected)
})

/** When charges start, and which of them a condition without any source matches. */
const STARTS = [
  '1970-01-01 00:00:00',
  '2024-02-28 23:59:59',
  '2024-02-29 00:00:00',
  '2024-02-29 12:00:00',
  '2024-02-29 23:59:59',
  '2024-03-01 00:00:00',
  '2106-02-07 06:28:15',
]

test.each<[string, number[]]>([
  ['{Before: 2024-02-29}', [0, 1]],
  ['{BeforeOrEquals: 2024-02-29}', [0, 1, 2, 3, 4]],
  ['{After: 2024-02-29}', [5, 6]],
  ['{AfterOrEquals: 2024-02-29}', [2, 3, 4, 5, 6]],
  ['{Before: 2024-02-29T12:00:00Z}', [0, 1, 2]],
  ['{BeforeOrEquals: "2024-02-29 12:00"}', [0, 1, 2, 3]],
  ['{After: 2024-02-29T12:00:00}', [4, 5, 6]],
  ['{AfterOrEquals: 2024-02-29T14:00:00+02:00}', [3, 4, 5, 6]],
  ['{AfterOrEquals: 2024-02-29T07:00:00-0500}', [3, 4, 5, 6]],
  ['{Before: 1900-01-01}', []],
  ['{After: 1900-01-01}', [0, 1, 2, 3, 4, 5, 6]],
  ['{Before: 9999-12-31}', [0, 1, 2, 3, 4, 5, 6]],
  ['{ForDateRange: {From: 2024-02-29, Until: 2024-02-29}}', [2, 3, 4]],
  ['{ForDateRange: {From: 2024-02-29}}', [2, 3, 4, 5, 6]],
  ['{ForDateRange: {Until: 2024-02-29}}', [0, 1, 2, 3, 4]],
  ['{ForDateRange: {From: 2024-02-29T12:00:00Z, Until: 2024-02-29T23:59:59Z}}', [3, 4]],
  ['{Not: [{ForDateRange: {From: 2024-02-29, Until: 2024-03-01}}]}', [0, 1, 6]],
  ['{And: [{After: 2024-02-28}, {Before: 2024-03-01}]}', [2, 3, 4]],
  ['{Source: UsageDay, Equals: 2024-02-29}', [2, 3, 4]],
  ['{Source: UsageDay, BeforeOrEquals: 2024-02-29}', [0, 1, 2, 3, 4]],
])('the date of the charge: %s', async (condition, expected) => {
  const lines = STARTS.map((start) => ({ ChargePeriodStart: start }))
  const found = await elementsOfX({ engine, x: `{Groups: {hit: [${condition}]}}`, lines })
  expect(STARTS.flatMap((_, index) => (found[index] === 'hit' ? [index] : []))).toEqual(expected)
})

/** Lines by their tags a and b, and whether a condition over both matches. */
const PAIRS = [
  ['x', 'y'],
  ['', 'x'],
  ['y', 'x'],
  ['', ''],
] as const

test.each<[string, string[]]>([
  ['{Equals: x}', ['x,y', ',x', 'y,x']],
  ['{CoalesceSources: true, Equals: x}', ['x,y', ',x']],
  ['{HasValue: true}', ['x,y', ',x', 'y,x']],
  ['{HasValue: false}', [',x', ',']],
  ['{CoalesceSources: true, HasValue: false}', [',']],
  ['{CoalesceSources: true, Not: [{Equals: x}]}', ['y,x', ',']],
  ['{CoalesceSources: true, Or: [{Equals: y}, {CoalesceSources: false, Equals: y}]}', ['x,y', 'y,x']],
  ['{Transforms: [Upper], Equals: X}', ['x,y', ',x', 'y,x']],
  ['{CoalesceSources: true, And: [{Transforms: [Upper], Equals: X}]}', ['x,y', ',x']],
  ['{Source: "Tag:b", Equals: x}', [',x', 'y,x']],
  ['{Source: ["Tag:b"], Equals: x}', [',x', 'y,x']],
  ['{Sources: "Tag:a", Equals: x}', ['x,y']],
])('of two sources: %s', async (condition, expected) => {
  const x = `{Sources: ["Tag:a", "Tag:b"], Groups: {hit: [${condition}]}}`
  const found = await elementsOfX({ engine, x, lines: PAIRS.map(([a, b]) => ({ 'Tag:a': a, 'Tag:b': b })) })
  expect(PAIRS.map((pair) => pair.join()).filter((_, index) => found[index] === 'hit')).toEqual(expected)
})

test('a set of its own replaces the outer one, transforms and all', async () => {
  const x = `{Source: "Tag:a", Transforms: [Upper], Rules: [
    {Type: Group, Name: inherited, Conditions: [{Equals: X}]},
    {Type: Group, Name: replaced, Conditions: [{Source: "Tag:a", Equals: "y"}]},
    {Type: Group, Name: rule, Source: "Tag:b", Transforms: [Lower], Conditions: [{Equals: x}, {Transforms: [Upper], Equals: "Y"}]}]}`
  const lines: TestLine[] = [{ 'Tag:a': 'x' }, { 'Tag:a': 'y' }, { 'Tag:b': 'X' }, { 'Tag:b': 'y' }, { 'Tag:a': 'Z' }]
  expect(await elementsOfX({ engine, x, lines })).toEqual(['inherited', 'replaced', 'rule', 'rule', ''])
})

test('a date that meets a source which holds none is a warning', () => {
  const { warnings } = parseDefinition(`Dimensions:
  A: {Source: Service, Groups: {old: [{Before: 2024-03-01}, {Source: UsageDay, Before: 2024-03-01}, {Before: M}]}}
  B: {Groups: {old: [{Before: 2024-03-01}, {Not: [{Source: "Tag:since", After: 2024-03-01}]}]}}`)
  expect(warnings).toEqual([
    {
      message:
        '`Before` compares the text of `Service` with `2024-03-01`; for the date of the charge write `Source: UsageDay`',
      path: 'Dimensions.A.Groups.old[0].Before',
      line: 2,
      column: 48,
    },
  ])
})
