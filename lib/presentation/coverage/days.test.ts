import { describe, expect, test } from 'vitest'
import type { CoverageReport, SplitCoverage, StreamDay } from '@/lib/contract/coverage'
import { delayWords, prepareCoverage, worstDays } from './days'

const nothing = { cost: '10', covered: '0', filled: '0', missing: '0', zero: '0', other: '0' }
const day = (n: number) => `2024-09-0${n}`
const streamDay = (n: number, over: Partial<StreamDay>): StreamDay => ({
  ...{ day: day(n), cost: '10', taken: '0', filled: '0', missing: '0', zero: '0' },
  ...{ records: 2, zero_records: 0, unmatched_records: 0, late_records: 0, received: 'on_time', delay_seconds: 60 },
  ...over,
})

const split: SplitCoverage = {
  ...{ dimension: 'Split it', dimension_id: 'Split', by: 'streams', up_to_date: true, failure: null, total: nothing },
  days: [
    { ...nothing, day: day(1), covered: '10' },
    { ...nothing, day: day(2), missing: '4', covered: '6' },
    { ...nothing, day: day(3), zero: '10' },
  ],
  streams: [
    {
      ...{ stream: 'writes', granularity: 'DAILY' },
      days: [
        streamDay(1, { taken: '10', records: 40, received: 'late', late_records: 3, delay_seconds: 200_000 }),
        streamDay(2, { missing: '4', records: 0, received: null, delay_seconds: null }),
        streamDay(3, { taken: '10', unmatched_records: 1 }),
      ],
    },
  ],
}
const report: CoverageReport = {
  ...{ metric: 'BilledCost', currency: 'USD', currencies: ['USD'], late_hours: 24, splits: [split] },
  ...{ from: `${day(1)}T00:00:00Z`, to: `${day(5)}T00:00:00Z` },
}

describe('coverage, day by day', () => {
  const strips = prepareCoverage({ report, split })

  test('each day has one status, and days without cost stay in', () => {
    expect(strips.map(({ days }) => days.map(({ status }) => status))).toEqual([
      ['covered', 'missing', 'zero', 'none'],
      ['late', 'missing', 'unmatched', 'none'],
    ])
    expect(strips[0]?.days.map(({ weight }) => weight)).toEqual([1, 0.4, 1, 0])
  })

  test('says how many records are late, of how many, and by how much', () => {
    expect(strips[1]?.days[0]?.facts).toEqual(['40 records in', 'late: 3 of 40 records, by up to 2 days'])
  })

  test('a bad day leads to its explanation, or to where what is missing is sent', () => {
    expect(strips[0]?.days[1]?.href).toBe(
      `/?dimension=Split&from=${day(2)}&to=${day(3)}&metric=BilledCost&explain=unallocated&currency=USD`,
    )
    expect(strips[1]?.days.map(({ href }) => href)).toEqual([
      '/streams/writes?tab=batches',
      '/streams/writes?tab=send',
      '/streams/writes?tab=records',
      null,
    ])
  })

  test('what is missing comes first, once', () => {
    expect(worstDays(strips).map(({ stream, first, status }) => [stream, first, status])).toEqual([
      ['writes', day(2), 'missing'],
      [null, day(3), 'zero'],
      ['writes', day(3), 'unmatched'],
      ['writes', day(1), 'late'],
    ])
  })

  test('days in a row are one', () => {
    const zero = split.days.map((one) => ({ ...one, missing: '0', zero: '10', covered: '0' }))
    const only = prepareCoverage({ report, split: { ...split, days: zero, streams: [] } })
    expect(worstDays(only)).toMatchObject([{ first: day(1), last: day(3), atStake: '30', status: 'zero' }])
  })

  test.each([
    [-5, '0 hours'],
    [3600, '1 hour'],
    [47 * 3600, '47 hours'],
    [72 * 3600, '3 days'],
  ])('%i seconds: %s', (seconds, words) => {
    expect(delayWords(seconds)).toBe(words)
  })
})
