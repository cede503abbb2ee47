import { Decimal } from 'decimal.js'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { plainDecimal, sumDecimals } from './decimal'

const Exact = Decimal.clone({ precision: 120, toExpNeg: -120, toExpPos: 120 })
const decimal = fc.oneof(
  fc
    .tuple(fc.bigInt({ min: -(10n ** 38n), max: 10n ** 38n }), fc.integer({ min: 0, max: 30 }))
    .map(([units, scale]) => {
      const digits = String(units < 0n ? -units : units).padStart(scale + 1, '0')
      const fraction = scale > 0 ? `.${digits.slice(-scale)}` : ''
      return `${units < 0n ? '-' : ''}${digits.slice(0, digits.length - scale)}${fraction}`
    }),
  fc.constantFrom('0', '-0', '0.0', '-0.50', '007', '1e3', '1.', '-1.5e-20'),
)

describe('exact decimals', () => {
  it('are written plainly, whatever their notation', () => {
    fc.assert(
      fc.property(decimal, (text) => {
        expect(plainDecimal(text)).toBe(new Exact(text).toFixed())
      }),
      { seed: 3, numRuns: 2000 },
    )
  })

  it('add up in every digit', () => {
    fc.assert(
      fc.property(fc.array(decimal, { maxLength: 8 }), (texts) => {
        const sum = texts.reduce((total, text) => total.plus(text), new Exact(0))
        expect(sumDecimals(texts)).toBe(sum.toFixed())
      }),
      { seed: 3, numRuns: 2000 },
    )
  })
})
