import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { fraction, isLess, multiply, ONE, subtract } from '../../testing/reference/fraction'
import { fitShares, limited, sharesOf } from '../../testing/reference/shares'
import { limitShares } from './limit-shares'
import type { Share } from './unclaimed'
import { NAMES, toShares, vectorArb, vectorOf, weightsOf } from './vector.test-helper'

const percents = (shares: Record<string, number>): Map<string, Share> =>
  new Map(Object.entries(shares).map(([name, percent]) => [name, { numerator: BigInt(percent), denominator: 100n }]))

const toFraction = ({ numerator, denominator }: Share) => fraction(numerator, denominator)

/** Weights in percent of the whole, as far as they are whole. */
function limit(weights: Record<string, number>, floors: Record<string, number>, caps: Record<string, number>) {
  const result = limitShares({ vector: vectorOf(weights), floors: percents(floors), caps: percents(caps) })
  const claimed = subtract(ONE, toFraction(result.unclaimed))
  const parts = [...toShares(result.vector)].map(([element, share]): [string, string] => {
    const percent = multiply(multiply(share, claimed), fraction(100n))
    return [element, percent.below === 1n ? `${percent.above}` : `${percent.above}/${percent.below}`]
  })
  return { ...Object.fromEntries(parts), ...(result.cutFloors.length > 0 && { cut: result.cutFloors.join() }) }
}

const FOUR = { a: 40, b: 30, c: 20, d: 10 }

describe('limitShares: nobody gets less than the floor or more than the cap', () => {
  it.each<[string, ReturnType<typeof limit>, Record<string, string>]>([
    ['no limits', limit(FOUR, {}, {}), { a: '40', b: '30', c: '20', d: '10' }],
    ['a cap goes on to the others', limit(FOUR, {}, { a: 10 }), { a: '10', b: '45', c: '30', d: '15' }],
    ['and makes another reach its own', limit(FOUR, {}, { a: 10, b: 42 }), { a: '10', b: '42', c: '32', d: '16' }],
    ['a floor takes from the others', limit(FOUR, { d: 28 }, {}), { a: '32', b: '24', c: '16', d: '28' }],
    ['both at once', limit(FOUR, { d: 20 }, { a: 30 }), { a: '30', b: '30', c: '20', d: '20' }],
    [
      'all capped: the rest stays',
      limit(FOUR, {}, { a: 10, b: 10, c: 10, d: 5 }),
      { a: '10', b: '10', c: '10', d: '5' },
    ],
    ['all capped at nothing', limit(FOUR, {}, { a: 0, b: 0, c: 0, d: 0 }), {}],
    ['capped at nothing', limit(FOUR, {}, { a: 0 }), { b: '50', c: '100/3', d: '50/3' }],
    ['a floor for nobody', limit({ a: 1, b: 1 }, { x: 90 }, {}), { a: '50', b: '50' }],
    ['floors for all there is', limit(FOUR, { a: 50, d: 50 }, {}), { a: '50', d: '50' }],
    ['floors for more', limit(FOUR, { a: 90, d: 60 }, {}), { a: '60', d: '40', cut: 'a,d' }],
    ['floor above cap', limit(FOUR, { a: 50 }, { a: 10 }), { a: '10', b: '45', c: '30', d: '15' }],
    ['nobody', limit({}, { a: 10 }, { a: 20 }), {}],
  ])('%s', (_, result, expected) => expect(result).toEqual(expected))

  it('counts in what was unclaimed before', () => {
    const unclaimed = { numerator: 1n, denominator: 2n }
    const vector = vectorOf({ a: 9, b: 1 })
    const one = limitShares({ vector, floors: percents({}), caps: percents({ a: 30 }), unclaimed })
    expect([weightsOf(one.vector), toFraction(one.unclaimed)]).toEqual([{ a: 3n, b: 2n }, fraction(1n, 2n)])
    const both = limitShares({ vector, floors: percents({}), caps: percents({ a: 30, b: 10 }), unclaimed })
    expect([weightsOf(both.vector), toFraction(both.unclaimed)]).toEqual([{ a: 3n, b: 1n }, fraction(3n, 5n)])
  })

  it('refuses shares below zero', () => {
    const floors = new Map([['a', { numerator: 1n, denominator: -5n }]])
    expect(() => limitShares({ vector: vectorOf({ a: 1 }), floors, caps: new Map() })).toThrow(
      'not a share, that of "a": 1 ÷ -5',
    )
  })

  it('is what the reference says, for all vectors', () => {
    const shareArb = fc
      .tuple(fc.bigInt(0n, 12n), fc.constantFrom(10n, 20n, 7n))
      .map(([numerator, denominator]) => ({ numerator, denominator }))
    const limitsArb = fc.dictionary(fc.constantFrom(...NAMES), shareArb, { maxKeys: 4 })
    const seen = new Set<string>()
    fc.assert(
      fc.property(vectorArb, limitsArb, limitsArb, fc.bigInt(0n, 9n), (vector, floors, caps, before) => {
        const unclaimed = { numerator: before, denominator: 10n }
        const result = limitShares({
          vector,
          floors: new Map(Object.entries(floors)),
          caps: new Map(Object.entries(caps)),
          unclaimed,
        })
        const asFractions = (limits: Record<string, Share>) =>
          new Map(Object.entries(limits).map(([element, share]) => [element, toFraction(share)]))
        const available = subtract(ONE, toFraction(unclaimed))
        const expected = limited(toShares(vector), asFractions(floors), asFractions(caps), available)
        expect(toShares(result.vector)).toEqual(fitShares(sharesOf(expected.amounts)))
        expect(subtract(ONE, toFraction(result.unclaimed))).toEqual(expected.claimed)
        if (result.cutFloors.length > 0) seen.add('cut')
        if (isLess(expected.claimed, available)) seen.add('capped')
      }),
      { seed: 1, numRuns: 400 },
    )
    expect([...seen].sort()).toEqual(['capped', 'cut'])
  })
})
