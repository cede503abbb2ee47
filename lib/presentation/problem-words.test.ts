import { expect, test } from 'vitest'
import { offences, problemWords } from './problem-words'

test.each([
  [{ name: 'value', reason: 'must be 0 or more', line: 3 }, 'line 3, value: must be 0 or more'],
  [{ name: '', reason: 'is not YAML', line: 2, column: 5 }, 'line 2, column 5: is not YAML'],
  [{ name: 'records[0].value', reason: 'is missing' }, 'records[0].value: is missing'],
  [{ name: '', reason: 'is empty' }, 'is empty'],
  [{ name: 'name', reason: 'is empty' }, 'Name is empty'],
  [{ name: 'filter_keys.2', reason: 'has no value' }, 'A filter key has no value'],
  [{ name: 'filter_keys[0]', reason: 'no such key' }, 'A filter key: no such key'],
  [{ name: 'mapping.period_start', reason: 'is empty' }, 'The column for Period is empty'],
  [{ name: 'mapping.tags.columns.0.key', reason: 'is empty' }, 'A tag of the mapping is empty'],
  [{ name: 'mapping.decimal_mark', reason: 'is missing' }, 'The mapping is missing'],
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

test.each([
  ['body: name: is empty', { name: 'name', reason: 'is empty' }, 'Name is empty', []],
  [
    'group_by: there is no dimension named "Categry"; did you mean `Category`?',
    { name: 'group_by', reason: 'there is no dimension named "Categry"; did you mean `Category`?' },
    'Group by: there is no dimension named "Categry"; did you mean `Category`?',
    [],
  ],
  [
    'body: name holds NUL, which cannot be stored',
    { name: 'name', reason: 'holds NUL, which cannot be stored' },
    'Name holds NUL, which cannot be stored',
    [],
  ],
  [
    'to (2024-09-01) must be after from (2024-10-01); ends are exclusive.',
    { name: 'to', reason: 'must be after from' },
    'To (2024-09-01) must be after from (2024-10-01); ends are exclusive.',
    [],
  ],
  [
    'filter: "service" is not key=value or key!=value.',
    { name: 'filter', reason: 'write key=value' },
    'Filter: "service" is not key=value or key!=value.',
    ['Filter: write key=value'],
  ],
])('says %s in the words of the screen', (detail, param, heading, lines) => {
  expect(problemWords({ ...base, status: 400, detail, invalid_params: [param] })).toEqual({ heading, lines })
})
