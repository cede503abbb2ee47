import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { gunzipSync } from 'node:zlib'
import { parse } from 'csv-parse/sync'
import { afterAll, describe, expect, it } from 'vitest'
import { planLines } from './plan'
import { fileRelation, openTestEngine, runCsv, runPlan, textColumns } from './run.test-helper'

const engine = openTestEngine()
afterAll(() => engine.close())

const USUAL: Record<string, string> = {
  'bill/BillingPeriodStartDate': '2023-11-01T00:00:00.000Z',
  'bill/BillingPeriodEndDate': '2023-12-01T00:00:00.000Z',
  'bill/PayerAccountId': '1',
  'lineItem/UsageAccountId': '2',
  'lineItem/LineItemType': 'Usage',
  'lineItem/UsageStartDate': '2023-11-04T23:00:00.000Z',
  'lineItem/UsageEndDate': '2023-11-05T00:00:00.000Z',
  'lineItem/ProductCode': 'AmazonEC2',
  'lineItem/UsageType': 'BoxUsage:m5.large',
  'lineItem/Operation': 'RunInstances',
  'lineItem/UsageAmount': '2.0',
  'lineItem/CurrencyCode': 'USD',
  'lineItem/UnblendedRate': '0.5',
  'lineItem/UnblendedCost': '1.0',
  'product/ProductName': 'Amazon Elastic Compute Cloud',
  'product/productFamily': 'Compute Instance',
  'product/regionCode': 'us-east-1',
  'product/region': 'us-west-1',
  'pricing/publicOnDemandCost': '1.2',
  'pricing/publicOnDemandRate': '0.6',
  'pricing/unit': 'Hrs',
  'reservation/ReservationARN': '',
  'reservation/EffectiveCost': '',
  'reservation/UnusedAmortizedUpfrontFeeForBillingPeriod': '',
  'reservation/UnusedRecurringFee': '',
  'savingsPlan/SavingsPlanARN': '',
  'savingsPlan/SavingsPlanEffectiveCost': '',
  'savingsPlan/TotalCommitmentToDate': '',
  'savingsPlan/UsedCommitment': '',
  'resourceTags/user:Team': 'search',
  'resourceTags/aws:createdBy': 'Root:1',
}
const HEADER = Object.keys(USUAL)
const run = (line: Record<string, string>) =>
  runCsv({ engine, header: HEADER, records: [HEADER.map((name) => line[name] ?? USUAL[name] ?? '')], format: 'auto' })

const AMOUNTS = ['BilledCost', 'EffectiveCost', 'ListCost', 'ContractedCost'] as const

