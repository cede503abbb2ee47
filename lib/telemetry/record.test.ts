import { Decimal } from 'decimal.js'
import fc from 'fast-check'
import { LosslessNumber } from 'lossless-json'
import { describe, expect, it, test } from 'vitest'
import { floorToBucket, formatInstant, GRANULARITIES, parseDecimal, parseTimestamp, showValue } from './record'

const now = new Date('2024-10-01T12:00:00Z')

describe('parseTimestamp', () => {
  test.each([
    ['2020-01-25T00:00:00Z', '2020-01-25T00:00:00Z'],
    ['2023-12-07T00:00:00', '2023-12-07T00:00:00Z'],
    ['2024-09-01', '2024-09-01T00:00:00Z'],
    ['2020-03-03T15:32:44+00:00', '2020-03-03T15:32:44Z'],
    ['2020-01-25 00:00:00+00:00', '2020-01-25T00:00:00Z'],
    ['2024-03-31 14:00:00Z', '2024-03-31T14:00:00Z'],
    ['2024-03-31 14:00:00', '2024-03-31T14:00:00Z'],
    ['2024-03-31T02:30:00', '2024-03-31T02:30:00Z'],
    ['2024-03-31T14:00', '2024-03-31T14:00:00Z'],
    ['2024-03-31T14:00Z', '2024-03-31T14:00:00Z'],
    ['2024-03-31t14:00:00z', '2024-03-31T14:00:00Z'],
    ['2024-03-31T14:00:00.123Z', '2024-03-31T14:00:00Z'],
    ['2024-03-31T14:00:00.123456789', '2024-03-31T14:00:00Z'],
    ['2024-03-31 14:00:00.999999+02:00', '2024-03-31T12:00:00Z'],
    ['2024-01-01T01:00:00+05:45', '2023-12-31T19:15:00Z'],
    ['2024-01-01T23:00:00-0330', '2024-01-02T02:30:00Z'],
    ['2024-01-01T23:00:00-03', '2024-01-02T02:00:00Z'],
    ['2024-02-29', '2024-02-29T00:00:00Z'],
    ['1970-01-01', '1970-01-01T00:00:00Z'],
    ['2024-10-02T12:00:00Z', '2024-10-02T12:00:00Z'],
  ])('%s is %s', (text, expected) => {
    const parsed = parseTimestamp({ text, now })
    expect('time' in parsed ? formatInstant(parsed.time) : parsed.error).toBe(expected)
  })

  test.each([
    ['', 'not an ISO 8601 timestamp'],
    ['yesterday', 'not an ISO 8601 timestamp'],
    ['2024-09', 'not an ISO 8601 timestamp'],
    ['2024-9-1', 'not an ISO 8601 timestamp'],
    ['20240901T000000Z', 'not an ISO 8601 timestamp'],
    ['2024-W36-1', 'not an ISO 8601 timestamp'],
    ['09/01/2024', 'not an ISO 8601 timestamp'],
    ['1725148800', 'not an ISO 8601 timestamp'],
    ['2024-09-01T00:00:00 UTC', 'not an ISO 8601 timestamp'],
    ['2024-09-01Z', 'not an ISO 8601 timestamp'],
    [' 2024-09-01', 'not an ISO 8601 timestamp'],
    ['2024-09-01\n', 'not an ISO 8601 timestamp'],
    ['2024-02-30', 'no such date or time'],
    ['2023-02-29', 'no such date or time'],
    ['2024-04-31T00:00:00Z', 'no such date or time'],
    ['2024-13-01', 'no such date or time'],
    ['2024-00-01', 'no such date or time'],
    ['2024-01-00', 'no such date or time'],
    ['2024-01-01T24:00:00Z', 'no such date or time'],
    ['2024-01-01T00:60:00Z', 'no such date or time'],
    ['2024-01-01T00:00:60Z', 'no such date or time'],
    ['2024-01-01T00:00:00+15:00', 'no such date or time'],
    ['2024-01-01T00:00:00+01:75', 'no such date or time'],
    ['1969-12-31T23:59:59Z', 'timestamp before 1970'],
    ['1970-01-01T00:00:00+01:00', 'timestamp before 1970'],
    ['0024-09-01', 'timestamp before 1970'],
    ['2024-10-02T12:00:01Z', 'timestamp too far in the future'],
    ['2024-10-02T12:00:00-00:01', 'timestamp too far in the future'],
    ['9999-12-31', 'timestamp too far in the future'],
  ])('%j is refused, with the value: %s', (text, reason) => {
    expect(parseTimestamp({ text, now })).toEqual({
      error: expect.stringMatching(new RegExp(`^${reason}.*received`)),
    })
    expect(parseTimestamp({ text, now })).toEqual({ error: expect.stringContaining(JSON.stringify(text)) })
  })

  it('reads what any offset writes back as the same instant', () => {
    fc.assert(
      fc.property(arbitraryTime, fc.integer({ min: -14 * 60, max: 14 * 60 }), (time, offset) => {
        const local = formatInstant(new Date(time.getTime() + offset * 60_000)).slice(0, 19)
        const pad = (part: number) => String(Math.trunc(part)).padStart(2, '0')
        const text = `${local}${offset < 0 ? '-' : '+'}${pad(Math.abs(offset) / 60)}:${pad(Math.abs(offset) % 60)}`
        expect(parseTimestamp({ text, now })).toEqual({ time })
      }),
    )
  })
})

