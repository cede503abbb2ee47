import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { Session } from 'chdb'
import { Decimal } from 'decimal.js'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { FOCUS_DECIMAL_COLUMNS, FOCUS_STRING_COLUMNS, FOCUS_TIME_COLUMNS } from '@/lib/costformation/focus-columns'

const telemetry = z.object({
  stream: z.string(),
  records: z.array(z.object({ filter: z.record(z.string(), z.array(z.string())) })),
})
const folder = mkdtempSync(join(tmpdir(), 'generate-bill-test-'))
const at = (name: string) => join(folder, name)
let engine: Session

function generate(...args: string[]) {
  const { status, stderr } = spawnSync(process.execPath, ['scripts/generate-bill.mjs', ...args], { encoding: 'utf8' })
  return { status, stderr }
}

const DECIMALS = [...FOCUS_DECIMAL_COLUMNS].map((name) => `${name} Nullable(Decimal(38, 12))`)
const HINTS = [...DECIMALS, 'BillingAccountId String', 'SubAccountId String'].join(', ')

/** Rows of texts; decimals keep their digits. */
function rows(select: string, file = 'bill.csv'): string[][] {
  const isParquet = file.endsWith('.parquet')
  const query = select.replaceAll('BILL', `file('${at(file)}', '${isParquet ? 'Parquet' : 'CSVWithNames'}')`)
  const settings = isParquet ? '' : ` SETTINGS schema_inference_hints = '${HINTS}'`
  const text = engine.query(query + settings, 'JSONCompactStringsEachRow')
  return text
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line) as string[])
}
const numbers = (select: string, file?: string) => rows(select, file)[0]?.map(Number)
const sha256 = (name: string) =>
  createHash('sha256')
    .update(readFileSync(at(name)))
    .digest('hex')
const headerOf = (name: string) =>
  (readFileSync(at(name), 'utf8').split('\n', 1)[0] ?? '').split(',').map((name) => name.replaceAll('"', ''))

const SMALL = ['--lines', '20000', '--start', '2024-07', '--months', '2']

beforeAll(() => {
  engine = new Session()
  expect(generate(...SMALL, '--out', at('bill.csv')).status).toBe(0)
})
afterAll(() => {
  engine.close()
  rmSync(folder, { recursive: true, force: true })
})

describe('the same arguments', () => {
  it('give the same bytes, here and on any machine', () => {
    generate(...SMALL, '--out', at('again.csv'))
    expect(sha256('again.csv')).toBe(sha256('bill.csv'))
    expect(sha256('bill.csv')).toBe('76614397882d0b2b7c5b112676e66e8a0dae37bb2f9f87d3dc3ff72a74d5fffc')
  })

  it('give the same telemetry', () => {
    generate(...SMALL, '--telemetry', at('telemetry.jsonl'))
    expect(sha256('telemetry.jsonl')).toBe('95eaef15627344c5b1b9eaecd5ca79a04f7eaa0eaaa81dc1b9f62aa60a3b1281')
  })

  it('with another seed are another bill, of as many lines', () => {
    generate(...SMALL, '--seed', '2', '--out', at('other.csv'))
    expect(sha256('other.csv')).not.toBe(sha256('bill.csv'))
    expect(numbers('SELECT count() FROM BILL', 'other.csv')).toEqual([20000])
  })
})

it.each([
  [2_000, 1, '2023-02'],
  [12_345, 3, '2023-11'],
  [54_321, 5, '2024-02'],
])('has exactly %i lines over %i months', (lines, months, start) => {
  generate('--lines', `${lines}`, '--months', `${months}`, '--start', start, '--out', at('exact.parquet'))
  const counts = 'SELECT count(), uniqExact(BillingPeriodStart), toDate(min(BillingPeriodStart)) = $START FROM BILL'
  expect(numbers(counts.replace('$START', `'${start}-01'`), 'exact.parquet')).toEqual([lines, months, 1])
})