describe('AWS CUR', () => {
  it('gives the sample its independent total', async () => {
    const path = fileURLToPath(new URL('fixtures/aws-cur-sample.csv.gz', import.meta.url))
    const [header = []] = parse(gunzipSync(readFileSync(path)), { to: 1 }) as string[][]
    const plan = planLines({ columns: textColumns(header), format: 'auto' })
    expect(plan.format).toBe('cur')
    const relation = fileRelation({ path, width: header.length })
    const { lines, faults } = await runPlan({ engine, plan, relation })
    expect(faults).toEqual([])
    expect(lines).toHaveLength(1281)
    const sql = plan.columns.find(({ column }) => column === 'BilledCost')?.sql
    // Summed with Python's decimal.Decimal over lineItem/UnblendedCost.
    expect(await engine.rows(`SELECT sum(${sql}) FROM ${relation}`)).toEqual([['1.6823086974']])
    expect(lines[0]).toMatchObject({ BillingMonth: '2023-11-01', BillingCurrency: 'USD', ProviderName: 'AWS' })
    expect(plan.warnings).toEqual([])
    const categories = new Set(lines.map((line) => line.ServiceCategory))
    expect([...categories].sort()).toEqual([
      'Analytics',
      'Developer Tools',
      'Integration',
      'Internet of Things',
      'Management and Governance',
      'Migration',
      'Networking',
      'Security',
      'Storage',
    ])
  })

  // The EffectiveCost of each type: Well-Architected Labs, CUR Query Library, "amortized cost".
  it.each<[type: string, cells: Record<string, string>, wanted: Record<string, string>]>([
    [
      'Usage',
      {},
      {
        amounts: '1 1 1.2 1',
        ChargeCategory: 'Usage',
        ChargeFrequency: 'Usage-Based',
        PricingCategory: 'Standard',
        PricingQuantity: '2',
        ConsumedQuantity: '2',
        ListUnitPrice: '0.6',
        ContractedUnitPrice: '0.5',
      },
    ],
    ['Usage', { 'lineItem/UsageType': 'USW2-SpotUsage:m5' }, { amounts: '1 1 1.2 1', PricingCategory: 'Dynamic' }],
    [
      'DiscountedUsage',
      { 'lineItem/UnblendedCost': '0', 'reservation/EffectiveCost': '0.7', 'reservation/ReservationARN': 'arn:ri' },
      {
        amounts: '0 0.7 1.2 1.2',
        ChargeCategory: 'Usage',
        CommitmentDiscountStatus: 'Used',
        CommitmentDiscountId: 'arn:ri',
        CommitmentDiscountCategory: 'Usage',
        PricingCategory: 'Committed',
      },
    ],
    [
      'SavingsPlanCoveredUsage',
      { 'savingsPlan/SavingsPlanEffectiveCost': '0.8', 'savingsPlan/SavingsPlanARN': 'arn:sp' },
      {
        amounts: '1 0.8 1.2 1',
        CommitmentDiscountStatus: 'Used',
        CommitmentDiscountId: 'arn:sp',
        CommitmentDiscountCategory: 'Spend',
        ConsumedQuantity: '2',
      },
    ],
    [
      'SavingsPlanNegation',
      { 'lineItem/UnblendedCost': '-1' },
      {
        amounts: '-1 0 0 0',
        ChargeCategory: 'Usage',
        ConsumedQuantity: 'ᴺᵁᴸᴸ',
        PricingQuantity: 'ᴺᵁᴸᴸ',
        CommitmentDiscountStatus: '',
      },
    ],
    [
      'SavingsPlanRecurringFee',
      {
        'savingsPlan/TotalCommitmentToDate': '1.0',
        'savingsPlan/UsedCommitment': '0.8',
        'pricing/publicOnDemandCost': '',
      },
      {
        amounts: '1 0.2 1 1',
        ChargeCategory: 'Purchase',
        ChargeFrequency: 'Recurring',
        CommitmentDiscountStatus: 'Unused',
        ConsumedQuantity: 'ᴺᵁᴸᴸ',
        PricingQuantity: '2',
      },
    ],
    [
      'SavingsPlanRecurringFee',
      { 'savingsPlan/TotalCommitmentToDate': '1.0', 'savingsPlan/UsedCommitment': '1.0' },
      { amounts: '1 0 1.2 1', CommitmentDiscountStatus: '' },
    ],
    ['SavingsPlanUpfrontFee', {}, { amounts: '1 0 1.2 1', ChargeFrequency: 'One-Time', ChargeCategory: 'Purchase' }],
    [
      'RIFee',
      { 'reservation/UnusedAmortizedUpfrontFeeForBillingPeriod': '0.1', 'reservation/UnusedRecurringFee': '0.02' },
      { amounts: '1 0.12 1.2 1', ChargeCategory: 'Purchase', CommitmentDiscountStatus: 'Unused' },
    ],
    ['Fee', {}, { amounts: '1 1 1.2 1', ChargeCategory: 'Purchase', ChargeFrequency: 'One-Time' }],
    ['Fee', { 'reservation/ReservationARN': 'arn:ri' }, { amounts: '1 0 1.2 1' }],
    [
      'Tax',
      { 'pricing/publicOnDemandCost': '' },
      { amounts: '1 1 1 1', ChargeCategory: 'Tax', PricingQuantity: 'ᴺᵁᴸᴸ' },
    ],
    [
      'Credit',
      { 'lineItem/UnblendedCost': '-3', 'pricing/publicOnDemandCost': '' },
      { amounts: '-3 -3 -3 -3', ChargeCategory: 'Credit', ChargeClass: '' },
    ],
    ['Refund', {}, { ChargeCategory: 'Adjustment', ChargeClass: 'Correction' }],
    ['EdpDiscount', {}, { ChargeCategory: 'Adjustment', ChargeClass: '' }],
    ['BundledDiscount', {}, { ChargeCategory: 'Adjustment' }],
  ])('reads %s %j', async (type, cells, { amounts, ...wanted }) => {
    const { lines, faults } = await run({ 'lineItem/LineItemType': type, ...cells })
    expect(faults).toEqual([])
    expect(lines[0]).toMatchObject(wanted)
    if (amounts) expect(AMOUNTS.map((name) => lines[0]?.[name]).join(' ')).toBe(amounts)
  })

  it('keeps tags by their keys, and everything else as attributes', async () => {
    const { lines } = await run({})
    expect(lines[0]).toMatchObject({
      Tags: "{'Team':'search','aws:createdBy':'Root:1'}",
      RegionId: 'us-east-1',
      ServiceName: 'Amazon Elastic Compute Cloud',
      SubAccountId: '2',
      ChargePeriodStart: '2023-11-04 23:00:00',
    })
    for (const pair of [
      "'x_Operation':'RunInstances'",
      "'x_LineItemOperation':'RunInstances'",
      "'x_UsageType':'BoxUsage:m5.large'",
      "'x_UsageFamily':'Compute Instance'",
      "'x_ProductRegion':'us-west-1'",
    ])
      expect(lines[0]?.Attributes).toContain(pair)
    expect(lines[0]?.Attributes).not.toMatch(/UnblendedCost|ReservationARN/)
  })

  it.each([
    ['AmazonEC2', 'BoxUsage:m5.large', 'Compute'],
    ['AmazonEC2', 'USE2-EBS:VolumeUsage.gp3', 'Storage'],
    ['AmazonEC2', 'EBSOptimized:c5.large', 'Storage'],
    ['AmazonRDS', 'RDS:GP2-Storage', 'Databases'],
    ['awskms', 'KMS-Requests', 'Security'],
    ['AWSSupportBusiness', 'Dollar', 'Other'],
    ['', '', 'Other'],
  ])('gives %s %s the category %s', async (code, usageType, category) => {
    const { lines } = await run({ 'lineItem/ProductCode': code, 'lineItem/UsageType': usageType })
    expect(lines[0]?.ServiceCategory).toBe(category)
  })

  it.each([
    ['lineItem/UnblendedCost', '', 'is empty'],
    ['lineItem/UnblendedCost', '1,5', 'is not a decimal number'],
    ['pricing/publicOnDemandCost', '1e-19', 'has more than 18 fractional digits'],
    ['reservation/UnusedRecurringFee', 'x', 'is not a decimal number'],
    ['lineItem/UsageStartDate', 'yesterday', 'is not an ISO 8601 time'],
    ['lineItem/CurrencyCode', '', 'is empty'],
  ])('refuses %s = %j', async (column, value, reason) => {
    const { lines, faults } = await run({ [column]: value })
    expect(lines).toEqual([])
    expect(faults).toEqual([[column, value, reason]])
  })

  it('has no category where the report names no product', async () => {
    const header = HEADER.filter((name) => name !== 'lineItem/ProductCode')
    const record = header.map((name) => USUAL[name] ?? '')
    const { lines } = await runCsv({ engine, header, records: [record], format: 'auto' })
    expect(lines[0]?.ServiceCategory ?? '').toBe('')
  })

  it('refuses a sum that the warehouse cannot hold, and never fails by it', async () => {
    const large = '9'.repeat(20)
    const { faults } = await run({
      'lineItem/LineItemType': 'RIFee',
      'reservation/UnusedAmortizedUpfrontFeeForBillingPeriod': large,
      'reservation/UnusedRecurringFee': large,
    })
    expect(faults).toEqual([['EffectiveCost', 'RIFee', 'has more than 20 integer digits']])
  })
})

