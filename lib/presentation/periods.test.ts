import { expect, test } from 'vitest'
import { isoTime, periodLabel, periodsOf } from './periods'

test('days, months and hours of a range, its end excluded', () => {
  expect(periodsOf({ from: '2024-02-28', to: '2024-03-02' }, 'daily')).toEqual([
    '2024-02-28T00:00:00Z',
    '2024-02-29T00:00:00Z',
    '2024-03-01T00:00:00Z',
  ])
  expect(periodsOf({ from: '2024-01-15', to: '2024-03-01' }, 'monthly')).toEqual([
    '2024-01-01T00:00:00Z',
    '2024-02-01T00:00:00Z',
  ])
  expect(periodsOf({ from: '2024-03-31', to: '2024-04-01' }, 'hourly')).toHaveLength(24)
  expect(periodsOf({ from: '2024-03-31', to: '2024-04-30' }, 'total')).toEqual(['2024-03-31T00:00:00Z'])
})

test('periodLabel speaks UTC', () => {
  expect(periodLabel('2024-09-01T00:00:00Z', 'daily')).toBe('1 Sep')
  expect(periodLabel('2024-09-01T23:00:00Z', 'hourly')).toBe('1 Sep 23:00')
})

test('isoTime has one spelling', () => {
  expect(isoTime('2024-09-01T00:00:00.000+00:00')).toBe('2024-09-01T00:00:00Z')
})
