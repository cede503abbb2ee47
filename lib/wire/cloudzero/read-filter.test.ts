import fc from 'fast-check'
import { expect, it } from 'vitest'
import { createFilterReader } from './read-filter'

const word = fc
  .string({ unit: 'grapheme', minLength: 1, maxLength: 10 })
  .filter((text) => /\S/.test(text) && !text.includes('\0'))
const filters = fc.uniqueArray(fc.tuple(word, fc.uniqueArray(word, { minLength: 1, maxLength: 20 })), {
  maxLength: 5,
  selector: ([key]) => key,
})

it('does not depend on the order of keys and values, nor on what was read before', () => {
  const read = createFilterReader({ canonicalKey: (key) => key })
  fc.assert(
    fc.property(filters, fc.integer(), (entries, seed) => {
      const shuffle = <T>(list: T[]): T[] => {
        const turn = list.length === 0 ? 0 : Math.abs(seed) % list.length
        return [...list.slice(turn), ...list.slice(0, turn)].reverse()
      }
      const straight = Object.fromEntries(entries)
      const shuffled = Object.fromEntries(
        shuffle(entries).map(([key, values]) => [key, [...shuffle(values), ...values]]),
      )
      const first = read(straight)
      expect(read(shuffled)).toEqual(first)
      expect(createFilterReader({ canonicalKey: (key) => key })(straight)).toEqual(first)
      expect(JSON.stringify(read(shuffled))).toBe(JSON.stringify(first))
    }),
  )
})

it('takes __proto__ for a key like any other', () => {
  const read = createFilterReader({ canonicalKey: (key) => key })
  const reading = read(JSON.parse('{"__proto__": ["a"], "b": ["c"]}'))
  expect('keys' in reading && reading.keys).toEqual(['__proto__', 'b'])
  expect('filter' in reading && JSON.stringify(reading.filter)).toBe('{"__proto__":["a"],"b":["c"]}')
})

it('sorts by the canonical key', () => {
  const read = createFilterReader({ canonicalKey: (key) => (key === 'zone' ? 'a-zone' : key.toLowerCase()) })
  expect(read({ Service: 'x', zone: 'y' })).toEqual({
    filter: { 'a-zone': ['y'], service: ['x'] },
    keys: ['a-zone', 'service'],
  })
})

it('does not take a text for the list that reads like it', () => {
  const read = createFilterReader({ canonicalKey: (key) => key })
  expect(read({ a: '["b"]' })).toEqual({ filter: { a: ['["b"]'] }, keys: ['a'] })
  expect(read({ a: ['b'] })).toEqual({ filter: { a: ['b'] }, keys: ['a'] })
})
