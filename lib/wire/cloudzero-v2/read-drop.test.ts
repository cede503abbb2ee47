import fc from 'fast-check'
import { parse } from 'lossless-json'
import { describe, expect, it } from 'vitest'
import { readDropCsv, writeDropCsv } from './drop-csv'
import { describeError, MAX_COLUMNS, MAX_ERRORS, readDrop, readMonth } from './read-drop'
import type { CbfRow } from './read-row'

const USAGE = {
  'lineitem/type': 'Usage',
  'time/usage_start': '2024-08-16T13:00:00Z',
  'resource/id': 'instance-0000',
  'resource/service': 'Compute',
  'cost/cost': '12',
}

const read = (body: unknown) => readDrop(parse(JSON.stringify(body)))

function accepted(body: unknown) {
  const reading = read(body)
  if ('errors' in reading) throw new Error(reading.errors.map(describeError).join('; '))
  return reading.drop
}

function errorsOf(body: unknown): string[] {
  const reading = read(body)
  return 'errors' in reading ? reading.errors.map(describeError) : []
}

const rowsOf = (rows: readonly CbfRow[]) => rows.map((row) => Object.fromEntries(row))

describe('a billing drop', () => {
  it('is read as the documentation shows it', () => {
    const { month, operation, rows } = accepted({ month: '2024-08', operation: 'replace_drop', data: [USAGE] })
    expect({ month, operation, rows: rowsOf(rows) }).toEqual({
      month: '2024-08',
      operation: 'replace_drop',
      rows: [USAGE],
    })
  })

  it('replaces the month unless it says otherwise; without a month it has its rows’', () => {
    expect(accepted({ data: [USAGE] })).toMatchObject({ month: '2024-08', operation: 'replace_drop' })
  })

  it.each(['2024-08', '2024-08-16', '2024-08-16T13:00:00Z', '2024-08-01T00:00:00+00:00', '2024-07-31T20:00:00-05:00'])(
    'has the month of %j',
    (month) => expect(readMonth(month)).toEqual({ month: '2024-08' }),
  )

  it('keeps every digit of numbers, sent as texts or as numbers', () => {
    const body = `{"data":[
      {"time/usage_start":"2024-08-01","cost/cost":0.123456789012345678,"usage/amount":"1e-7"},
      {"time/usage_start":"2024-08-01","cost/cost":"-12345678901234567890.10","cost/discounted_cost":1.50}]}`
    const reading = readDrop(parse(body))
    expect('drop' in reading && rowsOf(reading.drop.rows)).toEqual([
      { 'time/usage_start': '2024-08-01T00:00:00Z', 'cost/cost': '0.123456789012345678', 'usage/amount': '0.0000001' },
      {
        'time/usage_start': '2024-08-01T00:00:00Z',
        'cost/cost': '-12345678901234567890.1',
        'cost/discounted_cost': '1.5',
      },
    ])
  })

  it('keeps columns that CBF does not name, and leaves out what is empty', () => {
    const further = { 'resource/tag:team': 'a,b\n"c"', x: 'y', 'k8s/labels': '', 'usage/amount': null, __proto__x: '1' }
    const [row] = rowsOf(accepted({ data: [{ ...USAGE, ...further }] }).rows)
    expect(row).toEqual({ ...USAGE, 'resource/tag:team': 'a,b\n"c"', x: 'y', __proto__x: '1' })
  })
})

describe('is refused, with the place', () => {
  const data = (further: Record<string, unknown>) => ({ month: '2024-08', data: [USAGE, { ...USAGE, ...further }] })
  it.each<[string, unknown, RegExp]>([
    ['another document', [1], /^body: the request must be an object with a "data" array/],
    ['no data', { month: '2024-08' }, /^data: must be an array of rows: received nothing/],
    ['no rows', { data: [] }, /^data: must hold at least one row/],
    ['a row that is none', { data: [1] }, /^data\[0\] row: a row must be an object: received 1/],
    [
      'an operation that does not exist',
      { operation: 'replace', data: [USAGE] },
      /^operation: is one of replace_drop, replace_hourly, sum: received "replace"/,
    ],
    ['a month that does not exist', { month: '2024-13', data: [USAGE] }, /^month: not a month.*received "2024-13"/],
    ['a month that is a number', { month: 202408, data: [USAGE] }, /^month: must be a text/],
    ['no start', data({ 'time/usage_start': undefined }), /^data\[1\] time\/usage_start: is required/],
    ['an empty cost', data({ 'cost/cost': ' ' }), /^data\[1\] cost\/cost: is required/],
    [
      'a cost that is no number',
      data({ 'cost/cost': '$12' }),
      /^data\[1\] cost\/cost: not a decimal number: received "\$12"/,
    ],
    [
      'more digits than are kept',
      data({ 'cost/cost': '0.1234567890123456789' }),
      /^data\[1\] cost\/cost: more than 18 digits after/,
    ],
    ['an amount that is no number', data({ 'usage/amount': 'NaN' }), /^data\[1\] usage\/amount: not a decimal/],
    [
      'a value that is an object',
      data({ 'k8s/labels': { a: 1 } }),
      /^data\[1\] k8s\/labels: must be a text or a number/,
    ],
    ['a time that is none', data({ 'time/usage_start': 'yesterday' }), /^data\[1\] time\/usage_start: not an ISO 8601/],
    [
      'an end before the start',
      data({ 'time/usage_end': '2024-08-16T12:00:00Z' }),
      /^data\[1\] time\/usage_end: lies before/,
    ],
    [
      'another month',
      data({ 'time/usage_start': '2024-08-31T20:00:00-05:00' }),
      /^data\[1\] time\/usage_start: 2024-09-01T01:00:00Z is not in the month of the drop, 2024-08/,
    ],
    ['NUL', data({ 'resource/id': 'a\0b' }), /^data\[1\] resource\/id: holds NUL/],
    ['half a character', data({ 'resource/id': '\ud83d' }), /^data\[1\] resource\/id: holds an unpaired surrogate/],
    ['a column without a name', data({ '': 'x' }), /^data\[1\] : a column has 1 to 256/],
  ])('%s', (_name, body, message) => expect(errorsOf(body)[0]).toMatch(message))

  it('everything at once, up to a hundred', () => {
    expect(errorsOf({ data: Array.from({ length: 500 }, () => ({})) })).toHaveLength(MAX_ERRORS)
  })

  it('more columns than a table can bear', () => {
    const wide = (row: number) =>
      Object.fromEntries(Array.from({ length: 50 }, (_, index) => [`c${row}-${index}`, 'x']))
    const rows = Array.from({ length: 20 }, (_, row) => ({ ...USAGE, ...wide(row) }))
    expect(errorsOf({ data: rows })).toEqual([expect.stringContaining(`at most ${MAX_COLUMNS} different columns`)])
  })
})

it('writes any rows as a CSV that reads back as the same rows', () => {
  const word = fc
    .string({ unit: 'grapheme', minLength: 1, maxLength: 12 })
    .filter((text) => /\S/.test(text) && !text.includes('\0'))
  const row = fc.dictionary(
    word.filter((name) => name !== '__proto__'),
    word,
    { maxKeys: 6 },
  )
  fc.assert(
    fc.property(fc.array(row, { minLength: 1, maxLength: 8 }), (further) => {
      const { rows } = accepted({ data: further.map((columns) => ({ ...columns, ...USAGE })) })
      const text = [...writeDropCsv(rows)].join('')
      expect(rowsOf(readDropCsv(text))).toEqual(rowsOf(rows))
    }),
  )
})