describe('the formats', () => {
  const totals = `SELECT count(), sum(BilledCost), sum(EffectiveCost), sum(ListCost), sum(ContractedCost),
    sum(PricingQuantity), uniqExact(ResourceId), toUnixTimestamp(min(ChargePeriodStart)), toUnixTimestamp(max(ChargePeriodEnd)) FROM BILL`

  it('hold the same bill', () => {
    generate(...SMALL, '--out', at('bill.parquet'))
    generate(...SMALL, '--out', at('bill.csv.gz'))
    const parquet = rows(totals, 'bill.parquet')
    expect(parquet[0]?.[0]).toBe('20000')
    expect(rows(totals)).toEqual(parquet)
    expect(gunzipSync(readFileSync(at('bill.csv.gz'))).equals(readFileSync(at('bill.csv')))).toBe(true)
  })

  it('in several files are one bill, cut', () => {
    generate(...SMALL, '--files', '3', '--out', at('parts.csv'))
    const [first = '', ...more] = [1, 2, 3].map((part) => readFileSync(at(`parts-${part}.csv`), 'utf8'))
    const header = first.slice(0, first.indexOf('\n') + 1)
    const whole = first + more.map((text) => text.slice(header.length)).join('')
    expect(whole).toBe(readFileSync(at('bill.csv'), 'utf8'))
    expect(readdirSync(folder).filter((name) => name.endsWith('.part'))).toEqual([])
  })

  it('in Parquet have decimals, times in UTC and tags as a map', () => {
    const types = new Map(rows('DESCRIBE BILL', 'bill.parquet').map(([name = '', type = '']) => [name, type]))
    expect(types.get('BilledCost')).toBe('Decimal(38, 12)')
    expect(types.get('ChargePeriodStart')).toMatch(/^DateTime64\(\d, 'UTC'\)$/)
    expect(types.get('Tags')).toBe('Map(String, String)')
  })
})

/** Columns that each version of FOCUS adds; 1.4 drops two. */
const ADDED = {
  '1.0': 43,
  '1.1': 50,
  '1.2': 57,
  '1.3': 65,
  '1.4': 65,
}
const NOT_NULL =
  'BilledCost BillingAccountId BillingCurrency BillingPeriodEnd BillingPeriodStart ChargeCategory ChargeFrequency ChargePeriodEnd ChargePeriodStart ContractedCost EffectiveCost InvoiceIssuerName ListCost ServiceCategory ServiceName'

describe('FOCUS', () => {
  it.each(Object.entries(ADDED))('%s has its %i columns', (version, count) => {
    const name = `focus-${version}.csv`
    generate('--lines', '3000', '--months', '1', '--focus', version, '--out', at(name))
    const header = headerOf(name)
    expect(header).toHaveLength(count)
    const known: readonly string[] = [...FOCUS_STRING_COLUMNS, ...FOCUS_DECIMAL_COLUMNS, ...FOCUS_TIME_COLUMNS, 'Tags']
    expect(header.filter((column) => !known.includes(column))).toEqual([])
    expect(header.includes('ProviderName')).toBe(version !== '1.4')
    expect(header.includes('HostProviderName')).toBe(version >= '1.3')
    const filled = NOT_NULL.split(' ')
      .map((column) => `countIf(isNull(${column}) OR toString(${column}) = '')`)
      .join(' + ')
    expect(numbers(`SELECT ${filled} FROM BILL`, name)).toEqual([0])
  })

  it('costs are quantity × price, to the last digit', () => {
    const usage = `ChargeCategory = 'Usage' AND isNull(ChargeClass) AND ifNull(CommitmentDiscountStatus, '') != 'Unused'`
    const [lines, list, contracted] =
      numbers(`SELECT countIf(${usage}), countIf(${usage} AND ListCost = CAST(PricingQuantity AS Decimal(38, 3)) * CAST(ListUnitPrice AS Decimal(38, 9))),
        countIf(${usage} AND ContractedCost = CAST(PricingQuantity AS Decimal(38, 3)) * CAST(ContractedUnitPrice AS Decimal(38, 9))) FROM BILL`) ??
      []
    expect(lines).toBeGreaterThan(19_000)
    expect([list, contracted]).toEqual([lines, lines])
    const dearer = `SELECT countIf(${usage} AND (ListCost < ContractedCost OR ContractedCost < EffectiveCost)) FROM BILL`
    expect(numbers(dearer)).toEqual([0])
  })

  it('of a commitment the used and the unused parts are what was bought', () => {
    const months =
      rows(`SELECT CommitmentDiscountId, toString(BillingPeriodStart), sumIf(BilledCost, ChargeCategory = 'Purchase'),
      sumIf(EffectiveCost, CommitmentDiscountStatus = 'Used'), sumIf(EffectiveCost, CommitmentDiscountStatus = 'Unused'),
      sumIf(EffectiveCost, ChargeCategory = 'Purchase'), sumIf(BilledCost, ChargeCategory = 'Usage'), min(CommitmentDiscountQuantity)
      FROM BILL WHERE CommitmentDiscountId != '' GROUP BY 1, 2 ORDER BY 1, 2`)
    expect(months).toHaveLength(4)
    for (const [, , bought = '', used = '', unused = '', effective, billed, least = ''] of months) {
      expect(new Decimal(used).plus(unused).toFixed()).toBe(new Decimal(bought).toFixed())
      expect(new Decimal(unused).gt(0) && new Decimal(least).gte(0)).toBe(true)
      expect([effective, billed]).toEqual(['0', '0'])
    }
  })

  it('charges lie in their billing month, corrections in an earlier one', () => {
    const outside = 'ChargePeriodStart < BillingPeriodStart OR ChargePeriodEnd > BillingPeriodEnd'
    expect(
      numbers(`SELECT countIf(ChargeClass = 'Correction'), countIf(${outside}),
      countIf(ChargeClass = 'Correction' AND ChargePeriodEnd <= BillingPeriodStart) FROM BILL`),
    ).toEqual([6, 6, 6])
  })
})

