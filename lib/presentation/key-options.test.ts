import { expect, test } from 'vitest'
import { exampleWords, keyOptions } from './key-options'

const keys = [
  { key: 'tag:env', label: 'env', kind: 'tag' as const, values: 2, examples: ['prod', 'dev'] },
  { key: 'service', label: 'Service', kind: 'column' as const, values: 40, examples: ['Amazon RDS', 'S3', 'EC2'] },
  { key: 'custom:Shared RDS', label: 'Shared RDS', kind: 'dimension' as const, values: 1, examples: ['Lake'] },
]

test.each([
  ['', [], ['custom:Shared RDS', 'service', 'tag:env']],
  ['rds', [], ['custom:Shared RDS', 'service']],
  ['PROD', [], ['tag:env']],
  ['', ['service'], ['custom:Shared RDS', 'tag:env']],
  ['nothing', [], []],
])('search %j without %j', (search, chosen, found) => {
  expect(keyOptions({ keys, chosen, search }).map((key) => key.key)).toEqual(found)
})

test('exampleWords', () => {
  expect(exampleWords({ values: 40, examples: ['a', 'b', 'c', 'd'] })).toBe('40 values: a, b, c, …')
  expect(exampleWords({ values: 1, examples: ['a'] })).toBe('1 value: a')
  expect(exampleWords({ values: 0, examples: [] })).toBe('0 values')
})
