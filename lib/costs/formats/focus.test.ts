import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { parse } from 'csv-parse/sync'
import { afterAll, describe, expect, it } from 'vitest'
import { METRICS } from '../../contract/common'
import { REQUIRED_COLUMNS } from './focus'
import { planLines } from './plan'
import { fileRelation, openTestEngine, runCsv, runPlan, textColumns } from './run.test-helper'

const REQUIRED: readonly string[] = REQUIRED_COLUMNS
const GOOD: Record<string, string> = {
  BilledCost: '1',
  BillingCurrency: 'USD',
  BillingPeriodStart: '2024-09-01T00:00:00Z',
  ChargePeriodStart: '2024-09-05 00:00:00',
  ChargePeriodEnd: '2024-09-06',
}

const engine = openTestEngine()
afterAll(() => engine.close())

const run = (lines: Record<string, string>[]) => {
  const header = [...new Set([...REQUIRED, ...lines.flatMap((line) => Object.keys(line))])]
  const records = lines.map((line) => header.map((name) => line[name] ?? GOOD[name] ?? ''))
  return runCsv({ engine, header, records, format: 'focus' })
}

describe('the header of a FOCUS bill', () => {
  it('finds each column by its name, in any order and case, BOM, blanks and quotes aside', () => {
    const header = ['\uFEFF"Tags"', ' billedcost ', 'x_Team', 'ServiceName', ...REQUIRED.slice(1)]
    const plan = planLines({ columns: textColumns(header), format: 'auto' })
    expect(plan.format).toBe('focus')
    expect(plan.columns.map(({ column }) => column)).toEqual([
      'Tags',
      'BilledCost',
      'ServiceName',
      ...REQUIRED.slice(1),
      'BillingMonth',
      'Attributes',
    ])
    expect(plan.columns.find(({ column }) => column === 'ServiceName')?.sql).toContain('c3')
  })

  it.each([
    ['1.0', ['ProviderName', 'PublisherName']],
    ['1.1', ['SkuMeter']],
    ['1.2', ['SkuMeter', 'InvoiceId']],
    ['1.3', ['ServiceProviderName', 'ProviderName']],
    ['1.4', ['InvoiceDetailId', 'AllocatedMethodId']],
  ])('tells version %s by its columns', (version, names) => {
    expect(planLines({ columns: textColumns([...REQUIRED, ...names]), format: 'auto' }).version).toBe(version)
  })

  it('says which metrics the file lacks, and under which names other columns are kept', () => {
    const plan = planLines({ columns: textColumns([...REQUIRED, 'Colour', '', 'x_', 'x_Colour']), format: 'focus' })
    expect(plan.warnings).toEqual([
      `The file has no ${METRICS.slice(1).join(', ')}: these metrics are 0 for its lines.`,
      'Not FOCUS columns, kept as attributes: x_Colour_2, x_Column7, x_Column8.',
    ])
    const whole = planLines({ columns: textColumns([...REQUIRED, ...METRICS.slice(1)]), format: 'focus' })
    expect(whole.warnings).toEqual([])
  })

  it.each<[names: string[], message: string | RegExp]>([
    [REQUIRED.slice(1), 'This looks like FOCUS, but the header lacks BilledCost. Seen: "BillingCurrency"'],
    [
      ['a', 'b'],
      /^This is no bill in a known format.*Seen: "a", "b"\. Accepted: FOCUS 1\.0 to 1\.4, AWS CUR, AWS CUR 2\.0/,
    ],
    [['x'.repeat(500)], /Seen: "x{40}"\./],
    [Array.from({ length: 20 }, (_, index) => `c${index}`), /"c7", … \(20 columns\)/],
    [[...REQUIRED, 'billedCOST'], 'The header names the column BilledCost twice.'],
    [[...REQUIRED, 'x_a', 'x_a'], 'The header names the column x_a twice.'],
    [Array.from({ length: 2001 }, () => 'x'), /2001 columns; at most 2000/],
    [[], /no bill in a known format/],
    [['time/usage_start', 'cost/discounted_cost'], 'This looks like CloudZero CBF, but the header lacks cost/cost.'],
    [
      ['lineItem/UsageStartDate', 'bill/InvoiceId'],
      'looks like an AWS CUR, but the header lacks lineItem/UnblendedCost.',
    ],
  ])('refuses %.0j', (names, message) => {
    expect(() => planLines({ columns: textColumns(names), format: 'auto' })).toThrow(message)
  })
})

