import { expect, test } from 'vitest'
import { offences } from './problem-words'

test.each([
  [{ name: 'value', reason: 'must be 0 or more', line: 3 }, 'line 3, value: must be 0 or more'],
  [{ name: '', reason: 'is not YAML', line: 2, column: 5 }, 'line 2, column 5: is not YAML'],
  [{ name: 'records[0].value', reason: 'is missing' }, 'records[0].value: is missing'],
  [{ name: '', reason: 'is empty' }, 'is empty'],
])('%o', (param, words) => {
  expect(offences({ invalid_params: [param] })).toEqual([words])
})
