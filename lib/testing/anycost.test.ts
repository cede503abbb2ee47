import { describe, expect, it } from 'vitest'
import { POST as rollBack } from '@/app/api/v1/cost-imports/[id]/rollback/route'
import { GET as getCosts } from '@/app/v2/billing/costs/route'
import { GET as getContents } from '@/app/v2/connections/billing/anycost/[connection_id]/billing_drops/[month]/route'
import {
  GET as getDrops,
  POST as postDrop,
} from '@/app/v2/connections/billing/anycost/[connection_id]/billing_drops/route'
import { POST as postValidate } from '@/app/v2/connections/billing/anycost/validate_billing_drop/route'
import { whenDone } from './bills'
import { call, useWorkspace } from './workspace'

type Row = Record<string, unknown>

const row = (start: string, cost: unknown, further: Row = {}): Row => ({
  'lineitem/type': 'Usage',
  'time/usage_start': start,
  'resource/id': 'instance-0000',
  'resource/service': 'Compute',
  'cost/cost': cost,
  ...further,
})

const pathOf = (connection: string) => `/v2/connections/billing/anycost/${connection}/billing_drops`

const post = (connection: string, body: unknown, headers: Record<string, string> = {}) =>
  call(postDrop, pathOf(connection), {
    method: 'POST',
    params: { connection_id: connection },
    headers: { 'content-type': 'application/json', ...headers },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  })

/** Sends a drop that has to be taken, and waits until it counts; its id. */
async function drop(connection: string, body: unknown): Promise<string> {
  const { status, body: answer, text } = await post(connection, body)
  expect(status, text).toBe(200)
  const { drop_id: id } = answer.connection as { drop_id: string }
  const done = await whenDone(id)
  expect(done, JSON.stringify(done.rejections)).toMatchObject({ status: 'completed', source: `anycost:${connection}` })
  return id
}

async function contents(connection: string, month = '2024-08'): Promise<Row[]> {
  const path = `${pathOf(connection)}/${month}`
  const { status, body, text } = await call(getContents, path, { params: { connection_id: connection, month } })
  expect(status, text).toBe(200)
  return body.billing_drop as Row[]
}

const standing = async (connection: string) =>
  (await contents(connection))
    .map((item) => `${String(item['time/usage_start']).slice(8, 13)} ${item['cost/cost']}`)
    .sort()

const list = async (connection: string) => {
  const { status, body, text } = await call(getDrops, pathOf(connection), { params: { connection_id: connection } })
  expect(status, text).toBe(200)
  return body.billing_drops as { drop_id: string; month: string; row_count: number; operation: string }[]
}

/** The month's cost as the reports have it. */
async function total(connection: string, costType = 'billed_cost'): Promise<string> {
  const filters = encodeURIComponent(JSON.stringify({ Resource: connection }))
  const query = `start_date=2024-08-01&end_date=2024-09-01&granularity=monthly&cost_type=${costType}&filters=${filters}`
  const { status, text } = await call(getCosts, `/v2/billing/costs?${query}`)
  expect(status, text).toBe(200)
  return /"cost":(-?[\d.]+)/.exec(text)?.[1] ?? 'nothing'
}

