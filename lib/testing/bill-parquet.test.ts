import { readFileSync } from 'node:fs'
import { beforeAll, describe, expect, it } from 'vitest'
import { GET as getRejected } from '@/app/api/v1/cost-imports/[id]/rejected/route'
import { GET as getCosts } from '@/app/api/v1/costs/route'
import { sqlString } from '../costformation/sql-literal'
import { dataPath } from '../env'
import { warehouse } from '../warehouse/client'
import { importBill, postBill } from './bills'
import { call, useWorkspace } from './workspace'

/** A Parquet file that the engine itself writes. */
async function parquet({ name, select, rowGroup = 100 }: { name: string; select: string; rowGroup?: number }) {
  const { command } = await warehouse()
  const path = dataPath('imports', `${name}.parquet`)
  await command({
    query: `INSERT INTO FUNCTION file(${sqlString(path)}, Parquet) ${select}
      SETTINGS output_format_parquet_row_group_size = ${rowGroup}, max_block_size = ${rowGroup}, engine_file_truncate_on_insert = 1`,
  })
  return readFileSync(path)
}

async function sum(account: string, metric: string): Promise<string> {
  const query = new URLSearchParams({ from: '2024-01-01', to: '2025-01-01', granularity: 'total', metric })
  const { body, text } = await call(getCosts, `/x?${query}&filter=account=${account}`)
  expect(body.total, text).toBeDefined()
  return String(body.total)
}

async function by(key: string, account: string): Promise<Record<string, string>> {
  const query = new URLSearchParams({
    from: '2024-01-01',
    to: '2025-01-01',
    granularity: 'total',
    metric: 'BilledCost',
  })
  const { body, text } = await call(
    getCosts,
    `/x?${query}&filter=account=${account}&group_by=${encodeURIComponent(key)}`,
  )
  expect(body.rows, text).toBeDefined()
  const rows = body.rows as { group: (string | null)[]; cost: string }[]
  return Object.fromEntries(rows.map(({ group, cost }) => [group[0] ?? 'none', cost]))
}

const ROWS = 1000
const START = "toDateTime64('2024-09-05 01:02:03.456', 3, 'UTC')"

/** Typed columns as exporters write them. `over` replaces some. */
const columns = (account: string, over: Record<string, string> = {}) =>
  Object.entries({
    BilledCost: "toDecimal128(number, 18) + toDecimal128('0.000000000000000001', 18)",
    EffectiveCost: 'number / 10',
    ListCost: 'toDecimal64(number, 2)',
    ContractedCost: 'CAST(NULL AS Nullable(Decimal(38, 9)))',
    ConsumedQuantity: 'if(number % 2 = 0, toNullable(toDecimal128(1, 9)), NULL)',
    PricingQuantity: 'toInt64(number)',
    BillingCurrency: "toNullable('USD')",
    BillingPeriodStart: "toDate32('2024-09-01')",
    ChargePeriodStart: `${START} + toIntervalHour(number % 24)`,
    ChargePeriodEnd: `${START} + toIntervalHour(number % 24 + 1)`,
    ServiceName: "toNullable(if(number < 10, NULL, 'RDS'))",
    SubAccountId: `'${account}'`,
    Tags: "map('team', if(number % 2 = 0, 'even', 'odd'), 'odd key '' \" \\\\', 'x')",
    x_Nulls: 'CAST(NULL AS Nullable(String))',
    ...over,
  })
    .map(([name, sql]) => `${sql} AS \`${name}\``)
    .join(', ')

const selectRows = (account: string, over?: Record<string, string>, rows = ROWS) =>
  `SELECT ${columns(account, over)} FROM numbers(${rows})`

