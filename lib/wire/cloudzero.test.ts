import fc from 'fast-check'
import { LosslessNumber, parse } from 'lossless-json'
import { describe, expect, it, test } from 'vitest'
import { floorToBucket, formatInstant, GRANULARITIES, type TelemetryOperation } from '../telemetry/record'
import { checkAgainstStream, MAX_ERRORS, type ParsedTelemetry, parseTelemetry } from './cloudzero'

const now = new Date('2024-10-01T00:00:00Z')

function aRecord(over: Record<string, unknown> = {}): Record<string, unknown> {
  const base = { timestamp: '2020-01-25T00:00:00Z', granularity: 'DAILY', element_name: 'Email', value: 100045 }
  return { ...base, filter: { 'custom:Shared RDS': ['Shared Data Lake'] }, ...over }
}

function parseRecords(records: unknown, operation: TelemetryOperation = 'sum') {
  return parseTelemetry({ operation, body: { records }, now })
}

function accepted(records: unknown[], operation: TelemetryOperation = 'sum'): ParsedTelemetry {
  const parsed = parseRecords(records, operation)
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.errors))
  return parsed
}

function errorsOf(records: unknown, operation: TelemetryOperation = 'sum') {
  const parsed = parseRecords(records, operation)
  return parsed.ok ? [] : parsed.errors
}

describe('what CloudZero documents is accepted', () => {
  it("reads the guide's two records", () => {
    const filter = { 'custom:Shared RDS': ['Shared Data Lake'] }
    const both = accepted([aRecord(), aRecord({ element_name: 'Messaging', value: 1000600 })])
    const common = { bucketStart: '2020-01-25T00:00:00Z', granularity: 'DAILY', filter }
    expect(both).toEqual({
      ok: true,
      granularity: 'DAILY',
      filterKeys: ['custom:Shared RDS'],
      records: [
        { ...common, element: 'Email', value: '100045' },
        { ...common, element: 'Messaging', value: '1000600' },
      ],
    })
  })

  it("reads the API page's record: three keys, two values, a numeric string", () => {
    const filter = { 'custom:feature': ['billing'], 'tag:owner': ['sandy', 'frank'], 'tag:environment': ['prod'] }
    const parsed = accepted([aRecord({ filter, element_name: '<HOOLI-CUSTOMER-ID>', value: '250000000' })], 'replace')
    expect(parsed.filterKeys).toEqual(['custom:feature', 'tag:environment', 'tag:owner'])
    expect(parsed.records[0]?.filter).toEqual({ ...filter, 'tag:owner': ['frank', 'sandy'] })
    expect(Object.keys(parsed.records[0]?.filter ?? {})).toEqual(parsed.filterKeys)
    expect(parsed.records[0]?.value).toBe('250000000')
  })

  test.each([
    ['2020-01-25T00:00:00Z', '2020-01-25T00:00:00Z'],
    ['2023-12-07T00:00:00', '2023-12-07T00:00:00Z'],
    ['2024-09-01', '2024-09-01T00:00:00Z'],
    ['2020-03-03T15:32:44+00:00', '2020-03-03T00:00:00Z'],
    ['2020-01-25 00:00:00+00:00', '2020-01-25T00:00:00Z'],
    ['2024-03-31 14:00:00Z', '2024-03-31T00:00:00Z'],
    ['2024-03-31T23:00:00-05:00', '2024-04-01T00:00:00Z'],
  ])('timestamp %s lies in the day %s', (timestamp, bucketStart) => {
    expect(accepted([aRecord({ timestamp })]).records[0]?.bucketStart).toBe(bucketStart)
  })

  test.each(['daily', 'Daily', 'DAILY'])('granularity %s', (granularity) => {
    expect(accepted([aRecord({ granularity })]).granularity).toBe('DAILY')
  })

  test.each([[undefined], [null], [{}]])('filter %j is all spend', (filter) => {
    const parsed = accepted([aRecord({ filter })])
    expect(parsed.filterKeys).toEqual([])
    expect(parsed.records[0]?.filter).toEqual({})
  })

  it('takes a single string for a list of one, and a value twice for once', () => {
    const parsed = accepted([aRecord({ filter: { service: 'A', region: ['b', 'a', 'b'] } })])
    expect(parsed.records[0]?.filter).toEqual({ region: ['a', 'b'], service: ['A'] })
  })

  it('keeps every digit that JSON had', () => {
    const text = JSON.stringify({ records: [aRecord({ value: 'VALUE' })] }).replace(
      '"VALUE"',
      '12345678901234567890.125',
    )
    const parsed = parseTelemetry({ operation: 'sum', body: parse(text), now })
    expect(parsed.ok && parsed.records[0]?.value).toBe('12345678901234567890.125')
  })

  test.each([
    [1, '1'],
    [1e21, null],
    [0.1, '0.1'],
    [1e-7, '0.0000001'],
    ['1E3', '1000'],
    [new LosslessNumber('1.50e2'), '150'],
  ])('value %s', (value, expected) => {
    const parsed = parseRecords([aRecord({ value })])
    expect(parsed.ok ? parsed.records[0]?.value : null).toBe(expected)
  })

  it('ignores unknown fields', () => {
    expect(accepted([aRecord({ associated_cost: { a: 'b' }, 'telemetry-stream': 5 })]).records).toHaveLength(1)
  })

  it('shares one object among equal filters', () => {
    const [first, second] = accepted([aRecord(), aRecord({ element_name: 'Messaging' })]).records
    expect(first?.filter).toBe(second?.filter)
  })

  it('accepts zero where it is allowed', () => {
    const body = { records: [aRecord({ value: 0 })] }
    expect(parseTelemetry({ operation: 'sum', body, now, allowZero: true })).toMatchObject({
      records: [{ value: '0' }],
    })
    const negative = { records: [aRecord({ value: -1 })] }
    expect(parseTelemetry({ operation: 'sum', body: negative, now, allowZero: true }).ok).toBe(false)
  })

  it('has room for exactly 5 keys of 20 values', () => {
    const values = Array.from({ length: 20 }, (_, index) => `v${index}`)
    const filter = Object.fromEntries(['a', 'b', 'c', 'd', 'e'].map((key) => [key, [...values, 'v0']]))
    expect(accepted([aRecord({ filter })]).filterKeys).toHaveLength(5)
  })
})

