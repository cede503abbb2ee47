import Decimal from 'decimal.js'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { roundStatement } from './round-statement'

describe('roundStatement', () => {
  test.each([
    { name: 'thirds', amounts: ['0.333333', '0.333333', '0.333334'], digits: 2, shown: ['0.33', '0.33', '0.34'] },
    { name: 'equal remainders go to the first', amounts: ['0.005', '0.005'], digits: 2, shown: ['0.01', '0.00'] },
    { name: 'nothing to round', amounts: ['1.20', '3'], digits: 2, shown: ['1.20', '3.00'] },
    { name: 'credits', amounts: ['-0.335', '1.335'], digits: 2, shown: ['-0.33', '1.33'] },
    { name: 'no lines', amounts: [], digits: 2, shown: [] },
    {
      name: 'past the reach of a double',
      amounts: ['9007199254740993.124', '0.376'],
      digits: 2,
      shown: ['9007199254740993.12', '0.38'],
    },
  ])('$name', ({ amounts, digits, shown }) => {
    expect(roundStatement({ amounts, digits })).toEqual(shown)
  })

  test('meets the total that is shown elsewhere', () => {
    expect(roundStatement({ amounts: ['0.4', '0.4'], digits: 0, target: '0' })).toEqual(['0', '0'])
    expect(roundStatement({ amounts: ['0.4', '0.4'], digits: 0, target: '1' })).toEqual(['1', '0'])
  })

  test('what is shown adds up to the rounded total, and no line is off by a whole step', () => {
    const amount = fc.integer({ min: -1e9, max: 1e9 }).map((units) => new Decimal(units).div(1e6).toFixed())
    fc.assert(
      fc.property(
        fc.array(amount, { minLength: 1, maxLength: 40 }),
        fc.integer({ min: 0, max: 5 }),
        (amounts, digits) => {
          const shown = roundStatement({ amounts, digits })
          const total = Decimal.sum(...amounts).toFixed(digits, Decimal.ROUND_HALF_UP)
          expect(Decimal.sum(...shown).toFixed(digits)).toBe(new Decimal(total).toFixed(digits))
          for (const [index, line] of shown.entries()) {
            const off = new Decimal(line).minus(amounts[index] ?? 0).abs()
            expect(off.lt(new Decimal(10).pow(-digits))).toBe(true)
          }
        },
      ),
    )
  })
})
