import { expect, test } from 'vitest'
import { chargePeriodWords, counted, driverTime, filterWords, matchWords, percentWords } from './explain-words'

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
  ['2024-09-01T00:00:00Z', '2024-10-01T00:00:00Z', '1 – 30 Sep 2024'],
])('%s – %s', (start, end, words) => {
  expect(chargePeriodWords({ start, end })).toBe(words)
})

test.each([
  ['9.089669239401', '9.09 %'],
  ['100', '100 %'],
  ['99.999', '>99.99 %'],
  ['0.001', '<0.01 %'],
  ['0', '0 %'],
  ['-12.345', '−12.35 %'],
])('%s of a hundred', (percent, words) => {
  expect(percentWords(percent)).toBe(words)
})

test('values of a time, and those that hold always', () => {
  expect(driverTime({ from: '2024-09-03T00:00:00Z', to: '2024-09-04T00:00:00Z' })).toBe('3 Sep 2024')
  expect(driverTime({ from: null, to: null })).toBeNull()
})