const arbitraryTime = fc
  .integer({ min: Date.UTC(1971, 0, 1) / 1000, max: Date.UTC(2024, 8, 30) / 1000 })
  .map((seconds) => new Date(seconds * 1000))

describe('floorToBucket', () => {
  test.each([
    ['HOURLY', '2024-02-29T23:59:59Z', '2024-02-29T23:00:00Z'],
    ['DAILY', '2024-02-29T23:59:59Z', '2024-02-29T00:00:00Z'],
    ['MONTHLY', '2024-02-29T23:59:59Z', '2024-02-01T00:00:00Z'],
    ['DAILY', '2024-03-31T01:30:00Z', '2024-03-31T00:00:00Z'],
    ['MONTHLY', '2024-01-01T00:00:00Z', '2024-01-01T00:00:00Z'],
  ] as const)('%s: %s lies in %s', (granularity, time, expected) => {
    expect(formatInstant(floorToBucket({ time: new Date(time), granularity }))).toBe(expected)
  })

  it('is idempotent and never later than its input', () => {
    fc.assert(
      fc.property(arbitraryTime, fc.constantFrom(...GRANULARITIES), (time, granularity) => {
        const bucket = floorToBucket({ time, granularity })
        expect(bucket.getTime()).toBeLessThanOrEqual(time.getTime())
        expect(floorToBucket({ time: bucket, granularity })).toEqual(bucket)
        expect(time.getTime() - bucket.getTime()).toBeLessThan(31 * 24 * 3_600_000)
      }),
    )
  })
})

describe('parseDecimal', () => {
  test.each([
    ['100045', '100045'],
    ['0', '0'],
    ['-0', '0'],
    ['0e999999999', '0'],
    ['007', '7'],
    ['1.50', '1.5'],
    ['.5', '0.5'],
    ['-2.25', '-2.25'],
    ['1e3', '1000'],
    ['1E+3', '1000'],
    ['1.25e1', '12.5'],
    ['1.25e-3', '0.00125'],
    ['1e-18', '0.000000000000000001'],
    ['99999999999999999999.999999999999999999', '99999999999999999999.999999999999999999'],
    ['0.7500000000000000000000000', '0.75'],
    ['0.00000000000000000000001e10', '0.0000000000001'],
  ])('%s is %s', (text, value) => {
    expect(parseDecimal(text)).toEqual({ value })
  })

  const notDecimal = ['', ' ', '+5', '1_000', '1,000', '0x10', 'NaN', 'Infinity', '-Infinity', '5.', '.', 'e5', '1e']
  test.each([...notDecimal, '1e5.5', ' 5', '5\n', '--5', '١', 'abc'])('%j is refused, with the value', (text) => {
    expect(parseDecimal(text)).toEqual({ error: `not a decimal number: received ${JSON.stringify(text)}` })
  })

  test.each([
    ['100000000000000000000', 'more than 20 digits before the decimal point'],
    ['1e20', 'more than 20 digits before the decimal point'],
    ['1e999999999999999999999', 'more than 20 digits before the decimal point'],
    ['0.0000000000000000001', 'more than 18 digits after the decimal point'],
    ['1e-19', 'more than 18 digits after the decimal point'],
    ['1e-999999999999999999999', 'more than 18 digits after the decimal point'],
  ])('%s: %s', (text, reason) => {
    expect(parseDecimal(text)).toEqual({ error: `${reason}: received "${text}"` })
  })

  it('agrees with decimal.js wherever it accepts, and refuses only what is too long', () => {
    const digits = fc.stringMatching(/^\d{1,24}$/)
    const number = fc.tuple(fc.boolean(), digits, fc.option(digits), fc.option(fc.integer({ min: -30, max: 30 })))
    fc.assert(
      fc.property(number, ([negative, integer, fraction, exponent]) => {
        const text = [negative ? '-' : '', integer, fraction === null ? '' : `.${fraction}`]
          .concat(exponent === null ? '' : `e${exponent}`)
          .join('')
        const exact = new Decimal(text)
        const fits = exact.isZero() || (exact.e < 20 && exact.decimalPlaces() <= 18)
        const parsed = parseDecimal(text)
        if (fits) expect(parsed).toEqual({ value: exact.isZero() ? '0' : exact.toFixed() })
        else expect(parsed).toEqual({ error: expect.stringContaining('more than') })
      }),
      { numRuns: 1000 },
    )
  })

  it('stays linear on long runs of zeros', () => {
    const zeros = '0'.repeat(2_000_000)
    expect(parseDecimal(`1.${zeros}1`)).toHaveProperty('error')
    expect(parseDecimal(`${zeros}1.5${zeros}`)).toEqual({ value: '1.5' })
  })
})

test.each([
  [undefined, 'nothing'],
  [null, 'null'],
  [true, 'true'],
  ['a"b', '"a\\"b"'],
  [5, '5'],
  [new LosslessNumber('12345678901234567890.5'), '12345678901234567890.5'],
  [[1, 2], 'an array of 2'],
  [{ a: 1, b: 2 }, 'an object with keys ["a","b"]'],
  ['x'.repeat(200), `"${'x'.repeat(100)}…"`],
])('showValue %#', (value, shown) => {
  expect(showValue(value)).toBe(shown)
})
