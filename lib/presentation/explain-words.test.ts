import { expect, test } from 'vitest'
import { chargePeriodWords, counted, filterWords, matchWords } from './explain-words'

test('words', () => {
  expect(counted(1, 'cost line')).toBe('1 cost line')
  expect(counted(1200, 'cost line')).toBe('1,200 cost lines')
  expect(matchWords({ 'custom:Shared RDS': 'Shared Data Lake', 'tag:owner': null })).toBe(
    'Shared RDS is “Shared Data Lake” and tag owner is empty',
  )
  expect(filterWords({ 'custom:Shared RDS': ['Lake'], 'tag:owner': ['frank', 'sandy'] })).toBe(
    'Shared RDS: Lake · tag owner: frank or sandy',
  )
  expect(filterWords({})).toBe('all cost')
})

test.each([
  ['2024-09-03T00:00:00Z', '2024-09-04T00:00:00Z', '3 Sep 2024'],
  ['2024-09-03T05:00:00Z', '2024-09-03T06:00:00Z', '3 Sep 2024, 05:00 – 06:00 UTC'],
  ['2024-09-01T00:00:00Z', '2024-10-01T00:00:00Z', '1 Sep 2024 to 1 Oct 2024'],
])('%s – %s', (start, end, words) => {
  expect(chargePeriodWords({ start, end })).toBe(words)
})
