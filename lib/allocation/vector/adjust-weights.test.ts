import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { adjusted, fitShares } from '../../testing/reference/shares'
import { adjustWeights } from './adjust-weights'
import { NAMES, toShares, vectorArb, vectorOf, weightsOf } from './vector.test-helper'

const adjust = (weights: Record<string, number>, factors: Record<string, string>, excluded: string[] = []) =>
  weightsOf(
    adjustWeights({
      vector: vectorOf(weights),
      factors: new Map(Object.entries(factors)),
      excluded: new Set(excluded),
    }),
  )

describe('adjustWeights: production counts double, a parked tenant gets none', () => {
  it.each<[string, ReturnType<typeof adjust>, Record<string, bigint>]>([
    ['a factor', adjust({ prod: 3, test: 4 }, { prod: '2' }), { prod: 6n, test: 4n }],
    ['a factor with digits, in the same unit', adjust({ prod: 4, test: 4 }, { prod: '1.5' }), { prod: 6n, test: 4n }],
    ['one that makes weights smaller', adjust({ prod: 3, test: 4 }, { prod: '0.5' }), { prod: 15n, test: 40n }],
    ['zero', adjust({ prod: 3, test: 4 }, { test: '0' }), { prod: 3n }],
    ['an exclusion', adjust({ prod: 3, parked: 4 }, { parked: '2' }, ['parked']), { prod: 3n }],
    ['all excluded', adjust({ parked: 4 }, {}, ['parked', 'prod']), {}],
    ['who is not there', adjust({ prod: 3 }, { test: '2' }), { prod: 3n }],
  ])('%s', (_, result, expected) => expect(result).toEqual(expected))

  it.each(['-1', '1e3', 'x', ''])('refuses the factor %j', (factor) => {
    expect(() => adjust({ prod: 3 }, { prod: factor })).toThrow(RangeError)
  })

  it('is what the reference says, for all vectors', () => {
    const factorArb = fc.constantFrom('0', '0.5', '2', '1.000000000000000001', '33.33', '99999999999999999999')
    fc.assert(
      fc.property(
        vectorArb,
        fc.dictionary(fc.constantFrom(...NAMES), factorArb),
        fc.subarray(NAMES, { maxLength: 3 }),
        (vector, byName, names) => {
          const [factors, excluded] = [new Map(Object.entries(byName)), new Set(names)]
          const expected = fitShares(adjusted(toShares(vector), factors, excluded))
          expect(toShares(adjustWeights({ vector, factors, excluded }))).toEqual(expected)
        },
      ),
      { seed: 1, numRuns: 300 },
    )
  })
})