describe('the company', () => {
  const LARGER = 'larger.parquet'
  beforeAll(() => {
    generate('--lines', '120000', '--start', '2024-07', '--months', '2', '--out', at(LARGER))
  })

  it('has all kinds of charges, hours, days and months, and tags on most lines', () => {
    const kinds = rows('SELECT DISTINCT ChargeCategory FROM BILL ORDER BY 1', LARGER).flat()
    expect(kinds).toEqual(['Adjustment', 'Credit', 'Purchase', 'Tax', 'Usage'])
    const spans = `SELECT countIf(h = 1) > 50000, countIf(h = 24) > 30000, countIf(h > 600) > 50,
      uniqExact(ServiceName) >= 25, uniqExact(SubAccountId) = 15, countIf(notEmpty(Tags)) / count() BETWEEN 0.65 AND 0.8
      FROM (SELECT *, dateDiff('hour', ChargePeriodStart, ChargePeriodEnd) AS h FROM BILL)`
    expect(numbers(spans, LARGER)).toEqual([1, 1, 1, 1, 1, 1])
  })

  it('pays each provider in one currency when several are asked for', () => {
    generate(...SMALL, '--currencies', '3', '--out', at('currencies.csv'))
    const pairs = rows('SELECT DISTINCT InvoiceIssuerName, BillingCurrency FROM BILL ORDER BY 1', 'currencies.csv')
    expect(pairs.map(([, currency]) => currency)).toEqual(['USD', 'GBP', 'EUR'])
    const euros = `SELECT sum(EffectiveCost) / sum(PricingCurrencyEffectiveCost) BETWEEN 0.9 AND 0.93
      FROM BILL WHERE BillingCurrency = 'EUR'`
    expect(numbers(euros, 'currencies.csv')).toEqual([1])
  })

  it('sends telemetry for pools and services that the bill has', () => {
    const bodies = readFileSync(at('telemetry.jsonl'), 'utf8')
      .trimEnd()
      .split('\n')
      .map((line) => telemetry.parse(JSON.parse(line)))
    expect(new Set(bodies.map(({ stream }) => stream)).size).toBe(7)
    expect(bodies.every(({ records }) => records.length <= 5000)).toBe(true)
    const filters = bodies.map(({ records }) => records[0]?.filter ?? {})
    const pools = rows("SELECT DISTINCT Tags['pool'] AS pool FROM BILL WHERE pool != ''", LARGER).flat()
    expect(new Set(filters.flatMap((filter) => filter['tag:pool'] ?? []))).toEqual(new Set(pools))
    const services = rows('SELECT DISTINCT ServiceName FROM BILL', LARGER).flat()
    expect(filters.flatMap(({ service = [] }) => service).every((name) => services.includes(name))).toBe(true)
  })
})

describe('what is wrong on the command line is said', () => {
  it.each([
    [['--lines', '10', '--out', at('no.csv')], /--lines: at least \d+ for 3 months; got 10/],
    [['--lines', '1e6', '--out', at('no.csv')], /--lines: a whole number from 1 to \d+; got "1e6"/],
    [['--start', '2024-13', '--out', at('no.csv')], /--start: a month/],
    [['--focus', '2.0', '--out', at('no.csv')], /--focus: one of 1\.0, .*; got "2\.0"/],
    [['--out', at('{a,b}.csv')], /--out: a path without/],
    [['--lnes', '10'], /Unknown option '--lnes'/],
    [[], /--out: say where/],
  ])('%j', (args, message) => {
    const { status, stderr } = generate(...args)
    expect([status, stderr]).toEqual([2, expect.stringMatching(message)])
    expect(readdirSync(folder)).not.toContain('no.csv')
  })
})
