import { expect, test } from 'vitest'
import { axisLabel, toPixels } from './axis'
import { csvCell, splitCsv } from './split-csv'

test.each([
  ['Email', 'Email'],
  ['a,b', '"a,b"'],
  ['say "x"', '"say ""x"""'],
  ['=HYPERLINK(1)', "'=HYPERLINK(1)"],
  ['-1.5', '-1.5'],
  ['-x', "'-x"],
])('%s', (value, cell) => {
  expect(csvCell(value)).toBe(cell)
})

test('every digit, gaps empty', () => {
  const series = { kind: 'element' as const, slot: 0, shown: '', share: null, shownAmounts: [], gaps: [] }
  const csv = splitCsv({
    unit: { currency: 'USD' },
    digits: 2,
    series: [{ ...series, name: 'Email', total: '0.123456789012', amounts: ['0.123456789012', null] }],
    periods: [
      { period: '2024-09-01T00:00:00Z', label: '', total: '0.123456789012', shownTotal: '' },
      { period: '2024-09-02T00:00:00Z', label: '', total: null, shownTotal: null },
    ],
    totals: { cost: '0.123456789012', allocated: '0.123456789012', unallocated: '0' },
    shown: { cost: '', allocated: '', unallocated: '' },
    shares: { allocated: null, unallocated: null },
    elements: { all: 1, inOther: 0 },
    reasons: [],
  })
  expect(csv).toBe(
    'period,Email,total\n2024-09-01T00:00:00Z,0.123456789012,0.123456789012\n2024-09-02T00:00:00Z,,\ntotal,0.123456789012,0.123456789012\n',
  )
})

test('axis', () => {
  expect(axisLabel(0.1 + 0.2, { currency: 'USD' })).toBe('$0.3')
  expect(axisLabel(1e-7, { word: 'units' })).toBe('0.0000001')
  expect(toPixels(null)).toBeNull()
  expect(toPixels('0.25')).toBe(0.25)
})
