import { afterAll, beforeAll, expect, test } from 'vitest'
import { openTestEngine, type TestEngine } from './chdb.test-helper'
import { findRegexError } from './regex'
import { sqlString } from './sql-literal'

let engine: TestEngine
beforeAll(() => {
  engine = openTestEngine()
})
afterAll(() => engine.close())

const isAccepted = (pattern: string) =>
  engine.rows(`SELECT match(materialize('abc'), ${sqlString(pattern)})`).then(
    () => true,
    () => false,
  )

const GOOD = [
  '^prod-',
  '(?i)prod',
  '(?P<name>a)|b',
  '(?<name>a)',
  '(?i-s:a)b',
  '[]a]+',
  '[^]a]',
  '[[:alpha:]_-]',
  '[\\w.-]+@x',
  'a{2}',
  'a{2,}?',
  'a{,2}',
  '{x}',
  'a*?b+?c??',
  '\\Aa\\z',
  '\\pL\\p{Greek}\\PN',
  '\\x41\\x{1F600}',
  '\\Q(*\\E+',
  '\\.\\/\\-\\"\\ ',
  '\\012\\101',
  '^*a',
  'a|',
  '()',
  '(a|)+',
  '日本?',
]

test.each(GOOD)('%s is accepted here and by the engine', async (pattern) => {
  expect(findRegexError(pattern)).toBeNull()
  expect(await isAccepted(pattern)).toBe(true)
})

const BAD: [string, string][] = [
  ['(a', 'has a `(` without its `)`'],
  ['(a|b))', 'has a `)` without its `(`'],
  ['[a', 'has a `[` without its `]`'],
  ['[]', 'has a `[` without its `]`'],
  ['*a', 'has nothing for `*` to repeat'],
  ['a|+', 'has nothing for `+` to repeat'],
  ['(?:?)', 'has nothing for `?` to repeat'],
  ['a**', 'repeats a repetition with `*`'],
  ['a++', 'repeats a repetition with `+`'],
  ['a{1001}', 'repeats more than 1000 times'],
  ['a{3,2}', 'has a repetition from more to fewer: `{3,2}`'],
  ['(?=a)', 'looks ahead or behind, which RE2 cannot'],
  ['(?<!a)b', 'looks ahead or behind, which RE2 cannot'],
  ['(?>a)', 'has a group that RE2 does not know: `(?>`'],
  ['(a)\\1', 'refers back to a group, which RE2 cannot'],
  ['\\y', 'has an escape that RE2 does not know: `\\y`'],
  ['(a|b)\\', 'ends in a lone `\\`'],
]

test.each(BAD)('%s is refused here and by the engine', async (pattern, error) => {
  expect(findRegexError(pattern)).toBe(error)
  expect(await isAccepted(pattern)).toBe(false)
})

test('a pattern has a longest length', () => {
  expect(findRegexError('a'.repeat(1000))).toBeNull()
  expect(findRegexError('a'.repeat(1001))).toBe('is longer than 1000 characters')
})
