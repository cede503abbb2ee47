import { expect, test } from 'vitest'
import { prepareCostSeries } from './cost-series'

test('days without a line are gaps, and what is shown adds up', () => {
  const series = prepareCostSeries({
    metric: 'BilledCost',
    currency: 'USD',
    currencies: ['USD'],
    from: '2024-09-01T00:00:00Z',
    to: '2024-09-04T00:00:00Z',
    group_by: [],
    rows: [
      { period: '2024-09-01T00:00:00Z', group: [], cost: '1.005', lines: 2 },
      { period: '2024-09-03T00:00:00Z', group: [], cost: '2.005', lines: 1 },
    ],
    total: '3.01',
    lines: 3,
  })
  expect(series.points.map(({ label, cost, shown, lines }) => [label, cost, shown, lines])).toEqual([
    ['1 Sep', '1.005', '1.01', 2],
    ['2 Sep', null, null, 0],
    ['3 Sep', '2.005', '2.00', 1],
  ])
  expect(series.shownTotal).toBe('3.01')
})