describe('CUR 2.0', () => {
  const cells: [name: string, type: string, value: string][] = [
    [
      'bill_billing_period_start_date',
      "Nullable(DateTime64(3, 'UTC'))",
      "toDateTime64('2024-09-01 00:00:00', 3, 'UTC')",
    ],
    ['line_item_line_item_type', 'Nullable(String)', "'Usage'"],
    ['line_item_usage_start_date', "Nullable(DateTime64(3, 'UTC'))", "toDateTime64('2024-09-05 10:00:00', 3, 'UTC')"],
    ['line_item_usage_end_date', "Nullable(DateTime64(3, 'UTC'))", "toDateTime64('2024-09-05 11:00:00', 3, 'UTC')"],
    ['line_item_currency_code', 'Nullable(String)', "'USD'"],
    ['line_item_unblended_cost', 'Nullable(Float64)', '0.0116'],
    ['line_item_product_code', 'Nullable(String)', "'AmazonEC2'"],
    ['line_item_operation', 'Nullable(String)', "'RunInstances'"],
    ['savings_plan_savings_plan_a_r_n', 'Nullable(String)', 'NULL'],
    ['product', 'Map(String, Nullable(String))', "map('product_name', 'Amazon EC2', 'instance_type', 'm5', 'x', NULL)"],
    ['resource_tags', 'Map(String, Nullable(String))', "map('user_team', 'search', 'aws_created_by', 'me')"],
    ['cost_category', 'Map(String, Nullable(String))', "map('business_unit', 'A')"],
  ]
  const wanted = {
    BilledCost: '0.0116',
    EffectiveCost: '0.0116',
    BillingMonth: '2024-09-01',
    BillingPeriodEnd: '2024-10-01 00:00:00',
    ServiceName: 'Amazon EC2',
    ServiceCategory: 'Compute',
    Tags: "{'team':'search','aws_created_by':'me'}",
    Attributes:
      "{'x_Operation':'RunInstances','x_LineItemLineItemType':'Usage','x_LineItemProductCode':'AmazonEC2','x_LineItemOperation':'RunInstances','x_ProductProductName':'Amazon EC2','x_ProductInstanceType':'m5','x_CostCategorybusiness_unit':'A'}",
  }

  it('reads Parquet with maps', async () => {
    const columns = cells.map(([name, type]) => ({ name, type, sql: `\`${name}\`` }))
    const plan = planLines({ columns, format: 'auto' })
    expect(plan.format).toBe('cur2')
    const relation = `(SELECT 0 AS n, ${cells.map(([name, type, value]) => `CAST(${value}, '${type.replaceAll("'", "\\'")}') AS \`${name}\``).join(', ')})`
    const { lines, faults } = await runPlan({ engine, plan, relation })
    expect(faults).toEqual([])
    expect(lines[0]).toMatchObject(wanted)
  })

  it('reads CSV with maps as JSON', async () => {
    const text: Record<string, string> = {
      product: '{"product_name":"Amazon EC2","instance_type":"m5"}',
      resource_tags: '{"user_team":"search","aws_created_by":"me"}',
      cost_category: '{"business_unit":"A"}',
      savings_plan_savings_plan_a_r_n: '',
    }
    const record = cells.map(([name, , value]) => text[name] ?? /'([^']*)'/.exec(value)?.[1] ?? value)
    const { lines, faults } = await runCsv({
      engine,
      header: cells.map(([name]) => name),
      records: [record],
      format: 'auto',
    })
    expect(faults).toEqual([])
    expect(lines[0]).toMatchObject(wanted)
  })
})
