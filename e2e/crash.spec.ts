import { readFileSync } from 'node:fs'
import { expect, test } from '@playwright/test'
import { apiOf, dailyRecords, SEPTEMBER } from './api'
import { discard, type Server, startServer } from './server'

const PATH = '/unit-cost/v1/telemetry/allocation/writes/sum'

/** The sample bill's lines over and over: long enough to be killed in the middle. */
function longBill(copies: number): Buffer {
  const sample = readFileSync('public/example/focus-1.0-sample.csv', 'utf8')
  const end = sample.indexOf('\n') + 1
  return Buffer.from(sample.slice(0, end) + sample.slice(end).repeat(copies))
}

test('killed in the middle of an import, the work finishes by itself, once', async () => {
  test.setTimeout(180_000)
  let server: Server = await startServer()
  const id = await apiOf(server).importBill(longBill(150))
  await expect
    .poll(async () => Number((await apiOf(server).get(`/api/v1/cost-imports/${id}`)).body.rows_read), {
      intervals: [20],
    })
    .toBeGreaterThan(0)
  expect((await apiOf(server).get(`/api/v1/cost-imports/${id}`)).body.status).toBe('running')
  await server.kill()
  server = await startServer({ dataDir: server.dataDir })
  expect(await apiOf(server).imported(id)).toMatchObject({ rows_read: 150_000, rows_accepted: 150_000 })
  const { body } = await apiOf(server).get(
    '/api/v1/costs?from=2024-09-01&to=2024-10-01&granularity=total&metric=BilledCost',
  )
  expect(body).toMatchObject({ total: '3078.0340093485', lines: 150_000 })
  await discard(server)
})

test('killed in the middle of a telemetry load, everything acknowledged is there once', async () => {
  test.setTimeout(180_000)
  let server: Server = await startServer()
  const acknowledged: string[] = []
  /** True when the server acknowledged it. */
  const send = async (element: string): Promise<boolean> => {
    const answer = await apiOf(server)
      .post(PATH, JSON.stringify({ records: dailyRecords(SEPTEMBER, { [element]: 1 }) }))
      .catch(() => null)
    if (answer?.status === 200) acknowledged.push(element)
    return answer?.status === 200
  }
  // Nobody stops before the server does, so that it dies with requests under way however fast it is.
  const sendUntilRefused = async (sender: number) => {
    for (let turn = 0; await send(`element-${sender}-${turn}`); turn++);
  }
  const load = Promise.all(Array.from({ length: 20 }, (_, sender) => sendUntilRefused(sender)))
  await expect.poll(() => acknowledged.length, { intervals: [10] }).toBeGreaterThan(20)
  await server.kill()
  await load
  server = await startServer({ dataDir: server.dataDir })
  const api = apiOf(server)
  const seen = new Map<string, number>()
  let cursor: unknown = null
  do {
    const { body } = await api.get(`/api/v1/streams/writes/records?limit=1000${cursor ? `&cursor=${cursor}` : ''}`)
    for (const record of body.records as { element_name: string; value: string }[]) {
      expect(record.value).toBe('1')
      seen.set(record.element_name, (seen.get(record.element_name) ?? 0) + 1)
    }
    cursor = body.next_cursor
  } while (cursor)
  for (const element of acknowledged) expect(seen.get(element), element).toBe(30)
  // What was not acknowledged may have been committed, but never in part.
  expect([...seen.values()].every((count) => count === 30)).toBe(true)
  await expect
    .poll(async () => (await api.get('/api/v1/streams/writes')).body.status, { timeout: 30_000 })
    .not.toMatch(/Pending|Loading/)
  await discard(server)
})
