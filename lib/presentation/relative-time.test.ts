import { expect, test } from 'vitest'
import { absoluteTime, bucketTime, relativeTime } from './relative-time'

const now = new Date('2024-09-10T12:00:00Z')

test.each([
  ['2024-09-10T11:59:55Z', 'just now'],
  ['2024-09-10T11:59:15Z', '45 seconds ago'],
  ['2024-09-10T11:57:30Z', '2 minutes ago'],
  ['2024-09-10T09:00:00Z', '3 hours ago'],
  ['2024-09-09T12:00:00Z', 'yesterday'],
  ['2024-07-01T12:00:00Z', '2 months ago'],
])('%s is %s', (time, shown) => {
  expect(relativeTime(time, now)).toBe(shown)
})

test('absolute times are UTC', () => {
  expect(absoluteTime('2024-09-10T11:59:55Z')).toBe('10 Sep 2024, 11:59:55 UTC')
  expect(bucketTime('2024-09-10T00:00:00Z')).toBe('10 Sep 2024')
  expect(bucketTime('2024-09-10T05:00:00Z')).toBe('10 Sep 2024 05:00 UTC')
})
