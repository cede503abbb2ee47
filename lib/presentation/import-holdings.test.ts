import { describe, expect, test } from 'vitest'
import { importOf } from './import-example.test-helper'
import { afterTurn, holdings } from './import-holdings'

const FIRST = '00000000-0000-4000-8000-000000000001'
const SECOND = '00000000-0000-4000-8000-000000000002'
const july = { month: '2024-07', rows: 3 }
const august = { month: '2024-08', rows: 1 }
const first = importOf({
  id: FIRST,
  status: 'completed',
  file_name: 'first.csv',
  created_at: '2024-10-01T00:00:00Z',
  months: [july, august],
})
const second = importOf({
  id: SECOND,
  status: 'completed',
  file_name: 'second.csv',
  created_at: '2024-10-02T00:00:00Z',
  months: [august],
})

describe('what an import holds', () => {
  test('its months with their rows', () => {
    const item = { ...first, periods: [july, august] }
    expect(holdings({ item, imports: [item] })).toEqual(['Holds July 2024 (3 rows), August 2024 (1 row).'])
  })

  test('and what replaced it', () => {
    const item = { ...first, periods: [july] }
    const imports = [{ ...second, periods: [august] }, item]
    expect(holdings({ item, imports })).toEqual([
      'Holds July 2024 (3 rows).',
      'August 2024 was replaced by second.csv.',
    ])
  })

  test('nothing after it was rolled back, for nothing or for an older one', () => {
    const turn = { month: '2024-08', imports: [SECOND] }
    const alone = { ...second, after_restore: [turn] }
    expect(holdings({ item: alone, imports: [alone] })).toEqual(['August 2024 was rolled back.'])
    const older = { ...first, periods: [july, august] }
    expect(holdings({ item: second, imports: [second, older] })).toEqual(['August 2024 was rolled back.'])
  })

  test('another source’s month says nothing', () => {
    const other = { ...second, source: 'other', periods: [august] }
    const item = { ...first, months: [august] }
    expect(holdings({ item, imports: [other, item] })).toEqual(['August 2024 was replaced by a later import.'])
  })

  test('a failed one says nothing', () => {
    expect(holdings({ item: importOf({ status: 'failed' }), imports: [] })).toEqual([])
  })
})

test('what will count after a turn', () => {
  const turns = [
    { month: '2024-07', imports: [] },
    { month: '2024-08', imports: [FIRST, '00000000-0000-4000-8000-000000000009'] },
  ]
  expect(afterTurn({ turns, imports: [second, first] })).toEqual([
    { month: 'July 2024', words: 'nothing' },
    { month: 'August 2024', words: 'first.csv (1 row) and an earlier import' },
  ])
})
