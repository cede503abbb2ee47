import { describe, expect, test } from 'vitest'
import type { AllocationRun } from '@/lib/contract/runs'
import { causeWords, changeOf, mergeCauses, runDuration, runPercent, shortError } from './run-words'

const run: AllocationRun = {
  id: 1,
  status: 'completed',
  causes: [],
  definition_version: 1,
  days: 3,
  days_done: 1,
  error: null,
  started_at: '2024-09-01T00:00:00.000Z',
  finished_at: '2024-09-01T00:02:05.000Z',
  changes: [],
}

describe('runs in words', () => {
  test('equal causes are one, with their batches added up', () => {
    const batch = { kind: 'telemetry' as const, stream: 'writes', batches: 1, by: 'collector' }
    const merged = mergeCauses([batch, { ...batch, by: 'Ann' }, { ...batch, batches: 2 }])
    expect(merged.map(causeWords)).toEqual(['3 batches to writes', '1 batch to writes'])
  })

  test('how long, and how far', () => {
    expect(runDuration(run, new Date())).toBe('2 min 5 s')
    expect(runDuration({ ...run, finished_at: null }, new Date('2024-09-01T00:00:00.250Z'))).toBe('250 ms')
    expect(runPercent(run)).toBe(33)
    expect(runPercent({ days: 0, days_done: 0 })).toBe(0)
  })

  test('what changed is exact', () => {
    const before = { cost: '0.3', unallocated: '0.100000000000000001' }
    const change = {
      dimension: 'A',
      dimension_id: 'A',
      currency: 'USD',
      before,
      after: { cost: '0.3', unallocated: '0' },
    }
    expect(changeOf(change)).toEqual({ cost: '0', unallocated: '-0.100000000000000001', same: false })
  })

  test('of an error its first line', () => {
    expect(shortError('Pools feed only each other\nstack')).toBe('Pools feed only each other.')
    expect(shortError('x'.repeat(500))).toHaveLength(240)
  })
})
