import { expect, test } from 'vitest'
import { previousRange } from './ranges'

test.each([
  ['a month', '2024-03-01', '2024-04-01', '2024-02-01T00:00:00Z'],
  ['a quarter over New Year', '2024-02-01', '2024-05-01', '2023-11-01T00:00:00Z'],
  ['a year', '2024-01-01', '2025-01-01', '2023-01-01T00:00:00Z'],
  ['a week', '2024-03-04', '2024-03-11', '2024-02-26T00:00:00Z'],
  ['hours', '2024-03-01T06:00:00Z', '2024-03-01T18:00:00Z', '2024-02-29T18:00:00Z'],
])('before %s', (_, from, to, expected) => {
  const range = { from: new Date(from), to: new Date(to) }
  expect(previousRange(range)).toEqual({ from: new Date(expected), to: range.from })
})
