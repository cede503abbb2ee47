import fc from 'fast-check'
import { afterAll, describe, expect, it } from 'vitest'
import { mapping } from '../../contract/import-profiles'
import { planLines } from './plan'
import { openTestEngine, relationOf, runPlan, textColumns } from './run.test-helper'

const engine = openTestEngine()
afterAll(() => engine.close())

const digits = (maxLength: number) =>
  fc.array(fc.integer({ min: 0, max: 9 }), { minLength: 0, maxLength }).map((list) => list.join(''))

/** A decimal of up to 20 + 18 digits: its texts, and what each means. */
const decimals = fc.record({
  negative: fc.boolean(),
  whole: digits(20),
  fraction: digits(18),
  shift: fc.integer({ min: -6, max: 6 }),
})
type Drawn = { negative: boolean; whole: string; fraction: string; shift: number }

const canonical = ({ negative, whole, fraction }: Drawn): string => {
  const left = whole.replace(/^0+/, '') || '0'
  const right = fraction.replace(/0+$/, '')
  const text = right === '' ? left : `${left}.${right}`
  return negative && text !== '0' ? `-${text}` : text
}

/** The same number in E-notation: the point moved, the exponent moving it back. */
function scientific({ negative, whole, fraction, shift }: Drawn): string {
  const all = `${whole}${fraction}` || '0'
  const point = Math.min(Math.max((`${whole}${fraction}` ? whole.length : 1) + shift, 1), all.length)
  const moved = point - (`${whole}${fraction}` ? whole.length : 1)
  return `${negative ? '-' : ''}${all.slice(0, point)}.${all.slice(point)}E${-moved}`
}

const plainText = (drawn: Drawn) =>
  `${drawn.negative ? '-' : ''}${drawn.whole || '0'}${drawn.fraction ? `.${drawn.fraction}` : ''}`
const grouped = (drawn: Drawn) => {
  const whole = (drawn.whole || '0').replace(/\B(?=(\d{3})+$)/g, '.')
  return `${drawn.negative ? '(' : ''}${whole}${drawn.fraction ? `,${drawn.fraction}` : ''} €${drawn.negative ? ')' : ''}`
}

describe('decimals', () => {
  it('are stored as they are written, or refused with a reason', async () => {
    const focus = [
      'BilledCost',
      'PricingQuantity',
      'BillingCurrency',
      'BillingPeriodStart',
      'ChargePeriodStart',
      'ChargePeriodEnd',
    ]
    const rest = ['USD', '2024-09-01', '2024-09-01', '2024-09-02']
    const plan = planLines({ columns: textColumns(focus), format: 'auto' })
    const byMapping = planLines({
      columns: textColumns(focus),
      format: 'mapping',
      mapping: mapping.parse({ cost: 'BilledCost', period_start: 'ChargePeriodStart', decimal_mark: ',' }),
    })
    await fc.assert(
      fc.asyncProperty(fc.array(decimals, { minLength: 20, maxLength: 20 }), async (drawn) => {
        const wanted = drawn.map(canonical)
        const relation = relationOf(drawn.map((one) => [plainText(one), scientific(one), ...rest]))
        const { lines, faults } = await runPlan({ engine, plan, relation })
        // A long number in E-notation may be refused, never changed.
        expect(faults.filter(([column]) => column === 'BilledCost')).toEqual([])
        const refused = new Set(faults.map(([, value]) => value))
        const kept = drawn.filter((one) => !refused.has(scientific(one)))
        expect(lines.map((line) => [line.BilledCost, line.PricingQuantity])).toEqual(
          kept.map((one) => [canonical(one), canonical(one)]),
        )
        const local = await runPlan({
          engine,
          plan: byMapping,
          relation: relationOf(drawn.map((one) => [grouped(one), '', ...rest])),
        })
        expect(local.faults).toEqual([])
        expect(local.lines.map((line) => line.BilledCost)).toEqual(wanted)
      }),
      { numRuns: 12 },
    )
  }, 120_000)

  it('are never taken from texts that are none', async () => {
    const header = ['BilledCost', 'BillingCurrency', 'BillingPeriodStart', 'ChargePeriodStart', 'ChargePeriodEnd']
    const plan = planLines({ columns: textColumns(header), format: 'auto' })
    // Short texts of the characters that numbers are made of.
    const relation = `(SELECT number AS n, arrayStringConcat(arrayMap(i -> substring('0123456789.-+eE.-0 ', 1 + cityHash64(number, i) % 19, 1), range(cityHash64(number) % 9))) AS c0,
      'USD' AS c1, '2024-09-01' AS c2, '2024-09-01' AS c3, '2024-09-02' AS c4 FROM numbers(300000))`
    const isDecimal = `match(c0, '^[-+]?(\\\\d+\\\\.?\\\\d*|\\\\.\\\\d+)([eE][-+]?\\\\d+)?$')`
    const missed = await engine.rows(`SELECT c0 FROM ${relation} WHERE NOT (${plan.suspicious}) AND NOT ${isDecimal}`)
    expect(missed).toEqual([])
    const unexplained = await engine.rows(`SELECT c0 FROM ${relation} WHERE empty(${plan.faults}) AND NOT ${isDecimal}`)
    expect(unexplained).toEqual([])
    // And what is cheaply trusted has nothing wrong with it.
    const wrong = await engine.rows(
      `SELECT c0 FROM ${relation} WHERE NOT (${plan.suspicious}) AND notEmpty(${plan.faults})`,
    )
    expect(wrong).toEqual([])
  })
})
