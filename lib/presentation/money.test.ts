import { describe, expect, test } from 'vitest'
import { formatAmount, formatQuantity, formatShown, statementDigits } from './money'

describe('statementDigits', () => {
  test.each([
    ['0', 2],
    ['12.5', 2],
    ['1', 2],
    ['-3.2', 2],
    ['0.75322708520', 4],
    ['0.0123', 5],
    ['-0.00000080000', 10],
    ['0.000000000001', 12],
  ])('%s → %i', (total, digits) => {
    expect(statementDigits(total)).toBe(digits)
  })
})

describe('formatAmount', () => {
  test.each([
    ['1234.5', { currency: 'USD' }, 2, '$1,234.50'],
    ['-1234.5', { currency: 'USD' }, 2, '−$1,234.50'],
    ['-0.001', { currency: 'USD' }, 2, '$0.00'],
    ['0.75322708520', { currency: 'USD' }, 4, '$0.7532'],
    ['0.75322708520', { currency: 'USD' }, undefined, '$0.7532270852'],
    ['0.005', { currency: 'EUR' }, 2, '€0.01'],
    ['9007199254740993.01', { currency: 'USD' }, 2, '$9,007,199,254,740,993.01'],
    ['12', { currency: 'CREDITS' }, 2, 'CREDITS 12.00'],
    ['12', { currency: 'CHF' }, 2, 'CHF 12.00'],
    ['7', { word: 'units' }, 0, '7 units'],
  ])('%s %o', (amount, unit, digits, shown) => {
    expect(formatAmount(amount, unit, digits)).toBe(shown)
  })
})

test.each([
  ['0.00004', '0.0000', '<$0.0001'],
  ['-0.00004', '0.0000', '>−$0.0001'],
  ['0', '0.0000', '$0.0000'],
  ['0.13425', '0.1343', '$0.1343'],
])('formatShown %s as %s', (amount, shown, words) => {
  expect(formatShown({ amount, shown, unit: { currency: 'USD' }, digits: 4 })).toBe(words)
})

test('formatQuantity drops what only storage added', () => {
  expect(formatQuantity('1100645.000000')).toBe('1,100,645')
  expect(formatQuantity('0.50')).toBe('0.5')
  expect(formatQuantity('-1000')).toBe('−1,000')
})
