import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { fromUnits, toUnits } from './units'

describe('units of 10^-18', () => {
  it.each<[text: string, units: bigint]>([
    ['0', 0n],
    ['-0', 0n],
    ['1', 10n ** 18n],
    ['-1.5', -15n * 10n ** 17n],
    ['0.000000000000000001', 1n],
    ['-0.000000000000000001', -1n],
    ['007.10', 71n * 10n ** 17n],
    ['99999999999999999999.999999999999999999', 10n ** 38n - 1n],
  ])('reads %s', (text, units) => {
    expect(toUnits(text)).toBe(units)
  })

  it.each(['', '-', '.5', '5.', '+1', '1e3', ' 1', '1 ', '1,5', '0.1234567890123456789', 'NaN', '--1', '1\n', '١'])(
    'refuses %j',
    (text) => {
      expect(() => toUnits(text)).toThrow(RangeError)
    },
  )

  it('writes what it reads, for every number', () => {
    fc.assert(
      fc.property(fc.bigInt(), (units) => {
        const text = fromUnits(units)
        expect(text).toMatch(/^-?\d+(\.\d*[1-9])?$/)
        expect(toUnits(text)).toBe(units)
      }),
      { seed: 3 },
    )
  })
})