describe('what is refused names the record, the field and the offence', () => {
  const many = (count: number) => Array.from({ length: count }, (_, index) => `v${index}`)
  const keys = (count: number) => Object.fromEntries(many(count).map((key) => [key, ['x']]))

  test.each<[string, Record<string, unknown>, string, string]>([
    ['no timestamp', { timestamp: undefined }, 'timestamp', 'timestamp is required'],
    ['null timestamp', { timestamp: null }, 'timestamp', 'timestamp is required'],
    ['epoch', { timestamp: 1579910400 }, 'timestamp', 'must be an ISO 8601 string: received 1579910400'],
    ['impossible date', { timestamp: '2024-02-30' }, 'timestamp', 'no such date or time: received "2024-02-30"'],
    ['future', { timestamp: '2024-10-03' }, 'timestamp', 'timestamp too far in the future: received "2024-10-03"'],
    ['no granularity', { granularity: undefined }, 'granularity', 'granularity is required'],
    ['weekly', { granularity: 'WEEKLY' }, 'granularity', 'HOURLY, DAILY, MONTHLY: received "WEEKLY"'],
    ['numeric granularity', { granularity: 5 }, 'granularity', 'received 5'],
    ['no element', { element_name: undefined }, 'element_name', 'element_name is required'],
    ['empty element', { element_name: '' }, 'element_name', 'must not be empty: received ""'],
    ['blank element', { element_name: '  ' }, 'element_name', 'must not be empty: received "  "'],
    ['numeric element', { element_name: 5 }, 'element_name', 'element_name must be a string: received 5'],
    ['long element', { element_name: 'e'.repeat(513) }, 'element_name', 'at most 512 characters, has 513'],
    ['NUL', { element_name: 'a\0b' }, 'element_name', 'must not contain NUL'],
    ['half a surrogate pair', { element_name: 'a\ud83d' }, 'element_name', 'unpaired surrogates'],
    ['no value', { value: undefined }, 'value', 'value is required'],
    ['negative', { value: -5 }, 'value', 'value must be greater than 0: received -5'],
    ['negative text', { value: '-5' }, 'value', 'value must be greater than 0: received "-5"'],
    ['zero', { value: 0 }, 'value', 'value must be greater than 0: received 0'],
    ['minus zero', { value: '-0.00' }, 'value', 'value must be greater than 0: received "-0.00"'],
    ['text', { value: 'many' }, 'value', 'not a decimal number: received "many"'],
    ['NaN', { value: Number.NaN }, 'value', 'not a decimal number: received "NaN"'],
    ['infinite', { value: Number.POSITIVE_INFINITY }, 'value', 'not a decimal number: received "Infinity"'],
    ['boolean', { value: true }, 'value', 'value must be a number: received true'],
    ['list', { value: [5] }, 'value', 'value must be a number: received an array of 1'],
    ['too many digits', { value: '1e-19' }, 'value', 'more than 18 digits after the decimal point: received "1e-19"'],
    ['filter as list', { filter: ['a'] }, 'filter', 'filter must be an object: received an array of 1'],
    ['filter as number', { filter: new LosslessNumber('5') }, 'filter', 'filter must be an object: received 5'],
    ['sixth key', { filter: keys(6) }, 'filter', 'at most 5 filter keys, received 6: "v0", "v1"'],
    ['21st value', { filter: { a: many(21) } }, 'filter', 'filter key "a": at most 20 distinct values, received 21'],
    ['no values', { filter: { a: [] } }, 'filter', 'filter key "a": needs at least one value'],
    ['empty value', { filter: { a: [''] } }, 'filter', 'filter key "a": a value must not be empty: received ""'],
    ['numeric value', { filter: { a: [7] } }, 'filter', 'filter key "a": values must be strings: received 7'],
    ['null value', { filter: { a: null } }, 'filter', 'filter key "a": values must be strings: received null'],
    ['empty key', { filter: { '': ['a'] } }, 'filter', 'a filter key must not be empty'],
  ])('%s', (_name, over, field, reason) => {
    expect(errorsOf([aRecord(over)])).toEqual([{ index: 0, field, reason: expect.stringContaining(reason) }])
  })

  test.each<[unknown, string, string]>([
    [undefined, 'body', 'received nothing'],
    [null, 'body', 'received null'],
    [[], 'body', 'received an array of 0'],
    ['records', 'body', 'received "records"'],
    [new LosslessNumber('5'), 'body', 'received 5'],
    [{}, 'records', 'records must be an array: received nothing'],
    [{ records: {} }, 'records', 'records must be an array: received an object'],
    [{ records: [] }, 'records', 'at least one record'],
  ])('body %#', (body, field, reason) => {
    const parsed = parseTelemetry({ operation: 'sum', body, now })
    expect(parsed).toEqual({ ok: false, errors: [{ index: -1, field, reason: expect.stringContaining(reason) }] })
  })

  test.each([null, 5, 'x', [[]]])('record %j', (record) => {
    const reason = expect.stringContaining('a record must be an object')
    expect(errorsOf([aRecord(), record])).toEqual([{ index: 1, field: 'record', reason }])
  })

  it('another key set than the first record', () => {
    const other = aRecord({ filter: { 'tag:owner': ['x'], 'custom:Shared RDS': ['y'] } })
    const reason =
      'all records in a stream must contain the same filter keys: ' +
      'record 0 has "custom:Shared RDS", received "custom:Shared RDS", "tag:owner"'
    expect(errorsOf([aRecord(), aRecord(), other])).toEqual([{ index: 2, field: 'filter', reason }])
    expect(errorsOf([aRecord(), aRecord({ filter: {} })])[0]?.reason).toContain('received none')
  })

  it('another granularity than the first record', () => {
    const reason =
      'all records in a stream must have the same granularity as the stream: record 0 is DAILY, received HOURLY'
    const expected = [{ index: 1, field: 'granularity', reason }]
    expect(errorsOf([aRecord(), aRecord({ granularity: 'hourly' })])).toEqual(expected)
    expect(errorsOf([aRecord({ value: undefined }), aRecord({ granularity: 'hourly' })], 'delete')).toHaveLength(1)
  })

  it('two keys that are one after canonicalisation', () => {
    const body = { records: [aRecord({ filter: { Service: ['a'], services: ['b'] } })] }
    const canonicalKey = (key: string) => key.toLowerCase().replace(/s$/, '')
    const parsed = parseTelemetry({ operation: 'sum', body, now, canonicalKey })
    const reason = 'filter keys "Service" and "services" are the same key, "service"'
    expect(parsed).toEqual({ ok: false, errors: [{ index: 0, field: 'filter', reason }] })
  })

  it('everything at once, up to a hundred', () => {
    const errors = errorsOf([aRecord({ timestamp: 'x', value: -1 }), aRecord(), { granularity: 'DAILY' }])
    expect(errors.map(({ index, field }) => `${index} ${field}`)).toEqual([
      '0 timestamp',
      '0 value',
      '2 timestamp',
      '2 element_name',
      '2 value',
    ])
    expect(errorsOf(Array.from({ length: 5000 }, () => ({})))).toHaveLength(MAX_ERRORS)
  })

  it('shows no more than a hundred characters of what came', () => {
    const [error] = errorsOf([aRecord({ value: 'x'.repeat(10_000) })])
    expect(error?.reason.length).toBeLessThan(200)
  })
})