describe('FOCUS records as cost lines', () => {
  it('gives the sample its independent total', async () => {
    const path = resolve('public/example/focus-1.0-sample.csv')
    const [header = []] = parse(readFileSync(path), { to: 1 }) as string[][]
    const plan = planLines({ columns: textColumns(header), format: 'auto' })
    expect(plan).toMatchObject({ format: 'focus', version: '1.0' })
    expect(plan.warnings).toEqual(['Not FOCUS columns, kept as attributes: x_Id.'])
    const relation = fileRelation({ path, width: header.length })
    const { lines, faults } = await runPlan({ engine, plan, relation })
    expect(faults).toEqual([])
    expect(lines).toHaveLength(1000)
    expect(lines[0]).toMatchObject({
      BilledCost: '0.0000008',
      SkuId: 'G95FST5FTYV3JSRX',
      AvailabilityZone: '',
      Tags: '{}',
    })
    const sql = plan.columns.find(({ column }) => column === 'BilledCost')?.sql
    expect(await engine.rows(`SELECT sum(${sql}) FROM ${relation}`)).toEqual([['20.52022672899']])
  })

  it.each<[column: string, value: string, reason: string]>([
    ['BilledCost', '1,5', 'is not a decimal number'],
    ['BilledCost', '', 'is empty'],
    ['BilledCost', 'NULL', 'is empty'],
    ['BilledCost', '0.1234567890123456789', 'has more than 18 fractional digits'],
    ['BilledCost', '1.00000000000000000000000000000000000000001', 'has more than 18 fractional digits'],
    ['BilledCost', '1e-19', 'has more than 18 fractional digits'],
    ['BilledCost', '1.5E-18', 'has more than 18 fractional digits'],
    ['BilledCost', '1e-999999999', 'has more than 18 fractional digits'],
    ['BilledCost', '123456789012345678901', 'has more than 20 integer digits'],
    ['BilledCost', '1e30', 'has more than 20 integer digits'],
    ['BilledCost', '1e999999999999', 'has more than 20 integer digits'],
    ['BilledCost', '0x10', 'is not a decimal number'],
    ['BilledCost', 'nan', 'is not a decimal number'],
    ['BilledCost', ' 1', 'is not a decimal number'],
    ['BilledCost', '-', 'is not a decimal number'],
    ['BilledCost', '.', 'is not a decimal number'],
    ['BilledCost', 'e0', 'is not a decimal number'],
    ['BilledCost', '0.1.2', 'is not a decimal number'],
    ['EffectiveCost', '--1', 'is not a decimal number'],
    ['ConsumedQuantity', '1.2.3', 'is not a decimal number'],
    ['ChargePeriodStart', '05/09/2024', 'is not an ISO 8601 time'],
    ['ChargePeriodStart', '2024-02-30T00:00:00Z', 'is not an ISO 8601 time'],
    ['ChargePeriodStart', '2024-13-01T00:00:00Z', 'is not an ISO 8601 time'],
    ['ChargePeriodStart', '2024-09-05T25:00:00Z', 'is not an ISO 8601 time'],
    ['ChargePeriodStart', '1969-12-31T00:00:00Z', 'lies outside 1971 to 2105'],
    ['ChargePeriodEnd', '2199-01-01T00:00:00Z', 'lies outside 1971 to 2105'],
    ['ChargePeriodEnd', '', 'is empty'],
    ['BillingPeriodEnd', '20240901', 'is not an ISO 8601 time'],
    ['BillingCurrency', 'NULL', 'is empty'],
    ['ChargePeriodEnd', '2024-09-04', 'lies before ChargePeriodStart (2024-09-05 00:00:00)'],
    ['BillingPeriodStart', 'September', 'is not an ISO 8601 time'],
    ['Tags', '{"a":', 'is not a JSON object'],
    ['Tags', '["a"]', 'is not a JSON object'],
    ['Tags', 'x', 'is not a JSON object'],
  ])('refuses %s = %j', async (column, value, reason) => {
    const { lines, faults } = await run([{ [column]: value }, {}])
    expect(faults).toEqual([[column, value, reason]])
    expect(lines).toHaveLength(1)
  })

  it.each<[text: string, value: string]>([
    ['99999999999999999999.999999999999999999', '99999999999999999999.999999999999999999'],
    ['-0.000000000000000001', '-0.000000000000000001'],
    ['1.0E-5', '0.00001'],
    ['10E-19', '0.000000000000000001'],
    ['1E+5', '100000'],
    ['.5', '0.5'],
    ['1.', '1'],
    ['-.0', '0'],
    ['+1', '1'],
    ['0.10000000000000000000000000000', '0.1'],
    ['000000000000000000000000000001', '1'],
    ['-0', '0'],
    ['0E-10', '0'],
  ])('keeps the decimal %s', async (value, kept) => {
    const { lines, faults } = await run([{ BilledCost: value, PricingQuantity: value }])
    expect(faults).toEqual([])
    expect(lines[0]).toMatchObject({ BilledCost: kept, PricingQuantity: kept })
  })

  it('cuts what doubles write past the 18th digit of a price or quantity, and loses no cost for it', async () => {
    const { lines, faults } = await run([
      { BilledCost: '2', ListUnitPrice: '1.1102230246251565E-16', ConsumedQuantity: '0.0000000123456789012345' },
    ])
    expect(faults).toEqual([])
    expect(lines[0]).toMatchObject({
      BilledCost: '2',
      ListUnitPrice: '0.000000000000000111',
      ConsumedQuantity: '0.000000012345678901',
    })
  })

  it('knows a currency in any case', async () => {
    const { lines } = await run([{ BillingCurrency: 'usd' }])
    expect(lines[0]).toMatchObject({ BillingCurrency: 'USD' })
  })

  it.each([
    ['2024-09-05', '2024-09-05 00:00:00'],
    ['2024-09-05T07:08Z', '2024-09-05 07:08:00'],
    ['2024-09-05 07:08:09.123456', '2024-09-05 07:08:09'],
    ['2024-09-05T07:08:09.000Z', '2024-09-05 07:08:09'],
    ['2024-09-05 00:00:00+02:00', '2024-09-04 22:00:00'],
    ['2024-09-05 00:00:00+02', '2024-09-04 22:00:00'],
    ['2024-09-05 07:08:09 UTC', '2024-09-05 07:08:09'],
    ['2024-09-05 07:08:09.5 UTC', '2024-09-05 07:08:09'],
    ['1971-01-01', '1971-01-01 00:00:00'],
    ['2105-12-31T23:59:59Z', '2105-12-31 23:59:59'],
  ])('reads the time %s', async (value, kept) => {
    const { lines, faults } = await run([{ ChargePeriodStart: value, ChargePeriodEnd: value }])
    expect(faults).toEqual([])
    expect(lines[0]).toMatchObject({ ChargePeriodStart: kept, ChargePeriodEnd: kept })
  })

  it('takes the billing month as it is written, and null as nothing', async () => {
    const { lines } = await run([
      {
        BillingPeriodStart: '2024-09-01T00:00:00+02:00',
        BillingPeriodEnd: 'NULL',
        EffectiveCost: 'NULL',
        PricingQuantity: '',
        ServiceName: 'NULL',
        Tags: '{"a":"b\\"é","n":1,"t":true,"z":null}',
        x_Team: 'NULL',
        X_other: 'o',
        Colour: 'red',
      },
    ])
    expect(lines[0]).toMatchObject({
      BillingMonth: '2024-09-01',
      BillingPeriodEnd: '1970-01-01 00:00:00',
      EffectiveCost: '0',
      ServiceName: '',
      Tags: `{'a':'b"é','n':'1','t':'true'}`,
      Attributes: "{'X_other':'o','x_Colour':'red'}",
    })
    expect(lines[0]?.PricingQuantity).toBe('ᴺᵁᴸᴸ')
  })
})

