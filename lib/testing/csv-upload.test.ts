import { describe, expect, it } from 'vitest'
import { GET as getBatches } from '@/app/api/v1/streams/[name]/batches/route'
import { POST as postCsv } from '@/app/api/v1/streams/[name]/csv/route'
import { GET as getRecords } from '@/app/api/v1/streams/[name]/records/route'
import { GET as getStream } from '@/app/api/v1/streams/[name]/route'
import { call, eventually, useWorkspace } from './workspace'

const upload = (
  name: string,
  body: string | Uint8Array,
  { operation = '', headers = {} }: { operation?: string; headers?: Record<string, string> } = {},
) =>
  call(postCsv, `/api/v1/streams/${name}/csv${operation && `?operation=${operation}`}`, {
    method: 'POST',
    params: { name },
    headers: { 'content-type': 'text/csv', ...headers },
    body: body as BodyInit,
  })

async function standing(name: string): Promise<string[]> {
  const { body } = await call(getRecords, '/x?limit=1000', { params: { name } })
  const records = body.records as { timestamp: string; element_name: string; filter: object; value: string }[]
  return records
    .map((item) => `${item.timestamp} ${item.element_name} ${JSON.stringify(item.filter)} ${item.value}`)
    .sort()
}

const HEADER = 'timestamp,granularity,element_name,value,custom:Shared RDS'

describe('telemetry as a CSV by hand', () => {
  useWorkspace()

  it('makes a stream, whose other columns are its filter keys, and becomes available', async () => {
    const csv = `\uFEFF${HEADER}\r\n2024-09-01,daily,Email,100045,Shared Data Lake\r\n"2024-09-01 05:00","DAILY","Mess""aging, 😀",0,"a | b"\r\n\r\n`
    const { status, body, text } = await upload('by-hand', csv)
    expect(status, text).toBe(200)
    expect(body).toMatchObject({ records: 2, seq: 1 })
    expect(await standing('by-hand')).toEqual([
      '2024-09-01T00:00:00Z Email {"custom:Shared RDS":["Shared Data Lake"]} 100045',
      '2024-09-01T00:00:00Z Mess"aging, 😀 {"custom:Shared RDS":["a","b"]} 0',
    ])
    const stream = await eventually(
      () => call(getStream, '/x', { params: { name: 'by-hand' } }),
      (answer) => answer.body.status === 'Invalid',
    )
    expect(stream.body).toMatchObject({ granularity: 'DAILY', filter_keys: ['custom:Shared RDS'], records: 2 })
    const { body: list } = await call(getBatches, '/x', { params: { name: 'by-hand' } })
    expect(list.batches).toMatchObject([{ origin: 'CSV', operation: 'replace', records: 2 }])
  })

  it('replaces unless it is told to add; the granularity of a stream need not be repeated', async () => {
    const csv = 'element_name,value,timestamp\nA,1,2024-09-01T03:00:00Z\nA,2,2024-09-01T03:59:59Z\n'
    expect(
      (
        await upload('adds', csv.replace('timestamp', 'timestamp,granularity').replaceAll('Z\n', 'Z,hourly\n'), {
          operation: 'sum',
        })
      ).status,
    ).toBe(200)
    expect(await standing('adds')).toEqual(['2024-09-01T03:00:00Z A {} 3'])
    expect((await upload('adds', csv, { operation: 'sum' })).status).toBe(200)
    expect(await standing('adds')).toEqual(['2024-09-01T03:00:00Z A {} 6'])
    expect((await upload('adds', csv)).status).toBe(200)
    expect(await standing('adds')).toEqual(['2024-09-01T03:00:00Z A {} 2'])
  })

  it('takes all rows or none: each bad one comes back with its line and its reasons', async () => {
    expect((await upload('strict', `${HEADER}\n2024-09-01,DAILY,Email,5,x\n`)).status).toBe(200)
    const before = await standing('strict')
    const rows = [
      '2024-09-01,DAILY,Email,7,x',
      '2024-09-02,DAILY,Email,-1,x',
      '2024-09-03,DAILY,"two\nlines",x,y',
      '2024-09-04,HOURLY,Email,1,x',
      '2024-09-05,DAILY,Email,1',
      '2024-09-06,DAILY,Email,1,',
    ]
    const { status, body, text } = await upload('strict', [HEADER, ...rows, ''].join('\n'))
    expect(status, text).toBe(422)
    const invalid = body.invalid_params as { line: number; name: string; reason: string }[]
    expect(invalid.map(({ line, name }) => [line, name])).toEqual([
      [3, 'value'],
      [4, 'value'],
      [6, 'granularity'],
      [7, 'row'],
      [8, 'custom:Shared RDS'],
    ])
    expect(invalid[0]?.reason).toMatch(/0 or more: received "-1"/)
    expect(body.rejected_rows).toBe(5)
    expect(String(body.rejected_csv).split('\n')[0]).toBe(`${HEADER},reason`)
    expect(await standing('strict')).toEqual(before)
    // Mended, the list of rejected rows can be sent as it is.
    const mended = String(body.rejected_csv)
      .replace('-1', '1')
      .replace(',x,y,', ',2,y,')
      .replace('HOURLY', 'DAILY')
      .replace('1,,', '1,z,')
      .replace('1,,', '1,z,')
    const again = await upload('strict', mended)
    expect(again.status, again.text).toBe(200)
    expect(again.body.records).toBe(5)
  })

  it.each<[name: string, body: string | Uint8Array, status: number, message: RegExp]>([
    ['an empty file', '', 422, /the file is empty/],
    ['a header alone', `${HEADER}\n`, 422, /a header and no records/],
    ['a missing column', 'timestamp,granularity,element_name\n2024-09-01,DAILY,a\n', 422, /column "value" is missing/],
    [
      'other filter keys than the stream has',
      'timestamp,granularity,element_name,value,region\n2024-09-01,DAILY,a,1,b\n',
      422,
      /same filter keys/,
    ],
    ['an open quote', `${HEADER}\n"2024-09-01,DAILY,a,1,b\n`, 422, /line 2.*never closed/],
    ['Latin-1', Buffer.from(`${HEADER}\n2024-09-01,DAILY,Zo\xeb,1,b\n`, 'latin1'), 400, /not UTF-8/],
  ])('refuses %s', async (_name, body, status, message) => {
    await upload('keyed', `${HEADER}\n2024-09-01,DAILY,Email,5,x\n`)
    const before = await standing('keyed')
    const answer = await upload('keyed', body)
    expect(answer.status, answer.text).toBe(status)
    expect(answer.body.detail).toMatch(message)
    expect(await standing('keyed')).toEqual(before)
  })

  it('refuses a stream name that none may have, and an operation that is none', async () => {
    expect((await upload('no spaces', `${HEADER}\n2024-09-01,DAILY,a,1,b\n`)).status).toBe(400)
    expect((await upload('x', `${HEADER}\n2024-09-01,DAILY,a,1,b\n`, { operation: 'delete' })).status).toBe(400)
  })

  it('may be repeated under its Idempotency-Key', async () => {
    const headers = { 'idempotency-key': 'csv-1' }
    const csv = `${HEADER}\n2024-09-01,DAILY,Email,5,x\n`
    const first = await upload('once', csv, { operation: 'sum', headers })
    expect((await upload('once', csv, { operation: 'sum', headers })).body).toEqual(first.body)
    expect(await standing('once')).toEqual(['2024-09-01T00:00:00Z Email {"custom:Shared RDS":["x"]} 5'])
  })
})
