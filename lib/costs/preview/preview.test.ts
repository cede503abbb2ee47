import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { POST } from '@/app/api/v1/cost-imports/preview/route'
import { PUT } from '@/app/api/v1/import-profiles/[source]/route'
import type { ImportPreview } from '../../contract/import-preview'
import { database } from '../../db/client'
import { focusCsv } from '../../testing/bills'
import { call, useWorkspace } from '../../testing/workspace'

const ask = (body: Record<string, unknown>) =>
  call(POST, '/api/v1/cost-imports/preview', { method: 'POST', body: JSON.stringify(body) })

async function preview(sample: string, further: Record<string, unknown> = {}): Promise<ImportPreview> {
  const answer = await ask({ sample, whole: true, ...further })
  expect(answer.status, answer.text).toBe(200)
  return answer.body as unknown as ImportPreview
}

describe('the preview of a bill', () => {
  useWorkspace()

  it('shows FOCUS rows with all of their digits', async () => {
    const seen = await preview(
      focusCsv([
        {
          BilledCost: '0.123456789012345678',
          ChargePeriodStart: '2024-09-05T02:00:00+02:00',
          Tags: '{"team":"Zoë \\"Z\\""}',
          x_Note: 'kept',
        },
      ]),
    )
    expect(seen).toMatchObject({
      format: 'focus',
      version: expect.stringMatching(/^1\.\d$/),
      delimiter: ',',
      mapping: null,
      profile: null,
      error: null,
      rows_checked: 1,
      rows_rejected: 0,
      faults: [],
    })
    expect(seen.columns[0]).toEqual({ name: 'BilledCost', examples: ['0.123456789012345678'] })
    expect(seen.rows).toHaveLength(1)
    expect(seen.rows[0]).toMatchObject({
      line: 2,
      values: {
        BilledCost: '0.123456789012345678',
        BillingMonth: '2024-09-01',
        ChargePeriodStart: '2024-09-05T00:00:00Z',
        ServiceName: 'Amazon RDS',
        Tags: '{"team":"Zoë \\"Z\\""}',
        Attributes: '{"x_Note":"kept"}',
      },
    })
  })

  it('reads the sample bill', async () => {
    const seen = await preview(readFileSync('public/example/focus-1.0-sample.csv', 'utf8').slice(0, 200_000), {
      whole: false,
    })
    expect(seen).toMatchObject({ format: 'focus', version: '1.0', error: null, rows_rejected: 0 })
    expect(seen.rows).toHaveLength(20)
    expect(seen.rows_checked).toBeGreaterThan(100)
  })

  it.each([
    [
      'cur',
      'identity/LineItemId,lineItem/UnblendedCost,lineItem/UsageStartDate,lineItem/UsageEndDate,lineItem/CurrencyCode,bill/BillingPeriodStartDate,product/ProductName\n' +
        'a,1.5,2024-09-05T00:00:00Z,2024-09-06T00:00:00Z,USD,2024-09-01T00:00:00Z,Amazon RDS\n',
    ],
    [
      'cur2',
      'identity_line_item_id,line_item_unblended_cost,line_item_usage_start_date,line_item_usage_end_date,line_item_currency_code,bill_billing_period_start_date\n' +
        'a,1.5,2024-09-05T00:00:00Z,2024-09-06T00:00:00Z,USD,2024-09-01T00:00:00Z\n',
    ],
    ['cbf', 'time/usage_start,cost/cost,resource/service\n2024-09-05T00:00:00Z,1.5,RDS\n'],
  ])('recognises %s', async (format, csv) => {
    const seen = await preview(csv)
    expect(seen).toMatchObject({ format, mapping: null, error: null, rows_rejected: 0 })
    expect(seen.rows[0]?.values).toMatchObject({ BilledCost: '1.5' })
  })

  it('names each bad cell, and records of another width', async () => {
    const csv = `${focusCsv([{ BilledCost: '1,5' }, {}, { ChargePeriodStart: 'soon', BilledCost: '' }])}too,few\n`
    const seen = await preview(csv)
    expect(seen).toMatchObject({ rows_checked: 4, rows_rejected: 3 })
    expect(seen.faults.map(({ line, column, value }) => [line, column, value])).toEqual([
      [2, 'BilledCost', '1,5'],
      [4, 'BilledCost', ''],
      [4, 'ChargePeriodStart', 'soon'],
      [5, '', ''],
    ])
    expect(seen.rows.map(({ line }) => line)).toEqual([2, 3, 4])
  })

  it('leaves out a last record that may be cut', async () => {
    const csv = focusCsv([{}, { ChargeDescription: 'two\nlines' }])
    const cut = csv.slice(0, csv.indexOf('lines'))
    expect(await preview(cut, { whole: false })).toMatchObject({ rows_checked: 1, rows_rejected: 0 })
    expect(await preview(csv, { whole: false })).toMatchObject({ rows_checked: 1, rows_rejected: 0 })
    expect(await preview(csv)).toMatchObject({ rows_checked: 2, rows_rejected: 0 })
  })

  const OWN = 'Amount;Day;Product;Team\n"1.234,50";05.09.2024;RDS;Data\nx;06.09.2024;EC2;Web\n'
  const own = {
    cost: 'Amount',
    decimal_mark: ',',
    period_start: 'Day',
    time_format: 'DD.MM.YYYY',
    service: 'Product',
    currency: { code: 'EUR' },
    tags: { columns: [{ column: 'Team', key: 'team' }] },
  }
  const row = {
    BilledCost: '1234.5',
    BillingCurrency: 'EUR',
    ChargePeriodStart: '2024-09-05T00:00:00Z',
    ChargePeriodEnd: '2024-09-06T00:00:00Z',
    ServiceName: 'RDS',
    Tags: '{"team":"Data"}',
  }

  it('says what a CSV of no known format has, suggests a mapping, and reads it by the one that it is given', async () => {
    const unknown = await preview(OWN)
    expect(unknown).toMatchObject({ format: null, delimiter: ';', profile: null })
    expect(unknown.error).toMatch(/Seen: "Amount", "Day", "Product", "Team".*Accepted: FOCUS/)
    const good = await preview(OWN.replace('\nx;', '\n2,00;'))
    expect(good.suggested_mapping).toMatchObject({ cost: 'Amount', period_start: 'Day', time_format: 'DD.MM.YYYY' })
    // By the guess, so that there is something to start from.
    expect(good).toMatchObject({ format: null, rows_checked: 2, rows_rejected: 0 })
    expect(good.rows[0]?.values).toMatchObject({ BilledCost: '1234.5' })
    expect(unknown.columns[2]).toEqual({ name: 'Product', examples: ['RDS', 'EC2'] })

    const seen = await preview(OWN, { mapping: own })
    expect(seen).toMatchObject({ format: 'mapping', mapping: own, error: null, rows_checked: 2, rows_rejected: 1 })
    expect(seen.rows[0]).toMatchObject({ line: 2, values: row })
    expect(seen.faults).toMatchObject([{ line: 3, column: 'Amount', value: 'x' }])
  })

  it('reads it by the source’s profile by itself, and says where that one does not fit', async () => {
    await call(PUT, '/x', { method: 'PUT', params: { source: 'finance' }, body: JSON.stringify({ mapping: own }) })
    const seen = await preview(OWN, { source: 'finance' })
    expect(seen).toMatchObject({ format: 'mapping', mapping: own, profile: own, error: null })
    expect(seen.rows[0]).toMatchObject({ values: row })
    const other = await preview('Betrag;Tag\n1;05.09.2024\n', { source: 'finance' })
    expect(other).toMatchObject({ format: 'mapping', profile: own, rows: [] })
    expect(other.error).toMatch(/Amount/)
    // A known header needs no profile.
    expect(await preview(focusCsv([{}]), { source: 'finance' })).toMatchObject({ format: 'focus', mapping: null })
  })

  it('says what a format that was named lacks', async () => {
    const seen = await preview(OWN, { format: 'focus' })
    expect(seen).toMatchObject({ format: 'focus', rows: [] })
    expect(seen.error).toMatch(/BilledCost.*Seen: "Amount"/)
  })

  it.each([
    ['nothing', ''],
    ['blank lines', '\n\n\n'],
    ['a NUL', 'a\0b,c\n1,2\n'],
    ['an open quote', '"never closed,\n1,2\n'],
    ['a header alone', 'a,b\n'],
    ['a column twice', 'BilledCost,billedcost,BillingCurrency,BillingPeriodStart,ChargePeriodStart,ChargePeriodEnd\n'],
    ['10,000 columns', `${Array.from({ length: 10_000 }, (_, index) => `c${index}`).join(',')}\n`],
    ['a page', '<!doctype html>\n<html>\n<p>"Hello", said he\n</html>\n'],
  ])('answers %s with an error in words', async (_, sample) => {
    const seen = await preview(sample)
    expect(seen.rows).toEqual([])
    expect(seen.error).toMatch(/\w+ .*\.$/)
  })

  it('is not led astray by hostile cells, and keeps nothing', async () => {
    const hostile = ["'); DROP TABLE cost_lines; --", '\\', "\\'", '{id:String}', 'FORMAT Null', '\0', '`', '\n\n', "'"]
    const csv = focusCsv(
      hostile.map((text, index) => ({ ChargeDescription: text, [`x_${index}${text.replace('\0', '')}`]: text })),
    )
    const seen = await preview(csv)
    expect(seen, seen.error ?? '').toMatchObject({ rows_checked: hostile.length, rows_rejected: 0 })
    expect(seen.rows.map(({ values }) => values.ChargeDescription)).toEqual(hostile)
    const { prisma } = await database()
    expect(await prisma.costImport.count()).toBe(0)
    expect(await prisma.importProfile.count()).toBe(1)
  })

  it('takes no more than 1 MB', async () => {
    expect((await ask({ sample: 'x'.repeat(1024 * 1024) })).status).toBe(413)
  })
})
