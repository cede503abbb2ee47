import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { fromUnits, toUnits } from '../units'
import { cumulativeShare, splitCost } from './round'

const split = (cost: string, ...weights: string[]) =>
  splitCost({ cost: toUnits(cost), weights: weights.map(toUnits) }).map(fromUnits)

describe('splitCost: cumulative rounding to 12 digits, nothing lost or made', () => {
  it.each<[cost: string, weights: string[], amounts: string[]]>([
    ['1', ['1', '1', '1'], ['0.333333333333', '0.333333333334', '0.333333333333']],
    ['-1', ['1', '1', '1'], ['-0.333333333333', '-0.333333333334', '-0.333333333333']],
    ['0', ['1', '2'], ['0', '0']],
    ['5', ['7'], ['5']],
    ['0.000000000001', ['1', '1'], ['0.000000000001', '0']],
    ['-0.000000000001', ['1', '1'], ['-0.000000000001', '0']],
    ['0.000000000001', ['1', '3'], ['0', '0.000000000001']],
    // More than 12 digits: the last takes exactly what remains.
    ['0.000000000000000001', ['1', '1'], ['0', '0.000000000000000001']],
    ['1.000000000000500001', ['1', '1'], ['0.5', '0.500000000000500001']],
    ['10', ['0', '1', '0'], ['0', '10', '0']],
    ['0.7532270852', ['100045', '1000600'], ['0.06846585751', '0.68476122769']],
    ['99999999999999999999', ['0.000000000000000001', '99999999999999999999'], ['0', '99999999999999999999']],
  ])('%s by %j → %j', (cost, weights, amounts) => {
    expect(split(cost, ...weights)).toEqual(amounts)
  })

  it.each([[[]], [['0', '0']]])('refuses weights %j', (weights) => {
    expect(() => split('1', ...weights)).toThrow(/more than zero, got 0/)
  })

  const cost = fc.bigInt(-(10n ** 32n), 10n ** 32n)
  const weights = fc
    .array(fc.bigInt(0n, 10n ** 30n), { minLength: 1, maxLength: 20 })
    .filter((list) => list.some((weight) => weight > 0n))

  it('adds up, keeps the sign, and strays less than a quantum from the exact share, for all inputs', () => {
    fc.assert(
      fc.property(cost, weights, (amount, list) => {
        const parts = splitCost({ cost: amount, weights: list })
        expect(parts.reduce((sum, part) => sum + part, 0n)).toBe(amount)
        const total = list.reduce((sum, weight) => sum + weight, 0n)
        for (const [index, part] of parts.entries()) {
          const error = part * total - amount * (list[index] ?? 0n)
          expect((error < 0n ? -error : error) <= total * 1_000_000n).toBe(true)
          if ((list[index] ?? 0n) === 0n) expect(part).toBe(0n)
        }
      }),
      { seed: 1 },
    )
  })

  it('is monotone: a running share never steps back', () => {
    fc.assert(
      fc.property(fc.bigInt(0n, 10n ** 32n), weights, (amount, list) => {
        const total = list.reduce((sum, weight) => sum + weight, 0n)
        let running = 0n
        let before = 0n
        for (const weight of list.slice(0, -1)) {
          running += weight
          const share = cumulativeShare({ cost: amount, running, total })
          expect(share >= before).toBe(true)
          before = share
        }
      }),
      { seed: 2 },
    )
  })
})