describe('importing Parquet', () => {
  useWorkspace()
  let good: Buffer
  beforeAll(async () => {
    good = await parquet({ name: 'good', select: selectRows('typed') })
  })

  it('takes decimals, doubles, times, maps and nulls over row groups, exactly', async () => {
    const done = await importBill(good as BodyInit, { source: 'typed' })
    expect(done, done.error ?? '').toMatchObject({
      status: 'completed',
      format: 'focus',
      rows_read: ROWS,
      rows_accepted: ROWS,
      bytes_read: good.length,
      months: [{ month: '2024-09', rows: ROWS }],
    })
    expect(done.warnings.join(' ')).toMatch(/EffectiveCost/)
    const numbers = BigInt((ROWS * (ROWS - 1)) / 2)
    expect(await sum('typed', 'BilledCost')).toBe(`${numbers}.${String(ROWS).padStart(18, '0').replace(/0+$/, '')}`)
    expect(await sum('typed', 'EffectiveCost')).toBe(String(numbers / 10n))
    expect(await sum('typed', 'ListCost')).toBe(String(numbers))
    expect(await sum('typed', 'ContractedCost')).toBe('0')
    expect(await sum('typed', 'ConsumedQuantity')).toBe('500')
    expect(await sum('typed', 'PricingQuantity')).toBe(String(numbers))
    expect(await by('tag:team', 'typed')).toEqual({ even: '249500.0000000000000005', odd: '250000.0000000000000005' })
    expect(await by('service', 'typed')).toEqual({ none: '45.00000000000000001', RDS: '499455.00000000000000099' })
  })

  it('reports bad rows with their number, and takes JSON tags', async () => {
    const over = {
      BillingCurrency: "if(number = 5, NULL, 'USD')",
      ListCost: "if(number = 777, toDecimal256('0.00000000000000000001', 20), toDecimal256(1, 20))",
      EffectiveCost: 'if(number = 800, inf, 1.5)',
      BilledCost: 'toNullable(toDecimal64(1, 2))',
      ChargePeriodStart: `if(number = 901, toDateTime64('1950-01-01 00:00:00', 3, 'UTC'), ${START})`,
      Tags: `if(number = 950, '[1]', '{"team":"json"}')`,
    }
    const bytes = await parquet({ name: 'bad', select: selectRows('bad', over), rowGroup: 333 })
    const done = await importBill(bytes as BodyInit, { source: 'bad' })
    expect(done, done.error ?? '').toMatchObject({
      status: 'completed',
      rows_read: ROWS,
      rows_accepted: ROWS - 5,
      rows_rejected: 5,
    })
    expect(done.rejections).toMatchObject([
      { line: 6, column: 'BillingCurrency', reason: 'is empty' },
      { line: 778, column: 'ListCost', reason: 'has more than 18 fractional digits' },
      { line: 801, column: 'EffectiveCost', reason: 'is not a decimal number' },
      { line: 902, column: 'ChargePeriodStart', reason: 'lies outside 1971 to 2105' },
      { line: 951, column: 'Tags', value: '[1]', reason: 'is not a JSON object' },
    ])
    expect(await by('tag:team', 'bad')).toEqual({ json: '995' })
    const csv = (await call(getRejected, '/x', { params: { id: done.id } })).text.trimEnd().split('\n')
    expect(csv).toHaveLength(6)
    expect(csv[1]).toMatch(/^6,BillingCurrency is empty,1,1\.5,1,/)
  })

  it('says what is wrong with a damaged file, and goes on', async () => {
    const middle = Buffer.from(good)
    middle.fill(0x5a, 100, Math.floor(good.length / 2))
    const footer = Buffer.from(good)
    footer.fill(0xff, good.length - 200, good.length - 8)
    const lengths = Buffer.from(good)
    lengths.writeUInt32LE(0xfffffff0, good.length - 8)
    const damaged: Buffer[] = [
      Buffer.from('PAR1'),
      Buffer.concat([Buffer.from('PAR1'), Buffer.alloc(4), Buffer.from('PAR1')]),
      good.subarray(0, Math.floor(good.length / 2)),
      middle,
      footer,
      lengths,
    ]
    for (const [index, bytes] of damaged.entries()) {
      const done = await importBill(bytes as BodyInit, { source: 'damaged' })
      expect(done, String(index)).toMatchObject({ status: 'failed', periods: [] })
      expect(done.error, String(index)).toMatch(/^The Parquet file cannot be read; it may be damaged or cut short/)
    }
    const other = await parquet({ name: 'other', select: 'SELECT number AS a, toString(number) AS b FROM numbers(3)' })
    const unknown = await importBill(other as BodyInit, { source: 'damaged' })
    expect(unknown.error).toMatch(/no bill in a known format.*Seen: "a", "b"/)
    const none = await parquet({ name: 'none', select: selectRows('none', {}, 0) })
    expect((await importBill(none as BodyInit, { source: 'damaged' })).error).toMatch(/no rows|cannot be read/)
    expect((await postBill(good as BodyInit, { source: 'typed', query: { mode: 'append' } })).status).toBe(409)
    expect(await sum('typed', 'ListCost')).toBe(String((ROWS * (ROWS - 1)) / 2))
  })
})
