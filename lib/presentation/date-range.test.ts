import { describe, expect, test } from 'vitest'
import { defaultRange, describeRange, monthsOf, rangePresets, shiftDay } from './date-range'

describe('defaultRange', () => {
  test.each([
    ['2024-09-01', '2024-09-30', '2024-09-01', '2024-10-01'],
    ['2024-09-03', '2024-09-10', '2024-09-03', '2024-09-11'],
    ['2024-07-15', '2024-10-05', '2024-09-01', '2024-10-01'],
    ['2024-08-01', '2024-09-30', '2024-09-01', '2024-10-01'],
    ['2024-08-20', '2024-09-25', '2024-08-26', '2024-09-26'],
  ])('a bill of %s to %s opens at %s until %s', (first, last, from, to) => {
    expect(defaultRange(first, last)).toEqual({ from, to })
  })
})

test('monthsOf crosses the year, newest first', () => {
  expect(monthsOf('2023-12-31', '2024-01-01').map((month) => month.from)).toEqual(['2024-01-01', '2023-12-01'])
})

test('rangePresets has the months of the bill', () => {
  expect(rangePresets('2024-08-01', '2024-09-30').map((preset) => preset.label)).toEqual([
    'Whole bill',
    'September 2024',
    'August 2024',
    'Last 7 days of the bill',
  ])
})

test('rangePresets of a short bill offers no range twice, and none from before it', () => {
  const labels = (first: string, last: string) => rangePresets(first, last).map((preset) => preset.label)
  expect(labels('2024-09-01', '2024-09-30')).toEqual(['Whole bill', 'Last 7 days of the bill'])
  expect(labels('2024-09-03', '2024-09-05')).toEqual(['Whole bill', 'September 2024'])
})

test('shiftDay has no daylight saving', () => {
  expect(shiftDay('2024-03-30', 2)).toBe('2024-04-01')
  expect(shiftDay('2024-10-28', -1)).toBe('2024-10-27')
})

test.each([
  ['2024-09-01', '2024-10-01', '1 – 30 Sep 2024'],
  ['2024-09-01', '2024-09-02', '1 Sep 2024'],
  ['2024-08-20', '2024-09-26', '20 Aug – 25 Sep 2024'],
  ['2023-12-31', '2024-01-02', '31 Dec 2023 – 1 Jan 2024'],
])('describeRange %s %s', (from, to, words) => {
  expect(describeRange({ from, to })).toBe(words)
})
