import fc from 'fast-check'
import { expect, test } from 'vitest'
import { narrowTo, parseFilters, writeFilters } from './filters'

test('every key and value comes back as it went', () => {
  const filter = fc.record({
    key: fc.string({ minLength: 1, unit: 'grapheme' }).map((key) => `tag:${key}`),
    not: fc.boolean(),
    values: fc.uniqueArray(fc.string({ unit: 'grapheme' }), { minLength: 1, maxLength: 3 }),
  })
  fc.assert(
    fc.property(fc.uniqueArray(filter, { selector: ({ key }) => key }), (filters) => {
      expect(parseFilters(writeFilters(filters))).toEqual(filters)
    }),
  )
})

test.each([
  [{ key: 'service', not: false, values: ['RDS', ''] }, ['service=RDS', 'service=']],
  [{ key: 'tag:a=b', not: true, values: ['c=d'] }, ['"tag:a=b"!=c=d']],
  [{ key: 'tag:bang!', not: false, values: ['x'] }, ['"tag:bang!"=x']],
])('%o', (filter, texts) => expect(writeFilters([filter])).toEqual(texts))

test('narrowing replaces what was asked of the key', () => {
  const filters = parseFilters(['service=A', 'service=B', 'region!=eu'])
  expect(writeFilters(narrowTo(filters, { key: 'service', value: null }))).toEqual(['region!=eu', 'service='])
})
