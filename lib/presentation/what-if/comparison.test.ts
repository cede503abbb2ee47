import { describe, expect, test } from 'vitest'
import type { MethodsReport } from '@/lib/contract/what-if'
import { sumExact } from '../exact'
import { prepareMethods } from './comparison'

const report: MethodsReport = {
  ...{ dimension: 'Split it', dimension_id: 'Split', metric: 'BilledCost', currency: 'USD', currencies: ['USD'] },
  ...{ from: '2024-09-01T00:00:00Z', to: '2024-09-06T00:00:00Z', definition_version: 3 },
  ...{ up_to_date: true, failure: null, total: '10' },
  columns: [
    { method: null, error: null, totals: { cost: '10', allocated: '9', unallocated: '1' } },
    { method: { type: 'even' }, error: null, totals: { cost: '10', allocated: '10', unallocated: '0' } },
    { method: { type: 'stream', stream: 'gone' }, error: 'There is no such stream.', totals: null },
  ],
  elements: [
    { element: 'A', reason: null, amounts: ['5', '3.333333', null] },
    { element: 'B', reason: null, amounts: ['3', '3.333333', null] },
    { element: 'C', reason: null, amounts: ['1', '3.333334', null] },
    { element: null, reason: 'no_telemetry', amounts: ['1', '0', null] },
    { element: null, reason: 'zero_weights', amounts: ['0', '0', null] },
  ],
  dimensions: [{ id: 'Team', name: 'Team' }],
}

describe('methods side by side', () => {
  test('columns add up as shown, and say how they differ from now', () => {
    const { rows, columns, shownTotal } = prepareMethods({ report })
    expect(columns.map(({ name }) => name)).toEqual(['Now', 'Even', 'By gone'])
    expect(rows.map(({ name, kind }) => [name, kind])).toEqual([
      ['A', 'element'],
      ['B', 'element'],
      ['C', 'element'],
      ['Unallocated: no telemetry', 'without'],
    ])
    expect(sumExact(rows.map(({ cells }) => cells[1]?.shown ?? '0'))).toBe('10')
    expect(shownTotal).toBe('10.00')
    expect(rows[2]?.cells[1]).toMatchObject({ amount: '3.333334', difference: '2.333334', share: '33.4%' })
    expect(rows.map(({ cells }) => cells[2])).toEqual([null, null, null, null])
  })

  test('past the top one row stands for all others, exactly', () => {
    const { rows, elements } = prepareMethods({ report, top: 1 })
    expect(rows.map(({ name }) => name)).toEqual(['A', 'Other (2 of 3)', 'Unallocated: no telemetry'])
    expect(rows[1]?.cells.map((cell) => cell?.amount ?? null)).toEqual(['4', '6.666667', null])
    expect(elements).toEqual({ all: 3, inOther: 2 })
  })
})
