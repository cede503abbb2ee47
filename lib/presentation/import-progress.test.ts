import { expect, test } from 'vitest'
import type { CostImport } from '@/lib/contract/costs'
import { formatBytes } from './file-size'
import { importProgress } from './import-progress'

const item: CostImport = {
  id: '7b5e7a1e-6c1a-4a0e-9d53-3f2f9d1c8a01',
  source: 'default',
  format: 'focus',
  file_name: 'bill.csv',
  status: 'running',
  bytes: 2_000_000,
  bytes_read: 500_000,
  rows_read: 1010,
  rows_accepted: 1000,
  rows_rejected: 10,
  error: null,
  created_by: 'Ada',
  created_at: '2024-10-01T00:00:00Z',
  started_at: null,
  finished_at: null,
  periods: [],
  rejections: [],
  warnings: [],
}

test.each([
  [item, { active: true, percent: 25, words: '1,000 rows, 10 rejected · 500 KB of 2.0 MB' }],
  [
    { ...item, status: 'completed' as const, rows_rejected: 0 },
    { active: false, percent: 100, words: '1,000 rows' },
  ],
  [
    { ...item, bytes: 0, bytes_read: 0, rows_accepted: 1, rows_rejected: 0 },
    { percent: 0, words: '1 row · 0 B of 0 B' },
  ],
])('progress %#', (one, expected) => {
  expect(importProgress(one)).toMatchObject(expected)
})

test.each([
  [0, '0 B'],
  [999, '999 B'],
  [1536, '1.5 KB'],
  [566_000_000, '566 MB'],
])('%i bytes', (bytes, words) => {
  expect(formatBytes(bytes)).toBe(words)
})
