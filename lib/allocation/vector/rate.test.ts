import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { divide, fraction, multiply, parse, round } from '../../testing/reference/fraction'
import { fromUnits, toUnits } from '../../units'
import { splitCost } from '../round'
import { balanceAmounts, rateAmounts, rateVector } from './rate'
import { entriesOf, sumOf, toVector } from './vector'
import { NAMES, vectorArb } from './vector.test-helper'

const QUANTUM = 10n ** 6n

function rated(cost: string, usage: Record<string, string>, rate = '1.23') {
  const vector = toVector(Object.entries(usage).map(([element, used]) => [element, toUnits(used)]))
  const input = { cost: toUnits(cost), usage: vector, rate, defaultElement: 'Rest' }
  const plain = (amounts: Iterable<[string, bigint]>) =>
    Object.fromEntries([...amounts].map(([element, amount]) => [element, fromUnits(amount)]))
  const amounts = rateAmounts(input)
  const weights = rateVector(input)
  const parts = splitCost({ cost: input.cost, weights: weights.weights })
  const split = new Map(weights.elements.map((element, index) => [element, parts[index] ?? 0n]))
  return {
    amounts: plain(amounts),
    vector: plain(entriesOf(weights)),
    lines: plain(balanceAmounts({ amounts, split })),
  }
}

describe('Rate: a fixed price for each unit, and the balance for the default element', () => {
  it.each<[string, ReturnType<typeof rated>, ReturnType<typeof rated>]>([
    [
      'what is left is the default element’s',
      rated('100', { Email: '10', Messaging: '20' }),
      {
        amounts: { Email: '12.3', Messaging: '24.6', Rest: '63.1' },
        vector: { Email: '12.3', Messaging: '24.6', Rest: '63.1' },
        lines: {},
      },
    ],
    [
      'so is what it used itself',
      rated('100', { Email: '10', Rest: '20' }),
      { amounts: { Email: '12.3', Rest: '87.7' }, vector: { Email: '12.3', Rest: '87.7' }, lines: {} },
    ],
    [
      'charges above the cost: lines that balance them',
      rated('24.6', { Email: '10', Messaging: '20' }),
      {
        amounts: { Email: '12.3', Messaging: '24.6', Rest: '-12.3' },
        vector: { Email: '12.3', Messaging: '24.6' },
        lines: { Email: '4.1', Messaging: '8.2', Rest: '-12.3' },
      },
    ],
    [
      'credits',
      rated('-5', { Email: '10' }),
      {
        amounts: { Email: '12.3', Rest: '-17.3' },
        vector: { Rest: '0.000000000000000001' },
        lines: { Email: '12.3', Rest: '-12.3' },
      },
    ],
    [
      'no cost',
      rated('0', { Email: '10' }),
      {
        amounts: { Email: '12.3', Rest: '-12.3' },
        vector: { Rest: '0.000000000000000001' },
        lines: { Email: '12.3', Rest: '-12.3' },
      },
    ],
    ['no usage', rated('7', {}), { amounts: { Rest: '7' }, vector: { Rest: '7' }, lines: {} }],
  ])('%s', (_, result, expected) => expect(result).toEqual(expected))

  it.each(['-1', 'x'])('refuses the rate %s', (rate) => {
    expect(() => rated('1', { Email: '1' }, rate)).toThrow(RangeError)
  })

  it('charges rate × usage and loses nothing, for all of them', () => {
    const costArb = fc.bigInt(-(10n ** 33n), 10n ** 33n)
    const rateArb = fc.constantFrom('0', '1', '1.23', '0.000000000000000001', '7.000000000000000003')
    fc.assert(
      fc.property(vectorArb, costArb, rateArb, fc.constantFrom(...NAMES), (usage, cost, rate, defaultElement) => {
        const input = { cost, usage, rate, defaultElement }
        const amounts = rateAmounts(input)
        expect(sumOf([...amounts.values()])).toBe(cost)
        const one = fraction(10n ** 18n)
        for (const [element, used] of entriesOf(usage)) {
          if (element === defaultElement) continue
          const exact = multiply(divide(fraction(used), one), parse(rate))
          expect(fraction(amounts.get(element) ?? 0n, 10n ** 18n)).toEqual(round(exact, 12))
        }
        const vector = rateVector(input)
        const parts = splitCost({ cost, weights: vector.weights })
        const split = new Map(vector.elements.map((element, index) => [element, parts[index] ?? 0n]))
        const lines = balanceAmounts({ amounts, split })
        expect(sumOf([...lines.values()])).toBe(0n)
        const isCovered = cost > 0n && (amounts.get(defaultElement) ?? 0n) >= 0n
        if (isCovered && cost % QUANTUM === 0n) expect([...lines]).toEqual([])
      }),
      { seed: 1 },
    )
  })
})
