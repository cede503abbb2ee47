import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openTestEngine, type TestEngine } from './chdb.test-helper'
import { sourceSql } from './source'
import { sqlString } from './sql-literal'

let engine: TestEngine
beforeAll(() => {
  engine = openTestEngine()
})
afterAll(() => engine.close())

const HOSTILE = [
  '',
  "'",
  "''",
  '\\',
  "\\'",
  "\\\\'",
  '\0',
  'a\0b',
  '\n\r\t\b\f\v',
  "'; DROP TABLE cost_lines --",
  '/* */ -- #',
  '{name:String}',
  '%s ? $1 `"',
  '\\x41\\N\\u0041',
  'ÄÖ 日本 🦆',
  '\uFEFF\u2028\u202E',
  '\uD800 alone \uDC00',
]

const hex = (text: string) => Buffer.from(new TextEncoder().encode(text)).toString('hex').toUpperCase()

async function expectExact(values: string[]): Promise<void> {
  const [row] = await engine.rows(`SELECT ${values.map((value) => `hex(${sqlString(value)})`).join(', ')}`)
  expect(row).toEqual(values.map(hex))
}

test('a literal evaluates to exactly its text', () => expectExact(HOSTILE))

test('every text survives, lone surrogates as U+FFFD', async () => {
  const anyText = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.string({ unit: fc.integer({ min: 0, max: 0xffff }).map((code) => String.fromCharCode(code)) }),
    fc.string({ unit: fc.constantFrom('\\', "'", '\0', '\n', 'n', '0', 'x', '{', '}', '\uD83D', '\uDE00') }),
  )
  const property = fc.asyncProperty(fc.array(anyText, { minLength: 1, maxLength: 40 }), expectExact)
  await fc.assert(property, { numRuns: 60 })
})

test('hostile tag keys, attribute keys and elements stay data', async () => {
  const keys = HOSTILE.filter((key) => key !== '')
  const columns = keys.flatMap((key) => {
    const map = `CAST(map(${sqlString(key)}, 'found'), 'Map(String, String)')`
    const tag = sourceSql({ kind: 'tag', key }, { dimensionColumn: String })
    const attribute = sourceSql({ kind: 'attribute', key }, { dimensionColumn: String })
    const read = `(SELECT concat(${tag}, ' ', ${attribute}) FROM (SELECT ${map} AS Tags, ${map} AS Attributes))`
    return [`hex(multiIf(${read} = 'found found', ${sqlString(key)}, 'lost'))`]
  })
  const [row] = await engine.rows(`SELECT ${columns.join(', ')}`)
  expect(row).toEqual(keys.map(hex))
})
