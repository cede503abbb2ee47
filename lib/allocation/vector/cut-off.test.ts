import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { cut, fitShares } from '../../testing/reference/shares'
import { cutOff } from './cut-off'
import { NAMES, percentArb, toShares, vectorArb, vectorOf, weightsOf } from './vector.test-helper'

const cutAt = (weights: Record<string, number>, thresholdPercent: string, name: string | null = null) =>
  weightsOf(cutOff({ vector: vectorOf(weights), thresholdPercent, name }))

const FIVE = { A: 45, B: 30, C: 15, D: 7, E: 3 }

describe('cutOff: the long tail of a split', () => {
  it.each<[string, ReturnType<typeof cutAt>, Record<string, bigint>]>([
    ['CloudZero’s example, dropped', cutAt(FIVE, '10'), { A: 45n, B: 30n, C: 15n }],
    ['CloudZero’s example, named', cutAt(FIVE, '10', 'Other'), { A: 45n, B: 30n, C: 15n, Other: 10n }],
    ['the one that exceeds it goes', cutAt(FIVE, '10.000000000000000001'), { A: 45n, B: 30n }],
    ['the bucket is one that stays', cutAt(FIVE, '10', 'A'), { A: 55n, B: 30n, C: 15n }],
    ['the bucket is one that goes', cutAt(FIVE, '10', 'E'), { A: 45n, B: 30n, C: 15n, E: 10n }],
    ['nothing goes, and no bucket comes', cutAt(FIVE, '0', 'Other'), { A: 45n, B: 30n, C: 15n, D: 7n, E: 3n }],
    ['equal ones go by name', cutAt({ ｚ: 1, '😀': 1, b: 1 }, '34'), { b: 1n }],
    ['equal ones, up to the very third', cutAt({ ｚ: 1, '😀': 1, b: 1 }, '33'), { b: 1n, ｚ: 1n }],
    ['the largest stays even if it exceeds it alone', cutAt({ A: 95, B: 5 }, '10'), { A: 95n }],
    ['of one element nothing', cutAt({ A: 1 }, '99', 'Other'), { A: 1n }],
    ['of none nothing', cutAt({}, '5', 'Other'), {}],
  ])('%s', (_, result, expected) => expect(result).toEqual(expected))

  it.each(['100', '-1', '100.1', 'x'])('refuses the threshold %j', (threshold) => {
    expect(() => cutAt({ A: 1 }, threshold)).toThrow(RangeError)
  })

  it('is what the reference says, for all vectors', () => {
    fc.assert(
      fc.property(
        vectorArb,
        percentArb,
        fc.option(fc.constantFrom(...NAMES, 'Other')),
        (vector, thresholdPercent, name) => {
          const expected = fitShares(cut(toShares(vector), thresholdPercent, name))
          expect(toShares(cutOff({ vector, thresholdPercent, name }))).toEqual(expected)
        },
      ),
      { seed: 1, numRuns: 500 },
    )
  })
})
