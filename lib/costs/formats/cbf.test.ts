import { afterAll, describe, expect, it } from 'vitest'
import { mapping } from '../../contract/import-profiles'
import { openTestEngine, runCsv } from './run.test-helper'

const engine = openTestEngine()
afterAll(() => engine.close())

const run = (line: Record<string, string>, profile?: Parameters<typeof mapping.parse>[0]) => {
  const cells = { 'time/usage_start': '2024-08-05T10:00:00Z', 'cost/cost': '5', ...line }
  const options = profile ? { mapping: mapping.parse(profile) } : {}
  return runCsv({ engine, header: Object.keys(cells), records: [Object.values(cells)], format: 'auto', ...options })
}

describe('CBF', () => {
  it('reads every column', async () => {
    const { lines, faults, plan } = await run({
      'time/usage_start': '2024-08-05',
      'time/usage_end': '2024-08-06',
      'cost/cost': '-10.5',
      'cost/discounted_cost': '9',
      'cost/amortized_cost': '8',
      'cost/discounted_amortized_cost': '7',
      'cost/on_demand_cost': '12',
      'lineitem/id': 'l1',
      'lineitem/type': 'Usage',
      'lineitem/description': 'Stored rows',
      'lineitem/cloud_provider': 'Snowflake',
      'resource/id': 'r1',
      'resource/service': 'Warehouse',
      'resource/account': 'a1',
      'resource/region': 'eu-west-1',
      'resource/usage_family': 'Compute',
      'resource/tag:Team': 'search',
      'resource/tag:team': '',
      'action/operation': 'query',
      'action/usage_type': 'credits',
      'usage/amount': '1e3',
      'usage/units': 'Credits',
      'bill/invoice_id': 'i1',
      'k8s/cluster': 'c1',
      'k8s/namespace': 'n1',
      'k8s/deployment': 'd1',
      'k8s/labels': '{"app":"web"}',
      'other/thing_here': 'o',
      x_Own: 'own',
    })
    expect(faults).toEqual([])
    expect(plan).toMatchObject({
      format: 'cbf',
      version: null,
      warnings: ['CBF names no currency: its costs are taken as USD.'],
    })
    expect(lines).toEqual([
      {
        ChargePeriodStart: '2024-08-05 00:00:00',
        ChargePeriodEnd: '2024-08-06 00:00:00',
        BillingMonth: '2024-08-01',
        BillingPeriodStart: '2024-08-01 00:00:00',
        BillingPeriodEnd: '2024-09-01 00:00:00',
        BilledCost: '-10.5',
        EffectiveCost: '7',
        ListCost: '12',
        ContractedCost: '9',
        ConsumedQuantity: '1000',
        PricingQuantity: '1000',
        ChargeDescription: 'Stored rows',
        ProviderName: 'Snowflake',
        ServiceProviderName: 'Snowflake',
        ResourceId: 'r1',
        ServiceName: 'Warehouse',
        SubAccountId: 'a1',
        RegionId: 'eu-west-1',
        ConsumedUnit: 'Credits',
        PricingUnit: 'Credits',
        InvoiceId: 'i1',
        ChargeCategory: 'Usage',
        BillingCurrency: 'USD',
        Tags: "{'Team':'search'}",
        Attributes:
          "{'x_AmortizedCost':'8','x_LineItemId':'l1','x_LineItemType':'Usage','x_UsageFamily':'Compute','x_Operation':'query','x_UsageType':'credits','x_K8sCluster':'c1','x_K8sNamespace':'n1','x_K8sWorkload':'d1','x_OtherThingHere':'o','x_Own':'own','x_K8sLabel:app':'web'}",
      },
    ])
  })

  it.each([
    ['', 'Usage'],
    ['Usage', 'Usage'],
    ['usage', 'Usage'],
    ['Tax', 'Tax'],
    ['Support', 'Purchase'],
    ['Purchase', 'Purchase'],
    ['CommittedUsePurchase', 'Purchase'],
    ['committed_use_purchase', 'Purchase'],
    ['Fee', 'Purchase'],
    ['Credit', 'Credit'],
    ['Discount', 'Adjustment'],
    ['Adjustment', 'Adjustment'],
    ['Something new', 'Adjustment'],
  ])('takes the line type %j as %s', async (type, category) => {
    const { lines } = await run({ 'lineitem/type': type })
    expect(lines[0]?.ChargeCategory).toBe(category)
  })

  it('takes the cost for a cost that a line lacks', async () => {
    const { lines } = await run({
      'cost/amortized_cost': '3',
      'cost/discounted_amortized_cost': '',
      'cost/on_demand_cost': '',
    })
    expect(lines[0]).toMatchObject({ BilledCost: '5', EffectiveCost: '3', ListCost: '5', ContractedCost: '5' })
  })

  it.each([
    ['2024-08-05T10:00:00Z', undefined, '2024-08-05 11:00:00'],
    ['2024-08-05T00:00:00Z', undefined, '2024-08-06 00:00:00'],
    ['2024-08-05', 'hour', '2024-08-05 01:00:00'],
    ['2024-08-01', 'month', '2024-09-01 00:00:00'],
  ] as const)('ends a line that starts at %s (profile: %s)', async (start, granularity, end) => {
    const profile = granularity ? { cost: 'c', period_start: 't', granularity, currency: { code: 'eur' } } : undefined
    const { lines } = await run({ 'time/usage_start': start }, profile)
    expect(lines[0]).toMatchObject({ ChargePeriodEnd: end, BillingCurrency: profile ? 'EUR' : 'USD' })
    const blank = await run({ 'time/usage_start': start, 'time/usage_end': '' }, profile)
    expect(blank.lines[0]?.ChargePeriodEnd).toBe(end)
  })

  it('takes the currency from the column that the profile names', async () => {
    const profile = { cost: 'c', period_start: 't', currency: { column: 'Currency' } }
    const { lines } = await run({ currency: 'SEK' }, profile)
    expect(lines[0]?.BillingCurrency).toBe('SEK')
  })

  it.each([
    ['cost/cost', '', 'is empty'],
    ['cost/on_demand_cost', '1,5', 'is not a decimal number'],
    ['time/usage_start', '', 'is empty'],
    ['time/usage_end', 'later', 'is not an ISO 8601 time'],
    ['k8s/labels', 'x', 'is not a JSON object'],
  ])('refuses %s = %j', async (column, value, reason) => {
    expect((await run({ [column]: value })).faults).toEqual([[column, value, reason]])
  })
})
