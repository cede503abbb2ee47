import { afterAll, describe, expect, it } from 'vitest'
import { mapping } from '../../contract/import-profiles'
import { planLines } from './plan'
import { openTestEngine, runCsv, textColumns } from './run.test-helper'

const engine = openTestEngine()
afterAll(() => engine.close())

type Input = Partial<Parameters<typeof mapping.parse>[0]> & Record<string, unknown>

const run = (line: Record<string, string>, further: Input = {}) => {
  const cells = { Cost: '5', Date: '2024-09-05', ...line }
  return runCsv({
    engine,
    header: Object.keys(cells),
    records: [Object.values(cells)],
    format: 'mapping',
    mapping: mapping.parse({ cost: 'Cost', period_start: 'Date', ...further }),
  })
}

describe('a mapping', () => {
  it('makes lines of any table, and keeps what it leaves out', async () => {
    const { lines, faults, plan } = await run(
      {
        'List price': '6',
        Until: '2024-09-07',
        Product: 'Licences',
        Konto: 'k1',
        Region: 'eu',
        Res: 'r1',
        Kind: 'Purchase',
        Text: 'seats',
        Curr: 'eur',
        Team: 'search',
        Env: '',
        Note: 'n',
        '': 'nameless',
        Seats: '12',
        Note2: '',
      },
      {
        cost: 'cost',
        list_cost: 'List price',
        period_end: 'Until',
        service: 'Product',
        account: 'Konto',
        region: 'Region',
        resource: 'Res',
        charge_category: 'Kind',
        description: 'Text',
        currency: { column: 'Curr' },
        tags: {
          columns: [
            { column: 'Team', key: 'team' },
            { column: 'Env', key: 'env' },
          ],
        },
        columns: { PricingQuantity: 'Seats', providername: 'Konto' },
      },
    )
    expect(faults).toEqual([])
    expect(plan).toMatchObject({ format: 'mapping', version: null, warnings: [] })
    expect(lines).toEqual([
      {
        BilledCost: '5',
        EffectiveCost: '5',
        ListCost: '6',
        ContractedCost: '5',
        ChargePeriodStart: '2024-09-05 00:00:00',
        ChargePeriodEnd: '2024-09-07 00:00:00',
        BillingMonth: '2024-09-01',
        BillingPeriodStart: '2024-09-01 00:00:00',
        BillingPeriodEnd: '2024-10-01 00:00:00',
        ChargeCategory: 'Purchase',
        ServiceName: 'Licences',
        SubAccountId: 'k1',
        RegionId: 'eu',
        ResourceId: 'r1',
        ChargeDescription: 'seats',
        BillingCurrency: 'EUR',
        Tags: "{'team':'search'}",
        PricingQuantity: '12',
        ProviderName: 'k1',
        Attributes: "{'x_Note':'n','x_Column15':'nameless'}",
      },
    ])
  })

  it.each<[text: string, mark: '.' | ',', value: string | null]>([
    ['12.5', '.', '12.5'],
    ['1,234.56', '.', '1234.56'],
    ['1,23,456.5', '.', '123456.5'],
    ['$12.50', '.', '12.5'],
    ['-$12.50', '.', '-12.5'],
    ['$-12.50', '.', '-12.5'],
    ['US$ 1,000', '.', '1000'],
    ['EUR 12', '.', '12'],
    ['12 EUR', '.', '12'],
    ['(12.50)', '.', '-12.5'],
    ['($1,012.50)', '.', '-1012.5'],
    ['12.50-', '.', '-12.5'],
    ['12.50- €', '.', '-12.5'],
    ['EUR-3', '.', '-3'],
    ['-5-', '.', null],
    ['−3', '.', '-3'],
    ["1'234.5", '.', '1234.5'],
    ['1 234.5', '.', '1234.5'],
    [' 5 ', '.', '5'],
    ['1.5E-3', '.', '0.0015'],
    ['-1e-5', '.', '-0.00001'],
    ['99999999999999999999.999999999999999999', '.', '99999999999999999999.999999999999999999'],
    ['1.234,56', ',', '1234.56'],
    ['1234,5', ',', '1234.5'],
    ['1.234', ',', '1234'],
    ['-1.234.567,891 €', ',', '-1234567.891'],
    ['12,5 kr', ',', null],
    ['1,5', '.', null],
    ['1.5', ',', null],
    ['1,2345', '.', null],
    ['1.2.3', '.', null],
    ['-', '.', null],
    ['$', '.', null],
    ['(5', '.', null],
    ['--5', '.', null],
    ['n/a', '.', null],
    ['0.1234567890123456789', '.', null],
  ])('reads %j with the mark %s', async (text, mark, value) => {
    const { lines, faults } = await run({ Cost: text }, { decimal_mark: mark })
    const reason = text.startsWith('0.1234') ? 'has more than 18 fractional digits' : 'is not a decimal number'
    if (value === null) expect(faults).toEqual([['Cost', text, reason]])
    else expect(lines[0]?.BilledCost, JSON.stringify(faults)).toBe(value)
  })

  it.each<[text: string, format: string, start: string | null, end: string]>([
    ['2024-09-05T10:00:00Z', 'iso', '2024-09-05 10:00:00', '2024-09-06 10:00:00'],
    ['2024-09-05', 'YYYY-MM-DD', '2024-09-05 00:00:00', '2024-09-06 00:00:00'],
    ['09/05/2024', 'MM/DD/YYYY', '2024-09-05 00:00:00', '2024-09-06 00:00:00'],
    ['9/5/2024', 'MM/DD/YYYY', '2024-09-05 00:00:00', '2024-09-06 00:00:00'],
    ['9/5/2024 07:30', 'MM/DD/YYYY', '2024-09-05 07:30:00', '2024-09-06 07:30:00'],
    ['5/9/2024', 'DD/MM/YYYY', '2024-09-05 00:00:00', '2024-09-06 00:00:00'],
    ['5.9.2024', 'DD.MM.YYYY', '2024-09-05 00:00:00', '2024-09-06 00:00:00'],
    ['20240905', 'YYYYMMDD', '2024-09-05 00:00:00', '2024-09-06 00:00:00'],
    ['202409', 'YYYYMM', '2024-09-01 00:00:00', '2024-09-02 00:00:00'],
    ['2024-09', 'YYYYMM', '2024-09-01 00:00:00', '2024-09-02 00:00:00'],
    ['1725494400', 'epoch_seconds', '2024-09-05 00:00:00', '2024-09-06 00:00:00'],
    ['13/25/2024', 'MM/DD/YYYY', null, ''],
    ['31.02.2024', 'DD.MM.YYYY', null, ''],
    ['soon', 'epoch_seconds', null, ''],
    ['202413', 'YYYYMM', null, ''],
  ])('reads the time %s as %s', async (text, format, start, end) => {
    const { lines, faults } = await run({ Date: text }, { time_format: format })
    if (start === null) expect(faults).toEqual([['Date', text, `is not a time of the form ${format}`]])
    else {
      expect(faults).toEqual([])
      expect(lines[0]).toMatchObject({ ChargePeriodStart: start, ChargePeriodEnd: end, BillingMonth: '2024-09-01' })
    }
  })

  it('reads tags of JSON, and months', async () => {
    const { lines } = await run(
      { T: '{"a":"b"}', Date: '202412' },
      { tags: { json: 'T' }, time_format: 'YYYYMM', granularity: 'month' },
    )
    expect(lines[0]).toMatchObject({
      Tags: "{'a':'b'}",
      ChargePeriodEnd: '2025-01-01 00:00:00',
      BillingPeriodEnd: '2025-01-01 00:00:00',
    })
  })

  it.each([
    [{ service: 'Nope' }, /The mapping names the column "Nope", which the header lacks\. Seen: "Cost", "Date", "cost"/],
    [{ columns: { Foo: 'Cost' } }, /names Foo, which is no FOCUS column/],
    [{ cost: 'COST' }, /names the column cost twice/],
  ])('refuses %j', (further, message) => {
    const plan = () =>
      planLines({
        columns: textColumns(['Cost', 'Date', 'cost']),
        format: 'mapping',
        mapping: mapping.parse({ cost: 'Cost', period_start: 'Date', ...further }),
      })
    expect(plan).toThrow(message)
  })
})
