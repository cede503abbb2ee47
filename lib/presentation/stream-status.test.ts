import { expect, test } from 'vitest'
import { statusSteps, streamRefetchInterval } from './stream-status'

test.each([
  ['Pending', ['current', 'ahead', 'ahead']],
  ['Loading', ['done', 'current', 'ahead']],
  ['Invalid', ['done', 'current', 'ahead']],
  ['Available', ['done', 'done', 'done']],
] as const)('%s', (status, states) => {
  expect(statusSteps(status).map((step) => step.state)).toEqual(states)
})

test('asks often only while a stream is on its way', () => {
  expect(streamRefetchInterval([{ status: 'Available' }, { status: 'Loading' }])).toBe(2000)
  expect(streamRefetchInterval([{ status: 'Available' }])).toBe(15_000)
  expect(streamRefetchInterval([])).toBe(15_000)
  expect(streamRefetchInterval(undefined)).toBe(15_000)
})
