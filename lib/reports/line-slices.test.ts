import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { lineSlices, readSlices } from './line-slices'

const DAYS = Array.from({ length: 20 }, (_, index) => `2024-09-${String(index + 1).padStart(2, '0')}`)

/** Days that pass a test over cost_lines. */
function passing(slice: string): string[] {
  const from = /ChargePeriodStart\) >= toDate\('(.*?)'\)/.exec(slice)?.[1] ?? ''
  const to = /ChargePeriodStart\) < toDate\('(.*?)'\)/.exec(slice)?.[1] ?? '9'
  return DAYS.filter((day) => day >= from && day < to)
}

describe('lines in slices of days', () => {
  it('has each day in one slice, and no slice of several days above its lines', () => {
    const rows = fc.array(fc.record({ day: fc.constantFrom(...DAYS), lines: fc.integer({ min: 0, max: 100 }) }), {
      minLength: 1,
      maxLength: 60,
    })
    fc.assert(
      fc.property(rows, fc.integer({ min: 1, max: 500 }), (days, most) => {
        const slices = lineSlices(days, most).map(passing)
        expect(slices.flat()).toEqual(DAYS)
        for (const slice of slices) {
          const held = days.filter(({ day }) => slice.includes(day))
          const lines = held.reduce((sum, row) => sum + row.lines, 0)
          expect(lines <= most || new Set(held.map(({ day }) => day)).size === 1).toBe(true)
        }
      }),
      { seed: 7, numRuns: 300 },
    )
  })

  it('reads nothing by itself where one statement does, and gives up on a slice of too many rows', async () => {
    const read = async ({ limit }: { limit: number }) => Array.from({ length: limit }, (_, index) => index)
    expect(await readSlices({ slices: lineSlices([]), read })).toBeNull()
    expect(await readSlices({ slices: lineSlices([{ day: '2024-09-01', lines: 9 }]), read })).toBeNull()
    expect(await readSlices({ slices: ['a', 'b'], read })).toBeNull()
    expect(await readSlices({ slices: ['a', 'b'], read: async ({ slice }) => [slice] })).toEqual(['a', 'b'])
  })
})