describe('AnyCost billing drops', () => {
  useWorkspace()

  it('takes the documentation’s example, and shows it again', async () => {
    const example = row('2024-08-16T13:00:00Z', '12')
    const { status, body, text } = await post('1234abcd-1234-abcd-1234-abcd1234efgh', {
      month: '2024-08',
      operation: 'replace_drop',
      data: [example],
    })
    expect(status, text).toBe(200)
    expect(body).toEqual({
      connection: { drop_id: expect.any(String), month: '2024-08-01T00:00:00+00:00', row_count: 1 },
    })
    expect(await contents('1234abcd-1234-abcd-1234-abcd1234efgh')).toEqual([example])
    expect(await whenDone(String((body.connection as Row).drop_id))).toMatchObject({
      status: 'completed',
      format: 'cbf',
      rows_accepted: 1,
    })
  })

  it('takes what its senders send: no month, a date-time for it, dates, offsets, negative costs, tags', async () => {
    const of = (start: string, cost: unknown, further: Row = {}) =>
      row(start, cost, { 'resource/id': 'senders', ...further })
    await drop('senders', { data: [of('2024-08-01', '-50.00', { 'lineitem/type': 'Credit' })] })
    expect(await total('senders')).toBe('-50')
    await drop('senders', {
      month: '2024-08-16T13:00:00+00:00',
      operation: 'sum',
      data: [
        of('2024-08-16 13:00:00+00:00', '0.0000012345', {
          'resource/tag:team': 'a',
          'time/usage_end': '2024-08-16T14:00:00Z',
        }),
        of('2024-08-31T23:00:00-00:30', 60.5, { 'usage/amount': '3', 'usage/units': 'tokens', 'x/anything': 'kept' }),
      ],
    })
    expect(await total('senders')).toBe('10.5000012345')
    expect(await contents('senders')).toHaveLength(3)
  })

  it('adds by sum, the same again too; replace_drop replaces the month, replace_hourly the hours', async () => {
    const c = 'operations'
    const of = (start: string, cost: string) => row(`2024-08-${start}:00:00Z`, cost, { 'resource/id': c })
    await drop(c, { month: '2024-08', data: [of('01T00', '1'), of('01T01', '2'), of('02T00', '4')] })
    const sum = { month: '2024-08', operation: 'sum', data: [of('01T01', '8')] }
    await drop(c, sum)
    await drop(c, sum)
    expect(await standing(c)).toEqual(['01T00 1', '01T01 2', '01T01 8', '01T01 8', '02T00 4'])
    expect(await total(c)).toBe('23')
    const hourly = await drop(c, { month: '2024-08', operation: 'replace_hourly', data: [of('01T01', '16')] })
    expect(await standing(c)).toEqual(['01T00 1', '01T01 16', '02T00 4'])
    expect(await total(c)).toBe('21')
    expect((await list(c)).map(({ operation }) => operation)).toEqual(['replace_hourly', 'sum', 'sum', 'replace_drop'])

    const rolled = await call(rollBack, '/x', { method: 'POST', params: { id: hourly } })
    expect(rolled.status, rolled.text).toBeLessThan(300)
    expect(await total(c)).toBe('23')
    expect(await standing(c)).toHaveLength(5)

    await drop(c, { month: '2024-08', operation: 'replace_drop', data: [of('03T00', '32')] })
    expect(await standing(c)).toEqual(['03T00 32'])
    expect(await total(c)).toBe('32')
    expect(await list(c)).toMatchObject([
      { month: '2024-08-01T00:00:00+00:00', row_count: 1, operation: 'replace_drop' },
    ])
  }, 120_000)

  it('leaves other months and other connections alone', async () => {
    await drop('left', { data: [row('2024-08-01', '1', { 'resource/id': 'left' })] })
    await drop('left', { data: [row('2024-07-01', '2', { 'resource/id': 'left' })] })
    await drop('right', { data: [row('2024-08-01', '4', { 'resource/id': 'right' })] })
    expect([await total('left'), await total('right')]).toEqual(['1', '4'])
    expect((await list('left')).map(({ month }) => month.slice(0, 7))).toEqual(['2024-08', '2024-07'])
  })

  it('keeps nothing of a drop with one bad row, and says which', async () => {
    const data = [row('2024-08-01', '1'), row('2024-08-02', 'x'), row('2024-09-01', '1')]
    const { status, body } = await post('bad', { month: '2024-08', data })
    expect(status).toBe(400)
    expect(body).toEqual({
      error: {
        message: 'data[1] cost/cost: not a decimal number: received "x" (and 1 more)',
        type: 'invalid_request',
        errors: [
          { index: 1, field: 'cost/cost', reason: 'not a decimal number: received "x"' },
          {
            index: 2,
            field: 'time/usage_start',
            reason: '2024-09-01T00:00:00Z is not in the month of the drop, 2024-08 (UTC)',
          },
        ],
      },
    })
    expect(await list('bad')).toEqual([])
    const none = await call(getContents, '/x', { params: { connection_id: 'bad', month: '2024-08' } })
    expect({ status: none.status, body: none.body }).toMatchObject({
      status: 404,
      body: { error: { type: 'not_found' } },
    })
  })

  it.each([
    ['text that is no JSON', '{"data": [', 400],
    ['an empty body', '', 400],
    ['deep nesting', `{"data":${'['.repeat(100_000)}`, 400],
    ['6 MB', `{"data":[],"x":"${'x'.repeat(6 * 1024 * 1024)}"}`, 413],
  ])('refuses %s', async (_name, body, status) => {
    const answer = await post('bad', body)
    expect(answer.status, answer.text.slice(0, 300)).toBe(status)
    expect((answer.body.error as Row).message).toEqual(expect.any(String))
  })

  it.each(['', '../x', "a' OR 1", 'a b', 'x'.repeat(81)])('refuses the connection %j', async (connection) => {
    expect((await post(connection, { data: [row('2024-08-01', '1')] })).status).toBe(400)
  })

  it('takes hostile values for what they are: text', async () => {
    const further = {
      'resource/id': 'hostile',
      'resource/tag:=cmd()': "'); DROP TABLE cost_lines; --",
      'resource/account': 'a\n"b",c',
    }
    await drop('hostile', { data: [row('2024-08-01', '7', further)] })
    expect(await total('hostile')).toBe('7')
    expect(await contents('hostile')).toEqual([row('2024-08-01T00:00:00Z', '7', further)])
  })

  it('gives a repeated request its first answer', async () => {
    const body = { month: '2024-08', operation: 'sum', data: [row('2024-08-01', '3', { 'resource/id': 'again' })] }
    const send = () => post('again', body, { 'cloudzero-idempotency-key': 'drop-1' })
    const [first, second] = [await send(), await send()]
    expect(second.body).toEqual(first.body)
    await whenDone(String((first.body.connection as Row).drop_id))
    expect(await total('again')).toBe('3')
  })

  it('checks a drop without keeping it', async () => {
    const check = async (body: unknown) => {
      const init = { method: 'POST', body: JSON.stringify(body) }
      return call(postValidate, '/v2/connections/billing/anycost/validate_billing_drop', init)
    }
    expect((await check({ month: '2024-08', data: [row('2024-08-01', '1')] })).body).toEqual({
      connection: { is_valid: true, errors: [] },
    })
    const { status, body } = await check({ month: '2024-08', data: [row('2024-08-01', 'x')] })
    expect({ status, body }).toEqual({
      status: 200,
      body: { connection: { is_valid: false, errors: ['data[0] cost/cost: not a decimal number: received "x"'] } },
    })
    expect((await call(postValidate, '/x', { method: 'POST', body: '{' })).status).toBe(400)
  })

  it('needs a key, in either form', async () => {
    const data = [row('2024-08-01', '1')]
    const { status, body } = await post('keys', { data }, { authorization: 'wrong' })
    expect({ status, body }).toMatchObject({ status: 403, body: { message: expect.any(String) } })
  })
})
