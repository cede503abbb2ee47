import { readFileSync } from 'node:fs'
import { expect, test } from '@playwright/test'
import { Decimal } from 'decimal.js'
import { apiOf, dailyRecords, FILTER, type Json, SEPTEMBER } from './api'
import { discard, type Server, startServer } from './server'

const STREAM = 'rds-writes-by-product'
const PATH = `/unit-cost/v1/telemetry/allocation/${STREAM}`
const DEFINITIONS = `
Dimensions:
  SharedRDS:
    Name: Shared RDS
    DefaultValue: Not Shared
    Rules:
      - Type: Group
        Name: Shared Data Lake
        Conditions: [{Source: Service, Equals: Amazon Relational Database Service}]
  SplitDataLake:
    Type: Allocation
    Name: Split Data Lake
    AllocateByStreams: {Streams: [rds-writes-by-product]}
`

let server: Server
test.beforeAll(async () => {
  server = await startServer()
})
test.afterAll(async () => {
  await discard(server)
})

async function splitTotal(): Promise<{
  rows: { element: string; amount: string }[]
  totals: Record<'cost' | 'allocated' | 'unallocated', string>
}> {
  const { status, body, text } = await apiOf(server).get(
    '/api/v1/allocations/Split%20Data%20Lake?from=2024-09-01&to=2024-10-01&granularity=total&metric=BilledCost',
  )
  expect(status, text).toBe(200)
  return body as Awaited<ReturnType<typeof splitTotal>>
}

test('the RDS split over HTTP with the bootstrap key', async () => {
  const api = apiOf(server)
  const id = await api.importBill(readFileSync('public/example/focus-1.0-sample.csv'))
  expect(await api.imported(id)).toMatchObject({ rows_read: 1000, rows_accepted: 1000, rows_rejected: 0 })
  expect((await api.put('/api/v1/costformation', DEFINITIONS)).status).toBe(200)
  const seed = dailyRecords(['2020-01-25'])
  expect((await api.post(`${PATH}/sum`, JSON.stringify({ records: seed }))).status).toBe(200)
  expect((await api.post(`${PATH}/sum`, JSON.stringify({ records: dailyRecords(SEPTEMBER) }))).status).toBe(200)
  await api.available(STREAM)

  const { rows, totals } = await splitTotal()
  const email = new Decimal(rows.find((row) => row.element === 'Email')?.amount ?? 0)
  const messaging = new Decimal(rows.find((row) => row.element === 'Messaging')?.amount ?? 0)
  expect(email.plus(messaging).plus(totals.unallocated).eq('0.75322708520')).toBe(true)
  expect(email.div(totals.allocated).minus(new Decimal(100045).div(1100645)).abs().lt('1e-10')).toBe(true)
})

test('replace, delete and undo', async () => {
  const api = apiOf(server)
  const before = await splitTotal()
  await api.post(`${PATH}/replace`, JSON.stringify({ records: dailyRecords(SEPTEMBER, { Email: 3, Messaging: 1 }) }))
  await api.available(STREAM)
  const replaced = await splitTotal()
  expect(replaced.rows).not.toEqual(before.rows)
  const deleted = await api.post(
    `${PATH}/delete`,
    JSON.stringify({ records: [{ timestamp: '2024-09-21', granularity: 'DAILY' }] }),
  )
  await api.available(STREAM)
  expect((await splitTotal()).totals.unallocated).toBe('0.4')
  await api.post(`/api/v1/streams/${STREAM}/batches/${deleted.body.batch_id}/undo`)
  await api.available(STREAM)
  expect(await splitTotal()).toMatchObject({ rows: replaced.rows, totals: replaced.totals })
})

const [record] = dailyRecords(['2024-09-21'])
const WRONG: { name: string; body: string; status: number; says: RegExp }[] = [
  {
    name: 'a sixth filter key',
    body: one({ filter: Object.fromEntries(['a', 'b', 'c', 'd', 'e', 'f'].map((key) => [`tag:${key}`, ['x']])) }),
    status: 400,
    says: /at most 5/,
  },
  {
    name: 'a 21st value',
    body: one({ filter: { 'custom:Shared RDS': Array.from({ length: 21 }, (_, index) => `v${index}`) } }),
    status: 400,
    says: /at most 20/,
  },
  { name: 'another key set', body: one({ filter: { 'tag:team': ['a'] } }), status: 400, says: /same filter keys/ },
  { name: 'another granularity', body: one({ granularity: 'HOURLY' }), status: 400, says: /granularity/ },
  { name: 'a negative value', body: one({ value: -1 }), status: 400, says: /-1/ },
  { name: 'invalid JSON', body: '{"records": [', status: 400, says: /JSON/ },
  {
    name: '6 MB',
    body: JSON.stringify({ records: [{ ...record, element_name: 'x'.repeat(6 * 1024 * 1024) }] }),
    status: 413,
    says: /5 MB/,
  },
]

function one(change: Json): string {
  return JSON.stringify({
    records: [
      { timestamp: '2024-09-21', granularity: 'DAILY', filter: FILTER, element_name: 'Email', value: 5, ...change },
    ],
  })
}

for (const { name, body, status, says } of WRONG) {
  test(`${name} is refused, and changes nothing`, async () => {
    const api = apiOf(server)
    const before = await api.get(`/api/v1/streams/${STREAM}/records?limit=1000`)
    const answer = await api.post(`${PATH}/sum`, body)
    expect(answer.status).toBe(status)
    expect(answer.text).toMatch(says)
    expect((await api.get(`/api/v1/streams/${STREAM}/records?limit=1000`)).text).toBe(before.text)
  })
}

test('a bad key is 403 on the vendor route and 401 on ours', async () => {
  const stranger = apiOf(server, 'no-such-key')
  expect((await stranger.post(`${PATH}/sum`, one({}))).status).toBe(403)
  expect((await stranger.get('/api/v1/streams')).status).toBe(401)
  expect((await fetch(`${server.url}/streams`, { redirect: 'manual' })).headers.get('location')).toMatch(
    /\/setup|\/sign-in/,
  )
})
