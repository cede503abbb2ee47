import { expect, test } from 'vitest'
import type { ExplorerReport } from '@/lib/contract/explorer'
import { prepareExplorer, sortSeries } from './report'

const group = (name: string | null, cost: string, previous: string, other = false) => ({
  group: [name],
  other,
  cost,
  lines: 1,
  previous,
  difference: '0',
})

const report: ExplorerReport = {
  metric: 'BilledCost',
  currency: 'USD',
  currencies: ['USD'],
  granularity: 'daily',
  basis: 'charge',
  from: '2024-09-02T00:00:00Z',
  to: '2024-09-05T00:00:00Z',
  group_by: ['service'],
  rows: [
    { period: '2024-09-02T00:00:00Z', group: ['Other'], other: false, cost: '10.005', lines: 1 },
    { period: '2024-09-04T00:00:00Z', group: [null], other: false, cost: '-3.333', lines: 1 },
    { period: '2024-09-04T00:00:00Z', group: [null], other: true, cost: '1.333', lines: 1 },
  ],
  groups: [group('Other', '10.005', '0'), group(null, '-3.333', '-5'), group(null, '1.333', '2', true)],
  other_groups: 4,
  total: '8.005',
  lines: 3,
  previous: {
    from: '2024-08-30T00:00:00Z',
    to: '2024-09-02T00:00:00Z',
    total: '-3',
    lines: 2,
    difference: '11.005',
    periods: [{ period: '2024-08-31T00:00:00Z', cost: '-3' }],
    rows: [],
  },
  units: [],
  up_to_date: true,
  failure: null,
}

test('a group named Other, cost without a value and all others stay apart', () => {
  const { series } = prepareExplorer({
    report,
    keys: [{ key: 'service', label: 'Service', kind: 'column', child: null }],
  })
  expect(series.map(({ name, kind }) => [name, kind])).toEqual([
    ['Other', 'group'],
    ['No Service', 'group'],
    ['Other (4)', 'other'],
  ])
  expect(series.map(({ amounts }) => amounts)).toEqual([
    ['10.005', null, null],
    [null, null, '-3.333'],
    [null, null, '1.333'],
  ])
})

test('what is shown adds up, and changes are between what is shown', () => {
  const { series, shownTotal, change, periods } = prepareExplorer({ report, keys: [] })
  expect(shownTotal).toBe('8.01')
  expect(series.map(({ shown }) => shown)).toEqual(['10.01', '-3.33', '1.33'])
  expect(series.map((one) => one.change?.percent)).toEqual([null, '+33.3%', '−33.4%'])
  expect(change).toMatchObject({ shownPrevious: '-3.00', shownDifference: '11.01', percent: '+366.8%' })
  expect(periods.map(({ total, previous, previousPeriod }) => [total, previous, previousPeriod])).toEqual([
    ['10.005', null, '2024-08-30T00:00:00Z'],
    [null, '-3', '2024-08-31T00:00:00Z'],
    ['-2', null, '2024-09-01T00:00:00Z'],
  ])
})

test('weeks and months begin before the range where it does not begin with one', () => {
  const weekly = prepareExplorer({ report: { ...report, granularity: 'weekly', from: '2024-09-04' }, keys: [] })
  expect(weekly.periods.map(({ period }) => period)).toEqual(['2024-09-02T00:00:00Z'])
})

test('sorted by any column, Other last', () => {
  const { series } = prepareExplorer({ report, keys: [] })
  const names = (sort: Parameters<typeof sortSeries>[1]) => sortSeries(series, sort).map(({ name }) => name)
  expect(names({ sort: 'cost', reverse: true })).toEqual(['No service', 'Other', 'Other (4)'])
  expect(names({ sort: 'name', reverse: false })).toEqual(['No service', 'Other', 'Other (4)'])
  expect(names({ sort: 'difference', reverse: false })).toEqual(['Other', 'No service', 'Other (4)'])
})
