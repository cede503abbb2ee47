import { readFileSync } from 'node:fs'
import { gunzipSync } from 'node:zlib'
import { parse } from 'csv-parse/sync'
import { describe, expect, it } from 'vitest'
import { GET as getCosts } from '@/app/api/v1/costs/route'
import { importBill } from './bills'
import { call, useWorkspace } from './workspace'

type Cells = Record<string, string>
const SCALE = 18

/** A decimal's text, an exponent included, as a whole number of 10⁻¹⁸; '' and NULL are 0. */
function exact(text = ''): bigint {
  if (text === '' || text === 'NULL') return 0n
  const found = /^(-?)(\d*)\.?(\d*)(?:[eE]([-+]?\d+))?$/.exec(text)
  if (!found) throw new Error(`not a decimal: ${text}`)
  const [, sign, whole = '', fraction = '', exponent = '0'] = found
  const zeros = SCALE - fraction.length + Number(exponent)
  const digits = `${whole}${fraction}`
  const dropped = zeros < 0 ? digits.slice(zeros) : ''
  if (/[1-9]/.test(dropped)) throw new Error(`too long: ${text}`)
  const value = BigInt((zeros < 0 ? digits.slice(0, zeros) : digits + '0'.repeat(zeros)) || '0')
  return sign === '-' ? -value : value
}

function shown(value: bigint): string {
  const digits = (value < 0n ? -value : value).toString().padStart(SCALE + 1, '0')
  const fraction = digits.slice(-SCALE).replace(/0+$/, '')
  return `${value < 0n ? '-' : ''}${digits.slice(0, -SCALE)}${fraction && `.${fraction}`}`
}

/** Cost and number of lines by service, of a currency. */
function summed(rows: Cells[], { service, cost }: { service: (row: Cells) => string; cost: (row: Cells) => bigint }) {
  const groups = new Map<string, { cost: bigint; lines: number }>()
  for (const row of rows) {
    const group = groups.get(service(row)) ?? { cost: 0n, lines: 0 }
    groups.set(service(row), { cost: group.cost + cost(row), lines: group.lines + 1 })
  }
  return Object.fromEntries([...groups].map(([name, group]) => [name, { cost: shown(group.cost), lines: group.lines }]))
}

async function reported({ metric, currency, source }: { metric: string; currency: string; source: 'focus' | 'cur' }) {
  const range = source === 'cur' ? { from: '2023-01-01', to: '2024-01-01' } : { from: '2024-01-01', to: '2025-01-01' }
  const query = new URLSearchParams({ ...range, granularity: 'total', metric, currency })
  const { body, text, status } = await call(getCosts, `/x?${query}&group_by=ServiceName`)
  expect(status, text).toBe(200)
  const rows = body.rows as { group: (string | null)[]; cost: string; lines: number }[]
  const groups = Object.fromEntries(rows.map(({ group, cost, lines }) => [group[0] ?? '', { cost, lines }]))
  return { groups, total: body.total, lines: body.lines }
}

describe('published sample bills', () => {
  useWorkspace()
  describe('FOCUS 1.0', () => {
    it('is imported to the last digit, per metric and service', async () => {
      const csv = readFileSync('public/example/focus-1.0-sample.csv')
      const rows = parse(csv, { columns: true, bom: true }) as Cells[]
      const done = await importBill(csv as BodyInit, { source: 'focus' })
      expect(done, done.error ?? '').toMatchObject({
        status: 'completed',
        format: 'focus',
        rows_accepted: rows.length,
        rows_rejected: 0,
      })
      const currencies = [...new Set(rows.map((row) => row.BillingCurrency ?? ''))]
      for (const currency of currencies) {
        const mine = rows.filter((row) => row.BillingCurrency === currency)
        for (const metric of [
          'BilledCost',
          'EffectiveCost',
          'ListCost',
          'ContractedCost',
          'ConsumedQuantity',
          'PricingQuantity',
        ]) {
          const cost = (row: Cells) => exact(row[metric])
          const wanted = summed(mine, { service: (row) => row.ServiceName ?? '', cost })
          const found = await reported({ metric, currency, source: 'focus' })
          expect(found.groups, metric).toEqual(wanted)
          expect(found).toMatchObject({
            total: shown(mine.reduce((sum, row) => sum + cost(row), 0n)),
            lines: mine.length,
          })
        }
      }
    })
  })

  describe('AWS CUR', () => {
    it('is imported to the last digit, per metric and service', async () => {
      const packed = readFileSync('lib/costs/formats/fixtures/aws-cur-sample.csv.gz')
      const rows = parse(gunzipSync(packed), { columns: true, bom: true }) as Cells[]
      const done = await importBill(packed as BodyInit, { source: 'cur' })
      expect(done, done.error ?? '').toMatchObject({
        status: 'completed',
        format: 'cur',
        rows_accepted: rows.length,
        rows_rejected: 0,
      })
      const unblended = (row: Cells) => exact(row['lineItem/UnblendedCost'])
      const type = (row: Cells) => row['lineItem/LineItemType'] ?? ''
      const types = new Set(rows.map(type))
      const service = (row: Cells) => row['product/ProductName'] || row['lineItem/ProductCode'] || ''
      // Without commitments the amortized cost is the unblended one.
      expect([...types].filter((name) => /SavingsPlan|RIFee|DiscountedUsage/.test(name))).toEqual([])
      const listCost = (row: Cells) =>
        exact(row['pricing/publicOnDemandCost']) || (row['pricing/publicOnDemandCost'] ? 0n : unblended(row))
      const metrics: [metric: string, cost: (row: Cells) => bigint][] = [
        ['BilledCost', unblended],
        ['EffectiveCost', unblended],
        ['ContractedCost', unblended],
        ['ListCost', listCost],
      ]
      for (const [metric, cost] of metrics) {
        const found = await reported({ metric, currency: 'USD', source: 'cur' })
        expect(found.groups, metric).toEqual(summed(rows, { service, cost }))
        expect(found.lines).toBe(rows.length)
      }
    })
  })
})
