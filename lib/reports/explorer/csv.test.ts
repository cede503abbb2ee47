import { parse } from 'csv-parse/sync'
import { expect, it } from 'vitest'
import type { ExplorerReport } from '../../contract/explorer'
import { explorerCsv } from './csv'

const report: ExplorerReport = {
  metric: 'BilledCost',
  currency: 'USD',
  currencies: ['USD'],
  granularity: 'daily',
  basis: 'charge',
  from: '2024-09-01T00:00:00Z',
  to: '2024-10-01T00:00:00Z',
  group_by: ['service'],
  rows: [
    { period: '2024-09-01T00:00:00Z', group: ['A'], other: false, cost: '10.1', lines: 2 },
    { period: '2024-09-01T00:00:00Z', group: [null], other: true, cost: '1', lines: 1 },
    { period: '2024-09-30T00:00:00Z', group: ['A'], other: false, cost: '-5', lines: 1 },
  ],
  groups: [],
  other_groups: 3,
  total: '6.1',
  lines: 4,
  previous: {
    from: '2024-08-01T00:00:00Z',
    to: '2024-09-01T00:00:00Z',
    total: '13.000000000000000003',
    lines: 3,
    difference: '-6.900000000000000003',
    periods: [],
    rows: [
      { period: '2024-08-01T00:00:00Z', group: ['A'], other: false, cost: '4.000000000000000003' },
      { period: '2024-08-02T00:00:00Z', group: [null], other: true, cost: '2' },
      { period: '2024-08-31T00:00:00Z', group: ['A'], other: false, cost: '7' },
    ],
  },
  units: [],
  up_to_date: true,
  failure: null,
}

it('keeps a spreadsheet from running a name, and leaves a negative number', () => {
  const names = ["-2+3+cmd|' /C calc'!A0", '=1+1', '+1', '@x', '-1.5', '-', 'a-b']
  const rows = names.map((name) => ({ ...report.rows[0], group: [name] }) as (typeof report.rows)[number])
  const [, ...lines] = parse(explorerCsv({ ...report, rows, previous: null })) as string[][]
  expect(lines.map(([, name]) => name)).toEqual(["'-2+3+cmd|' /C calc'!A0", "'=1+1", "'+1", "'@x", '-1.5', "'-", 'a-b'])
})

it('sets each period beside that of the range before, and leaves none out', () => {
  const [head, ...rows] = parse(explorerCsv(report)) as string[][]
  expect(head).toEqual([
    'Period',
    'service',
    'Kind',
    'BilledCost (USD)',
    'Cost lines',
    'Previous period',
    'Previous BilledCost (USD)',
    'Difference (USD)',
  ])
  const [first, last, other] = ['2024-09-01T00:00:00Z', '2024-09-30T00:00:00Z', 'Other (3 groups)']
  expect(rows).toEqual([
    [first, 'A', 'group', '10.1', '2', '2024-08-01T00:00:00Z', '4.000000000000000003', '6.099999999999999997'],
    [first, other, 'other', '1', '1', '', '', '1'],
    ['', other, 'other', '', '', '2024-08-02T00:00:00Z', '2', '-2'],
    [last, 'A', 'group', '-5', '1', '', '', '-5'],
    ['', 'A', 'group', '', '', '2024-08-31T00:00:00Z', '7', '-7'],
  ])
})

it.each([
  ['weekly', '2024-09-04T00:00:00Z', '2024-09-02T00:00:00Z', '2024-08-28T00:00:00Z', '2024-08-26T00:00:00Z'],
  ['monthly', '2024-09-01T00:00:00Z', '2024-09-01T00:00:00Z', '2024-08-01T00:00:00Z', '2024-08-01T00:00:00Z'],
  ['hourly', '2024-09-01T10:30:00Z', '2024-09-01T10:00:00Z', '2024-08-31T10:30:00Z', '2024-08-31T10:00:00Z'],
] as const)('pairs what is %s', (granularity, from, period, before, previousPeriod) => {
  const { previous, rows } = report
  if (!previous) throw new Error('not compared')
  const text = explorerCsv({
    ...report,
    granularity,
    from,
    rows: rows.slice(0, 1).map((row) => ({ ...row, period })),
    previous: {
      ...previous,
      from: before,
      rows: previous.rows.slice(0, 1).map((row) => ({ ...row, period: previousPeriod })),
    },
  })
  expect((parse(text) as string[][]).slice(1).map((row) => [row[0], row[5]])).toEqual([[period, previousPeriod]])
})
