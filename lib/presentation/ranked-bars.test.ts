import { expect, test } from 'vitest'
import { rankBars } from './ranked-bars'

test('by size, without a value named, the rest counted', () => {
  const { bars, total, shownTotal } = rankBars({
    items: [
      { label: 'a', amount: '1.005' },
      { label: null, amount: '8' },
      { label: 'b', amount: '-2.005' },
      { label: 'c', amount: '0.5' },
      { label: 'd', amount: '0.25' },
    ],
    none: 'No service',
    top: 3,
  })
  expect(bars.map(({ label, kind, amount, width }) => ({ label, kind, amount, width }))).toEqual([
    { label: 'No service', kind: 'none', amount: '8', width: 100 },
    { label: 'b', kind: 'named', amount: '-2.005', width: 25.0625 },
    { label: 'a', kind: 'named', amount: '1.005', width: 12.5625 },
    { label: 'Other (2 of 5)', kind: 'other', amount: '0.75', width: 9.375 },
  ])
  expect(total).toBe('7.75')
  expect(shownTotal).toBe('7.75')
})

test('nothing', () => {
  expect(rankBars({ items: [], none: '' })).toEqual({ bars: [], digits: 2, total: '0', shownTotal: '0.00', count: 0 })
})