describe('delete', () => {
  const bare = { timestamp: '2024-09-02', granularity: 'DAILY' }

  it('needs timestamp and granularity only; null is any filter, any element', () => {
    const record = {
      bucketStart: '2024-09-02T00:00:00Z',
      granularity: 'DAILY',
      filter: null,
      element: null,
      value: null,
    }
    expect(accepted([bare], 'delete')).toEqual({ ok: true, records: [record], granularity: 'DAILY', filterKeys: null })
    expect(accepted([{ ...bare, filter: {}, element_name: null }], 'delete').records).toEqual([record])
  })

  it('lets each record name its own part of the filter', () => {
    const records = [{ ...bare, filter: { b: ['x'] } }, bare, { ...bare, filter: { a: 'y' }, element_name: 'Email' }]
    expect(accepted(records, 'delete').filterKeys).toEqual(['a', 'b'])
  })

  it('forbids a value', () => {
    const reason = 'value is forbidden on delete: received 100045'
    expect(errorsOf([aRecord()], 'delete')).toEqual([{ index: 0, field: 'value', reason }])
  })

  it('refuses an element that is there and empty', () => {
    expect(errorsOf([{ ...bare, element_name: '' }], 'delete')).toHaveLength(1)
  })
})

describe('checkAgainstStream', () => {
  const stream = { name: 'rds-writes', granularity: 'DAILY' as const, filterKeys: ['service', 'custom:Shared RDS'] }
  const check = (records: unknown[], operation: TelemetryOperation = 'sum', over = {}) =>
    checkAgainstStream({ stream: { ...stream, ...over }, parsed: accepted(records, operation), operation })
  const both = { service: ['a'], 'custom:Shared RDS': ['b'] }

  it('accepts what fits, whatever the order of the keys', () => {
    expect(check([aRecord({ filter: both })])).toEqual([])
  })

  it('accepts anything for a stream without a shape', () => {
    expect(check([aRecord()], 'sum', { granularity: null, filterKeys: null })).toEqual([])
  })

  it('says what the stream has and what came', () => {
    expect(check([aRecord({ granularity: 'MONTHLY' }), aRecord({ granularity: 'MONTHLY' })])).toEqual([
      {
        index: 0,
        field: 'granularity',
        reason:
          'all records in a stream must have the same granularity as the stream: ' +
          'stream "rds-writes" is DAILY, received MONTHLY',
      },
      {
        index: 0,
        field: 'filter',
        reason:
          'all records in a stream must contain the same filter keys: ' +
          'stream "rds-writes" has "service", "custom:Shared RDS", received "custom:Shared RDS"',
      },
    ])
    expect(check([aRecord()], 'sum', { filterKeys: [] })[0]?.reason).toContain('has none, received')
  })

  it('lets a delete name fewer keys, not others', () => {
    const bare = { timestamp: '2024-09-02', granularity: 'DAILY' }
    expect(check([bare, { ...bare, filter: { service: 'a' } }], 'delete')).toEqual([])
    const errors = check([bare, { ...bare, filter: { region: 'a' } }], 'delete')
    expect(errors).toEqual([{ index: 1, field: 'filter', reason: expect.stringContaining('received "region"') }])
    expect(check([{ ...bare, granularity: 'HOURLY' }], 'delete')).toHaveLength(1)
  })
})

