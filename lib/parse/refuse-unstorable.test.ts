import fc from 'fast-check'
import { expect, it, test } from 'vitest'
import type { AppError } from '../errors'
import { refuseUnstorable } from './refuse-unstorable'

test.each([
  ['a\0b', '', 'body: holds NUL, which cannot be stored'],
  [{ name: 'a\0' }, 'name', 'body: name holds NUL, which cannot be stored'],
  [
    { tags: { columns: [{ key: 'a' }, { key: '\ud83d' }] } },
    'tags.columns.1.key',
    'body: tags.columns.1.key holds an unpaired surrogate, which cannot be stored',
  ],
  [{ columns: { 'x\0': 'a' } }, 'columns', 'body: columns holds a key with NUL, which cannot be stored'],
])('%j', (value, name, message) => {
  let thrown: AppError | undefined
  try {
    refuseUnstorable({ what: 'body', value })
  } catch (error) {
    thrown = error as AppError
  }
  expect(thrown).toMatchObject({ code: 'invalid_request', message, invalidParams: [{ name }] })
})

it('lets all else pass', () => {
  refuseUnstorable({ what: 'body', value: ['😀', null, undefined, 1, { a: [true, '\ufffd', '\u0001'] }] })
  fc.assert(
    fc.property(fc.json({ stringUnit: fc.string({ unit: 'grapheme', minLength: 1, maxLength: 1 }) }), (text) => {
      if (!text.includes('\\u0000')) refuseUnstorable({ what: 'body', value: JSON.parse(text) })
    }),
  )
})
