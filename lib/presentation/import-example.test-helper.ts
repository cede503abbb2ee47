import type { CostImport } from '@/lib/contract/costs'

/** An import as the API answers it, with what a test says of it. */
export function importOf(said: Partial<CostImport> = {}): CostImport {
  return {
    id: '7b5e7a1e-6c1a-4a0e-9d53-3f2f9d1c8a01',
    source: 'default',
    format: 'focus',
    format_version: '1.0',
    mode: 'replace',
    file_name: 'bill.csv',
    files: [{ file_name: 'bill.csv', bytes: 2_000_000 }],
    status: 'running',
    bytes: 2_000_000,
    bytes_read: 500_000,
    rows_read: 1010,
    rows_accepted: 1000,
    rows_rejected: 10,
    max_rejected: 0.5,
    rows_per_second: null,
    seconds_left: null,
    error: null,
    created_by: 'Ada',
    created_at: '2024-10-01T00:00:00Z',
    started_at: null,
    finished_at: null,
    periods: [],
    months: [],
    can_roll_back: false,
    can_restore: false,
    after_rollback: [],
    after_restore: [],
    rejections: [],
    warnings: [],
    ...said,
  }
}
