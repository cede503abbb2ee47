import { expect, test } from 'vitest'
import { offences, problemWords } from './problem-words'

test.each([
  [{ name: 'value', reason: 'must be 0 or more', line: 3 }, 'line 3, value: must be 0 or more'],
  [{ name: '', reason: 'is not YAML', line: 2, column: 5 }, 'line 2, column 5: is not YAML'],
  [{ name: 'records[0].value', reason: 'is missing' }, 'records[0].value: is missing'],
  [{ name: '', reason: 'is empty' }, 'is empty'],
])('%o', (param, words) => {
  expect(offences({ invalid_params: [param] })).toEqual([words])
})

const base = { type: '', title: 'Not valid', status: 422, code: '', request_id: '' }
const a = { name: 'value', reason: 'must be 0 or more', line: 2 }
const b = { name: 'timestamp', reason: 'is no time', line: 3 }

test.each([
  ['Nothing was saved.', [], 'Nothing was saved.', []],
  ['Nothing was saved.', [a], 'Nothing was saved.', ['line 2, value: must be 0 or more']],
  ['line 2, value: must be 0 or more', [a], 'line 2, value: must be 0 or more', []],
  [
    'line 2, value: must be 0 or more (and 1 more)',
    [a, b],
    'Not valid',
    ['line 2, value: must be 0 or more', 'line 3, timestamp: is no time'],
  ],
])('%s %o', (detail, invalid_params, heading, lines) => {
  expect(problemWords({ ...base, detail, invalid_params })).toEqual({ heading, lines })
})