const word = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 12 }).filter((text) => /\S/.test(text))
const safeWord = word.filter((text) => !text.includes('\0') && text !== '__proto__')

it('reads back every record of a valid body', () => {
  const bodies = fc.record({
    granularity: fc.constantFrom(...GRANULARITIES),
    keys: fc.uniqueArray(safeWord, { maxLength: 5 }),
    rows: fc.array(
      fc.record({
        time: fc.integer({ min: 0, max: now.getTime() / 1000 }).map((seconds) => new Date(seconds * 1000)),
        element: safeWord,
        value: fc.bigInt({ min: 1n, max: 10n ** 20n - 1n }),
        values: fc.array(fc.uniqueArray(safeWord, { minLength: 1, maxLength: 20 }), { minLength: 5, maxLength: 5 }),
      }),
      { minLength: 1, maxLength: 8 },
    ),
  })
  fc.assert(
    fc.property(bodies, ({ granularity, keys, rows }) => {
      const records = rows.map(({ time, element, value, values }) => ({
        timestamp: time.toISOString(),
        granularity: granularity.toLowerCase(),
        element_name: element,
        filter: Object.fromEntries(keys.map((key, index) => [key, values[index]])),
        value: String(value),
      }))
      const parsed = parseTelemetry({ operation: 'sum', body: parse(JSON.stringify({ records })), now })
      expect(parsed).toEqual({
        ok: true,
        granularity,
        filterKeys: [...keys].sort(),
        records: rows.map(({ time, element, value, values }) => ({
          bucketStart: formatInstant(floorToBucket({ time, granularity })),
          granularity,
          element,
          value: String(value),
          filter: Object.fromEntries(keys.map((key, index) => [key, [...(values[index] ?? [])].sort()])),
        })),
      })
      // What was parsed is itself a valid body, and means the same.
      if (!parsed.ok) return
      const again = parsed.records.map(({ bucketStart, element, ...rest }) => ({
        ...rest,
        timestamp: bucketStart,
        element_name: element,
      }))
      expect(parseTelemetry({ operation: 'sum', body: { records: again }, now })).toEqual(parsed)
    }),
  )
})
