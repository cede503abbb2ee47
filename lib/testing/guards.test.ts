import { beforeAll, describe, expect, it } from 'vitest'
import { GET as getAllocations } from '@/app/api/v1/allocations/[dimension]/route'
import { POST as postImport } from '@/app/api/v1/cost-imports/route'
import { PUT as putDefinition } from '@/app/api/v1/costformation/route'
import { GET as getCosts } from '@/app/api/v1/costs/route'
import { GET as getOpenApi } from '@/app/api/v1/openapi.json/route'
import { POST as postSetup } from '@/app/api/v1/setup/route'
import { POST as undo } from '@/app/api/v1/streams/[name]/batches/[id]/undo/route'
import { GET as getRecords } from '@/app/api/v1/streams/[name]/records/route'
import { DELETE as deleteStream, GET as getStream } from '@/app/api/v1/streams/[name]/route'
import { POST as deleteRecords } from '@/app/unit-cost/v1/telemetry/allocation/[stream]/delete/route'
import { POST as sumRecords } from '@/app/unit-cost/v1/telemetry/allocation/[stream]/sum/route'
import { EXAMPLE_DEFINITIONS } from '@/lib/example/definitions'
import { call, eventually, useWorkspace } from './workspace'

const RANGE = 'from=2024-09-01&to=2024-10-01&metric=BilledCost'

const write = (route: typeof sumRecords, stream: string, record: Record<string, unknown>) =>
  call(route, `/unit-cost/v1/telemetry/allocation/${stream}/x`, {
    method: 'POST',
    params: { stream },
    body: JSON.stringify({ records: [{ timestamp: '2024-09-02', granularity: 'DAILY', ...record }] }),
  })
const undoBatch = (name: string, id: unknown) =>
  call(undo, `/api/v1/streams/${name}/batches/${id}/undo`, { method: 'POST', params: { name, id: String(id) } })
const recordsOf = async (name: string) =>
  (await call(getRecords, `/api/v1/streams/${name}/records`, { params: { name } })).body.records as unknown[]

describe('guards', () => {
  useWorkspace()

  beforeAll(async () => {
    const saved = await call(putDefinition, '/api/v1/costformation', { method: 'PUT', body: EXAMPLE_DEFINITIONS })
    expect(saved.status, saved.text).toBe(200)
  })

  it('a page of another site cannot claim the first run', async () => {
    const body = JSON.stringify({ name: 'Eve', email: 'eve@example.com', password: 'long enough' })
    const headers = { 'sec-fetch-site': 'cross-site', origin: 'http://evil.example', host: 'localhost' }
    expect((await call(postSetup, '/api/v1/setup', { method: 'POST', body, headers })).status).toBe(403)
    const opaque = { origin: 'null', host: 'localhost' }
    expect((await call(postSetup, '/api/v1/setup', { method: 'POST', body, headers: opaque })).status).toBe(403)
  })

  it('the API description needs a key like every route', async () => {
    expect((await call(getOpenApi, '/api/v1/openapi.json', { headers: { authorization: 'no-such-key' } })).status).toBe(
      401,
    )
    expect((await call(getOpenApi, '/api/v1/openapi.json')).status).toBe(200)
  })

  it('a query that names no dimension, or no range, says so', async () => {
    const filter = await call(getCosts, `/api/v1/costs?${RANGE}&filter=custom:Shared%20RSD=x`)
    expect(filter.status).toBe(400)
    expect(filter.body.detail).toContain('did you mean `Shared RDS`')
    const group = await call(getCosts, `/api/v1/costs?${RANGE}&group_by=custom:Nope`)
    expect(group.status).toBe(400)
    const range = await call(getCosts, '/api/v1/costs?to=2024-10-01')
    expect(range.body.detail).toContain('from: is missing')
    expect((await call(getCosts, '/api/v1/costs?from=2024-09-01T00:00:00&to=2024-10-01')).status).toBe(200)
  })

  it('a delete stands, whatever other deletes are undone', async () => {
    await write(sumRecords, 'twice', { element_name: 'a', value: 10 })
    const first = await write(deleteRecords, 'twice', {})
    const second = await write(deleteRecords, 'twice', {})
    expect([first.body.records, second.body.records]).toEqual([1, 0])
    await undoBatch('twice', first.body.batch_id)
    expect(await recordsOf('twice')).toEqual([])
    await undoBatch('twice', second.body.batch_id)
    expect(await recordsOf('twice')).toHaveLength(1)
  })

  it('deleting a stream twice under one Idempotency-Key gives the first answer again', async () => {
    await write(sumRecords, 'gone', { element_name: 'a', value: 1 })
    const remove = () =>
      call(deleteStream, '/api/v1/streams/gone', {
        method: 'DELETE',
        params: { name: 'gone' },
        headers: { 'idempotency-key': 'k1' },
      })
    expect((await remove()).status).toBe(204)
    expect((await remove()).status).toBe(204)
  })

  it('lines that last for decades do not stop the computing of others', async () => {
    const lines = Array.from({ length: 1500 }, (_, index) => {
      const hour = `2024-09-${String((index % 28) + 1).padStart(2, '0')}T${String(index % 24).padStart(2, '0')}:00:00Z`
      return `1,USD,2024-09-01,2024-10-01,${hour},2104-01-01,Amazon Relational Database Service`
    })
    const bill = `BilledCost,BillingCurrency,BillingPeriodStart,BillingPeriodEnd,ChargePeriodStart,ChargePeriodEnd,ServiceName\n${lines.join('\n')}\n`
    await call(postImport, '/api/v1/cost-imports?source=long', { method: 'POST', body: bill })
    await write(sumRecords, 'rds-writes-by-product', {
      granularity: 'HOURLY',
      element_name: 'Email',
      value: 1,
      filter: { 'custom:Shared RDS': ['Shared Data Lake'] },
    })
    await eventually(
      () => call(getStream, '/api/v1/streams/rds-writes-by-product', { params: { name: 'rds-writes-by-product' } }),
      ({ body }) => body.status === 'Available',
    )
    const { body } = await eventually(
      () =>
        call(getAllocations, `/api/v1/allocations/x?${RANGE}&granularity=total`, {
          params: { dimension: 'SplitDataLake' },
        }),
      (answer) => answer.body.up_to_date === true,
    )
    expect((body.totals as { cost: string }).cost).toBe('1500')
  })
})
