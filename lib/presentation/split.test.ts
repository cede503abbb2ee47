import { describe, expect, test } from 'vitest'
import type { AllocationsReport } from '@/lib/contract/allocations'
import { sumExact } from './exact'
import { prepareSplit } from './split'

const day = (n: number) => `2024-09-0${n}T00:00:00Z`

function report(over: Partial<AllocationsReport> = {}): AllocationsReport {
  return {
    dimension: 'Split Data Lake',
    dimension_id: 'SplitDataLake',
    metric: 'BilledCost',
    currency: 'USD',
    currencies: ['USD'],
    from: day(1),
    to: day(5),
    definition_version: 1,
    group_by: [],
    rows: [
      { period: day(1), element: 'Email', amount: '0.0111', gaps: ['even', 'carry'] },
      { period: day(1), element: 'Messaging', amount: '0.1111', gaps: [] },
      { period: day(2), element: 'Email', amount: '0.00005', gaps: [] },
      { period: day(2), element: 'Messaging', amount: '0.10005', gaps: [] },
    ],
    unallocated: [{ period: day(4), reason: 'no_telemetry', amount: '0.0333', gaps: [] }],
    totals: { cost: '0.2556', allocated: '0.2223', unallocated: '0.0333' },
    up_to_date: true,
    failure: null,
    computed_at: null,
    ...over,
  }
}

describe('prepareSplit', () => {
  test('elements by size, unallocated last, gaps stay gaps', () => {
    const split = prepareSplit({ report: report(), granularity: 'daily' })
    expect(split.series.map(({ kind, name }) => [kind, name])).toEqual([
      ['element', 'Messaging'],
      ['element', 'Email'],
      ['unallocated', 'Unallocated'],
    ])
    expect(split.periods.map(({ label, total }) => [label, total])).toEqual([
      ['1 Sep', '0.1222'],
      ['2 Sep', '0.1001'],
      ['3 Sep', null],
      ['4 Sep', '0.0333'],
    ])
    expect(split.series[1]?.amounts).toEqual(['0.0111', '0.00005', null, null])
  })

  test('an amount says which gap policies touched it', () => {
    const split = prepareSplit({ report: report(), granularity: 'daily' })
    expect(split.series[1]?.gaps).toEqual([['carry', 'even'], [], [], []])
    expect(split.series[0]?.gaps).toEqual([[], [], [], []])
  })

  test('columns and totals add up as shown', () => {
    const split = prepareSplit({ report: report(), granularity: 'daily' })
    for (const series of split.series) {
      expect(sumExact(series.shownAmounts.filter((amount) => amount !== null))).toBe(sumExact([series.shown]))
    }
    expect(sumExact(split.series.map((series) => series.shown))).toBe(split.shown.cost)
    expect(split.shown).toEqual({ cost: '0.2556', allocated: '0.2223', unallocated: '0.0333' })
    expect(split.shares).toEqual({ allocated: '87.0%', unallocated: '13.0%' })
  })

  test('as a total, every row of a finer report counts', () => {
    const split = prepareSplit({ report: report(), granularity: 'total' })
    expect(split.periods).toHaveLength(1)
    expect(split.series.map((series) => series.amounts)).toEqual([['0.21115'], ['0.01115'], ['0.0333']])
    expect(split.periods[0]?.shownTotal).toBe('0.2556')
  })

  test('past the top come all others, counted; one alone keeps its name', () => {
    const many = (count: number) =>
      report({
        rows: Array.from({ length: count }, (_, at) => ({
          period: day(1),
          element: `e${at}`,
          amount: `${100 - at}`,
          gaps: [],
        })),
        unallocated: [],
        totals: { cost: '1', allocated: '1', unallocated: '0' },
      })
    const names = (count: number) =>
      prepareSplit({ report: many(count), granularity: 'daily', top: 3 }).series.map((series) => series.name)
    expect(names(4)).toEqual(['e0', 'e1', 'e2', 'e3'])
    expect(names(6)).toEqual(['e0', 'e1', 'e2', 'Other (3 of 6)'])
  })

  test('an element is shown alike, whatever the top', () => {
    const rows = Array.from({ length: 9 }, (_, at) => ({
      period: day(1),
      element: `e${at}`,
      amount: `${9 - at}.00${at}`,
      gaps: [],
    }))
    const cost = sumExact(rows.map((row) => row.amount))
    const many = report({ rows, unallocated: [], totals: { cost, allocated: cost, unallocated: '0' } })
    const [few, all] = [2, 9].map((top) => prepareSplit({ report: many, granularity: 'daily', top }))
    expect(few?.series.slice(0, 2).map((one) => one.shown)).toEqual(all?.series.slice(0, 2).map((one) => one.shown))
    expect(few?.shown.cost).toBe(all?.shown.cost)
  })

  test('no cost at all', () => {
    const split = prepareSplit({
      report: report({ rows: [], unallocated: [], totals: { cost: '0', allocated: '0', unallocated: '0' } }),
      granularity: 'daily',
    })
    expect(split.series).toEqual([])
    expect(split.shown.cost).toBe('0.00')
    expect(split.shares).toEqual({ allocated: null, unallocated: null })
  })
})
