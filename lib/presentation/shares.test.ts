import { expect, test } from 'vitest'
import { percentOf, shares } from './shares'

test.each([
  { amounts: ['1', '1', '1'], total: '3', shown: ['33.4%', '33.3%', '33.3%'] },
  { amounts: ['1', '99999'], total: '100000', shown: ['<0.1%', '100.0%'] },
  { amounts: ['0', '5'], total: '5', shown: ['0.0%', '100.0%'] },
  { amounts: ['0', '0'], total: '0', shown: [null, null] },
  { amounts: ['1'], total: '4', shown: ['25.0%'] },
  { amounts: ['-1', '5'], total: '4', shown: ['−25.0%', '125.0%'] },
])('shares of $total: $amounts', ({ amounts, total, shown }) => {
  expect(shares(amounts, total)).toEqual(shown)
})

test('percentOf', () => {
  expect(percentOf('100045', '1100645')).toBe('9.09%')
  expect(percentOf('1', '0')).toBeNull()
})
