import { describe, expect, it } from 'vitest'
import { METRICS } from '../../contract/common'
import { REQUIRED_COLUMNS, readFocusHeader } from './focus-header'

const REQUIRED: readonly string[] = REQUIRED_COLUMNS

describe('the header of a FOCUS bill', () => {
  it('finds each column by its name, in any order and case, blanks aside', () => {
    const header = readFocusHeader(['Tags', ' billedcost ', 'x_Team', 'X_other', 'ServiceName', ...REQUIRED.slice(1)])
    expect(header.width).toBe(9)
    expect(header.columns.slice(0, 5)).toEqual([
      { name: 'Tags', kind: 'tags', index: 0 },
      { name: 'BilledCost', kind: 'decimal', index: 1 },
      { name: 'x_Team', kind: 'attribute', index: 2 },
      { name: 'X_other', kind: 'attribute', index: 3 },
      { name: 'ServiceName', kind: 'text', index: 4 },
    ])
    expect(header.columns.at(-1)).toEqual({ name: 'ChargePeriodEnd', kind: 'time', index: 8 })
  })

  it('says which metrics the file lacks, and what is not kept', () => {
    const header = readFocusHeader([...REQUIRED, 'Colour', '', 'x_'])
    expect(header.warnings).toEqual([
      `The file has no ${METRICS.slice(1).join(', ')}: these metrics are 0 for its lines.`,
      'Not FOCUS columns, and not kept: Colour, , x_.',
    ])
    expect(readFocusHeader([...REQUIRED, ...METRICS.slice(1)]).warnings).toEqual([])
  })

  it.each<[names: string[], message: string | RegExp]>([
    [REQUIRED.slice(1), 'This looks like FOCUS, but the header lacks BilledCost. Seen: "BillingCurrency"'],
    [
      ['a', 'b'],
      /^This is not a FOCUS bill: its first line should be a header with BilledCost, BillingCurrency.*Seen: "a", "b"/,
    ],
    [[REQUIRED.join(';')], /^This is not a FOCUS bill.*separated by commas/],
    [['x'.repeat(500)], /Seen: "x{40}"\./],
    [Array.from({ length: 20 }, (_, index) => `c${index}`), /"c7", … \(20 columns\)/],
    [[...REQUIRED, 'billedCOST'], 'The header names the column BilledCost twice.'],
    [[...REQUIRED, 'x_a', 'x_a'], 'The header names the column x_a twice.'],
    [Array.from({ length: 2001 }, () => 'x'), /2001 columns; at most 2000/],
    [[], /not a FOCUS bill/],
  ])('refuses %.0j', (names, message) => {
    expect(() => readFocusHeader(names)).toThrow(message)
  })
})