describe('FOCUS in Parquet', () => {
  it('takes typed columns as they are', async () => {
    const cells: [name: string, type: string, value: string, wanted: string][] = [
      ['BilledCost', 'Nullable(Float64)', '1.1e-7', '0.00000011'],
      ['EffectiveCost', 'Decimal(38, 10)', "toDecimal128('1.5', 10)", '1.5'],
      ['ListCost', 'Nullable(Int64)', '7', '7'],
      ['ContractedCost', 'Float64', '0.1', '0.1'],
      ['PricingQuantity', 'Nullable(Decimal(76, 20))', "toDecimal256('2.25', 20)", '2.25'],
      ['ConsumedQuantity', 'Nullable(String)', 'NULL', 'ᴺᵁᴸᴸ'],
      ['BillingCurrency', 'LowCardinality(Nullable(String))', "'USD'", 'USD'],
      ['BillingPeriodStart', 'Date', "toDate('2024-09-01')", '2024-09-01 00:00:00'],
      [
        'ChargePeriodStart',
        "Nullable(DateTime64(6, 'UTC'))",
        "toDateTime64('2024-09-05 01:02:03', 6, 'UTC')",
        '2024-09-05 01:02:03',
      ],
      ['ChargePeriodEnd', 'DateTime64(9)', "toDateTime64('2024-09-05 02:00:00', 9, 'UTC')", '2024-09-05 02:00:00'],
      ['Tags', 'Map(String, Nullable(String))', "map('a', 'b', 'c', NULL)", "{'a':'b','c':''}"],
      ['SkuPriceDetails', 'Map(String, String)', "map('a', 'b')", '{"a":"b"}'],
      ['ContractApplied', 'Tuple(a Nullable(Int64))', 'tuple(1)', '{"a":1}'],
      ['x_Flag', 'Nullable(Bool)', 'true', ''],
    ]
    const columns = cells.map(([name, type]) => ({ name, type, sql: `\`${name}\`` }))
    const plan = planLines({ columns, format: 'auto' })
    const relation = `(SELECT 0 AS n, ${cells.map(([name, type, value]) => `CAST(${value}, '${type.replaceAll("'", "\\'")}') AS \`${name}\``).join(', ')})`
    const { lines, faults } = await runPlan({ engine, plan, relation })
    expect(faults).toEqual([])
    expect(lines[0]).toMatchObject(Object.fromEntries(cells.slice(0, -1).map(([name, , , wanted]) => [name, wanted])))
    expect(lines[0]).toMatchObject({ BillingMonth: '2024-09-01', Attributes: "{'x_Flag':'true'}" })
    expect(plan.warnings.at(-1)).toMatch(/^Floating-point columns: BilledCost, ContractedCost\./)
  })
})
