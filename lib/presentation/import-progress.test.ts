import { expect, test } from 'vitest'
import { formatBytes } from './file-size'
import { importOf } from './import-example.test-helper'
import { importProgress, timeLeft } from './import-progress'

test.each([
  [importOf(), { active: true, percent: 25, words: '1,000 rows, 10 rejected · 500 KB of 2.0 MB' }],
  [
    importOf({ rows_per_second: 123_456, seconds_left: 40 }),
    { words: '1,000 rows, 10 rejected · 500 KB of 2.0 MB · 123,456 rows/s · 40 seconds left' },
  ],
  [importOf({ status: 'completed', rows_rejected: 0 }), { active: false, percent: 100, words: '1,000 rows' }],
  [
    importOf({ bytes: 0, bytes_read: 0, rows_accepted: 1, rows_rejected: 0 }),
    { percent: 0, words: '1 row · 0 B of 0 B' },
  ],
])('progress %#', (one, expected) => {
  expect(importProgress(one)).toMatchObject(expected)
})

test.each([
  [0, 'almost done'],
  [89, '89 seconds left'],
  [90, 'about 2 minutes left'],
  [3600, 'about 60 minutes left'],
  [9000, 'about 3 hours left'],
])('%i seconds', (seconds, words) => {
  expect(timeLeft(seconds)).toBe(words)
})

test.each([
  [0, '0 B'],
  [999, '999 B'],
  [1536, '1.5 KB'],
  [566_000_000, '566 MB'],
])('%i bytes', (bytes, words) => {
  expect(formatBytes(bytes)).toBe(words)
})
