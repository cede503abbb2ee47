import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { fitShares } from '../../testing/reference/shares'
import { fitVector, ROUNDED_TOTAL } from './fit'
import { NO_SHARE, takeOut, withUnclaimed } from './unclaimed'
import { compareBytes, EMPTY_VECTOR, entriesOf, sumOf, toVector } from './vector'
import { NAMES, toShares, vectorArb, vectorOf, weightsOf } from './vector.test-helper'

describe('a vector', () => {
  it('is in the order of UTF-8 bytes, equal elements added up, without zeros', () => {
    expect(
      toVector([
        ['😀', 1n],
        ['ｚ', 2n],
        ['Z', 0n],
        ['😀', 3n],
        ['a', 1n],
      ]),
    ).toEqual({
      elements: ['a', 'ｚ', '😀'],
      weights: [1n, 2n, 4n],
    })
    expect(() => toVector([['a', -1n]])).toThrow('the weight of "a" is below zero: -1')
  })

  it('compares as the bytes do, for all texts', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.string({ unit: 'binary' }), (a, b) => {
        const expected = Buffer.compare(Buffer.from(a), Buffer.from(b))
        expect(Math.sign(compareBytes(a, b))).toBe(expected)
      }),
      { seed: 1, numRuns: 1000 },
    )
  })
})

describe('fitVector: small enough for a split in 256 bits', () => {
  it.each<[string, Record<string, bigint>, Record<string, bigint>]>([
    ['small weights stay in their unit', { a: 4n, b: 6n }, { a: 4n, b: 6n }],
    ['large ones are divided', { a: 2n ** 120n, b: 3n * 2n ** 120n }, { a: 1n, b: 3n }],
    ['or rounded', { a: 2n ** 121n, b: 2n ** 121n + 1n }, { a: ROUNDED_TOTAL / 2n, b: ROUNDED_TOTAL / 2n }],
    ['and a share of nothing goes', { a: 1n, b: 2n ** 121n + 1n }, { b: ROUNDED_TOTAL }],
  ])('%s', (_, weights, expected) => {
    expect(weightsOf(fitVector(vectorOf(weights)))).toEqual(expected)
  })

  it('is what the reference says, and knows no unit, for all vectors', () => {
    fc.assert(
      fc.property(vectorArb, fc.bigInt(1n, 10n ** 20n), (vector, unit) => {
        const fitted = fitVector(vector)
        expect(toShares(fitted)).toEqual(fitShares(toShares(vector)))
        expect(fitted.weights.every((weight) => weight > 0n && weight < 2n ** 120n)).toBe(true)
        expect(sumOf(fitted.weights) < 2n ** 126n).toBe(true)
        const scaled = { ...vector, weights: vector.weights.map((weight) => weight * unit) }
        expect(toShares(fitVector(scaled))).toEqual(toShares(fitted))
      }),
      { seed: 2 },
    )
  })
})

describe('what nobody claims', () => {
  it('is an element without a name, before all others', () => {
    const vector = vectorOf({ Email: 1, Messaging: 3 })
    expect(weightsOf(withUnclaimed({ vector, unclaimed: { numerator: 20n, denominator: 100n } }))).toEqual({
      '': 1n,
      Email: 1n,
      Messaging: 3n,
    })
    expect(withUnclaimed({ vector, unclaimed: NO_SHARE })).toEqual(vector)
    const all = { elements: [''], weights: [1n] }
    expect(withUnclaimed({ vector, unclaimed: { numerator: 5n, denominator: 5n } })).toEqual(all)
    expect(withUnclaimed({ vector: EMPTY_VECTOR, unclaimed: NO_SHARE })).toEqual(all)
  })

  it('leaves the shares as they were when it is taken out and put back, for all vectors', () => {
    fc.assert(
      fc.property(vectorArb, fc.subarray(NAMES), (vector, names) => {
        const elements = new Set(names)
        const shares = fitShares(toShares(vector))
        const small = fitVector(vector)
        const back = withUnclaimed(takeOut({ vector: small, elements }))
        const named = entriesOf(small).map(
          ([element, weight]) => [elements.has(element) ? '' : element, weight] as const,
        )
        if ([...shares.keys()].every((element) => !elements.has(element))) expect(toShares(back)).toEqual(shares)
        else expect(toShares(back)).toEqual(fitShares(toShares(toVector(named))))
      }),
      { seed: 3 },
    )
  })
})
