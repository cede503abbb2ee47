import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { mutual } from '../../testing/reference/pools'
import { roundShares } from '../../testing/reference/shares'
import { ROUNDED_TOTAL } from './fit'
import { ClosedPools, solveMutual } from './mutual'
import type { MutualMethod } from './pool-links'
import { EMPTY_VECTOR, sumOf, toVector, type Vector } from './vector'
import { toShares, vectorOf, weightsOf } from './vector.test-helper'

const LARGE = 2n ** 119n

const METHODS: MutualMethod[] = ['Reciprocal', 'StepDown', 'Direct']

function solve(pools: Record<string, Record<string, number | bigint>>, method: MutualMethod = 'Reciprocal') {
  const vectors = Object.entries(pools).map(([name, weights]): [string, Vector] => [name, vectorOf(weights)])
  const solved = solveMutual({ pools: new Map(vectors), method })
  return Object.fromEntries([...solved].map(([name, vector]) => [name, weightsOf(vector)]))
}

const PAIR = {
  Platform: { Monitoring: 50, Email: 30, Messaging: 20 },
  Monitoring: { Platform: 20, Email: 20, Messaging: 60 },
}

describe('solveMutual: pools that serve each other', () => {
  it.each<[string, ReturnType<typeof solve>, ReturnType<typeof solve>]>([
    // By hand: P = 1 + 0.2 M and M = 0.5 P, so P = 10/9 and M = 5/9; Email 0.3 P + 0.2 M = 4/9.
    ['a pair', solve(PAIR), { Platform: { Email: 4n, Messaging: 5n }, Monitoring: { Email: 13n, Messaging: 32n } }],
    // Platform gives half of what it has to pools, Monitoring a fifth: Platform first, and it gets nothing back.
    [
      'a pair, step by step',
      solve(PAIR, 'StepDown'),
      { Platform: { Email: 17n, Messaging: 23n }, Monitoring: { Email: 20n, Messaging: 60n } },
    ],
    [
      'a pair, directly',
      solve(PAIR, 'Direct'),
      { Platform: { Email: 30n, Messaging: 20n }, Monitoring: { Email: 20n, Messaging: 60n } },
    ],
    [
      'equal steps go by name',
      solve({ B: { A: 1, x: 1 }, A: { B: 1, y: 1 } }, 'StepDown'),
      { A: { x: 1n, y: 1n }, B: { x: 1n } },
    ],
    ['what goes to itself is dropped', solve({ A: { A: 7, x: 1, y: 2 } }), { A: { x: 1n, y: 2n } }],
    [
      'an end without weights keeps what it gets',
      solve({ A: { B: 1, x: 2 }, B: {} }),
      { A: { B: 1n, x: 2n }, B: { B: 1n } },
    ],
    [
      'a method that leaves nothing: it stays where it is',
      solve({ A: { B: 1 }, B: { x: 1 } }, 'Direct'),
      { A: { A: 1n }, B: { x: 1n } },
    ],
    [
      'who gives last to those before it keeps it',
      solve({ A: { B: 1 }, B: { A: 1 } }, 'StepDown'),
      { A: { B: 1n }, B: { B: 1n } },
    ],
    ['pools of which nobody gives to another', solve({ A: { x: 4 }, B: { x: 2 } }), { A: { x: 4n }, B: { x: 2n } }],
    ['no pools', solve({}), {}],
  ])('%s', (_, result, expected) => expect(result).toEqual(expected))

  it.each<[string, Record<string, Record<string, number>>, string[]]>([
    ['a pair', { B: { A: 1 }, A: { B: 1 }, C: { x: 1 } }, ['A', 'B']],
    ['a pair and who gives to it', { A: { B: 1 }, B: { A: 1 }, C: { A: 1 }, D: { A: 1, x: 1 } }, ['A', 'B', 'C']],
    ['itself alone', { A: { A: 1 }, B: { x: 1 } }, ['A']],
  ])('names the pools that feed only each other: %s', (_, pools, names) => {
    expect(() => solve(pools)).toThrow(new ClosedPools(names))
    expect(() => solve(pools, 'StepDown')).not.toThrow()
    expect(() => solve(pools, 'Direct')).not.toThrow()
  })

  it.each<[string, Record<string, Record<string, bigint>>]>([
    ['of pools that hand on next to nothing', { A: { B: LARGE, x: 1n }, B: { A: LARGE, y: 2n, z: 3n } }],
    [
      'that ends on half a digit',
      { A: { B: 3n, z: 2n ** 19n - 3n }, B: { x: 1n, y: 1n, C: 1n }, C: { y: LARGE, z: 3n } },
    ],
  ])('rounds as the exact result is rounded, even that %s', (_, weights) => {
    const pools = new Map(Object.entries(weights).map(([name, row]) => [name, vectorOf(row)]))
    const expected = mutual(new Map([...pools].map(([name, vector]) => [name, toShares(vector)])), 'Reciprocal')
    const solved = solveMutual({ pools, method: 'Reciprocal' }).get('A') ?? EMPTY_VECTOR
    expect(sumOf(solved.weights)).toBe(ROUNDED_TOTAL)
    expect(toShares(solved)).toEqual(roundShares(expected?.get('A') ?? new Map()))
  })

  const weightArb = fc.oneof(
    { weight: 2, arbitrary: fc.constant(0n) },
    { weight: 3, arbitrary: fc.bigInt(1n, 9n) },
    { weight: 1, arbitrary: fc.bigInt(1n, 10n ** 12n) },
  )
  const hugeArb = fc.oneof(weightArb, fc.bigInt(2n ** 70n, 2n ** 119n))
  const NAMES = ['Pool A', 'Pool B', 'Pool C', 'Pool D']
  const COLUMNS = [...NAMES, 'x', 'y', 'ｚ', '😀']
  /** Some pools have no weights, and some give to pools alone. */
  const poolArb = (weights: fc.Arbitrary<bigint>) =>
    fc
      .tuple(fc.constantFrom(0, 4, 4, 8, 8, 8), fc.array(weights, { minLength: 8, maxLength: 8 }))
      .map(([columns, row]) => toVector(row.slice(0, columns).map((weight, index) => [COLUMNS[index] ?? '', weight])))
  const poolsArb = (weights: fc.Arbitrary<bigint>) =>
    fc.tuple(...NAMES.map(() => poolArb(weights))).map((vectors) => new Map(vectors.map((v, i) => [NAMES[i] ?? '', v])))

  it.each([
    ['small', poolsArb(weightArb)],
    ['huge', poolsArb(hugeArb)],
  ])('is what the reference says, for all pools with %s weights', (_, arbitrary) => {
    const seen = new Set<string>()
    fc.assert(
      fc.property(arbitrary, fc.constantFrom(...METHODS), (pools, method) => {
        const expected = mutual(new Map([...pools].map(([name, vector]) => [name, toShares(vector)])), method)
        if (expected === null) {
          seen.add('closed')
          expect(() => solveMutual({ pools, method })).toThrow(ClosedPools)
          return
        }
        for (const [name, vector] of solveMutual({ pools, method })) {
          const shares = expected.get(name) ?? new Map()
          const isRounded = sumOf(vector.weights) === ROUNDED_TOTAL
          seen.add(isRounded ? 'rounded' : 'exact')
          expect(toShares(vector)).toEqual(isRounded ? roundShares(shares) : shares)
        }
      }),
      { seed: 1, numRuns: 250 },
    )
    expect([...seen].sort()).toEqual(['closed', 'exact', 'rounded'])
  })

  it('does not depend on the order of the pools, nor on the unit of any of them', () => {
    fc.assert(
      fc.property(poolsArb(hugeArb), fc.constantFrom(...METHODS), fc.bigInt(1n, 10n ** 18n), (pools, method, unit) => {
        const shares = (given: ReadonlyMap<string, Vector>) => {
          const solved = solveMutual({ pools: given, method })
          return NAMES.map((name) => toShares(solved.get(name) ?? EMPTY_VECTOR))
        }
        const scaled = [...pools]
          .reverse()
          .map(([name, { elements, weights }], index): [string, Vector] => [
            name,
            { elements, weights: index % 2 === 0 ? weights : weights.map((weight) => weight * unit) },
          ])
        let expected: ReturnType<typeof shares>
        try {
          expected = shares(pools)
        } catch (error) {
          expect(error).toBeInstanceOf(ClosedPools)
          return
        }
        expect(shares(new Map(scaled))).toEqual(expected)
      }),
      { seed: 2 },
    )
  })
})
