import { beforeAll, describe, expect, it } from 'vitest'
import { GET as getAllocations } from '@/app/api/v1/allocations/[dimension]/route'
import { POST as createKey } from '@/app/api/v1/api-keys/route'
import { PUT as putDefinition } from '@/app/api/v1/costformation/route'
import { GET as getDimensions } from '@/app/api/v1/dimensions/route'
import { POST as postUndo } from '@/app/api/v1/streams/[name]/batches/[id]/undo/route'
import { GET as getBatches } from '@/app/api/v1/streams/[name]/batches/route'
import { GET as getRecords } from '@/app/api/v1/streams/[name]/records/route'
import { PUT as defineStream, GET as getStream } from '@/app/api/v1/streams/[name]/route'
import { POST as deleteRecords } from '@/app/unit-cost/v1/telemetry/allocation/[stream]/delete/route'
import { POST as replaceRecords } from '@/app/unit-cost/v1/telemetry/allocation/[stream]/replace/route'
import { POST as legacyRecords } from '@/app/unit-cost/v1/telemetry/allocation/[stream]/route'
import { POST as sumRecords } from '@/app/unit-cost/v1/telemetry/allocation/[stream]/sum/route'
import { focusCsv, importBill } from './bills'
import { call, eventually, KEY, useWorkspace } from './workspace'

const ROUTES = { sum: sumRecords, replace: replaceRecords, delete: deleteRecords, legacy: legacyRecords }
type Way = keyof typeof ROUTES
type Headers = Record<string, string>

interface TestRecord {
  timestamp?: unknown
  granularity?: unknown
  filter?: unknown
  element_name?: unknown
  value?: unknown
}

const record = (further: TestRecord = {}): TestRecord => ({
  timestamp: '2024-09-01T00:00:00Z',
  granularity: 'DAILY',
  filter: { service: ['RDS'] },
  element_name: 'Email',
  value: 10,
  ...further,
})

const sendText = (way: Way, stream: string, body: string | Uint8Array, headers: Headers = {}) =>
  call(ROUTES[way], `/unit-cost/v1/telemetry/allocation/${encodeURIComponent(stream)}/${way}`, {
    method: 'POST',
    params: { stream },
    headers,
    body: body as BodyInit,
  })

const send = (way: Way, stream: string, records: readonly TestRecord[], headers: Headers = {}) =>
  sendText(way, stream, JSON.stringify({ records }), headers)

/** Sends what has to be taken; the id of its batch. */
async function take(way: Way, stream: string, records: readonly TestRecord[]): Promise<string> {
  const { status, body, text } = await send(way, stream, records)
  expect(status, text).toBe(way === 'delete' ? 201 : 200)
  return String(body.batch_id)
}

const undo = (stream: string, id: string) => call(postUndo, '/x', { method: 'POST', params: { name: stream, id } })

async function takeBack(stream: string, id: string): Promise<string> {
  const { status, body, text } = await undo(stream, id)
  expect(status, text).toBe(200)
  return String(body.batch_id)
}

/** `day element filter` → value: what stands in a stream. */
async function standing(stream: string): Promise<Record<string, string>> {
  const { body, status, text } = await call(getRecords, '/x?limit=1000', { params: { name: stream } })
  expect(status, text).toBe(200)
  const records = body.records as {
    timestamp: string
    element_name: string
    filter: Record<string, string[]>
    value: string
  }[]
  return Object.fromEntries(
    records.map(({ timestamp, element_name, filter, value }) => [
      [timestamp.slice(8, 10), element_name, ...Object.values(filter).flat()].join(' '),
      value,
    ]),
  )
}

const batches = async (stream: string) =>
  (await call(getBatches, '/x', { params: { name: stream } })).body as {
    total: number
    batches: Record<string, unknown>[]
  }

const streamNow = async (name: string) => (await call(getStream, '/x', { params: { name } })).body

const settled = (name: string) =>
  eventually(
    () => streamNow(name),
    ({ status }) => status === 'Available' || status === 'Invalid',
  )

describe('CloudZero’s allocation telemetry', () => {
  useWorkspace()
  let streams = 0
  const newStream = () => `stream-${++streams}`

  beforeAll(async () => {
    expect(await importBill(focusCsv([{ ServiceName: 'RDS' }]))).toMatchObject({ status: 'completed' })
  })

  describe('refuses, with the status that the documentation has and a message that names the offence', () => {
    const values = (count: number) => Array.from({ length: count }, (_, index) => `value ${index}`)
    const keys = (count: number) => Object.fromEntries(values(count).map((_, index) => [`tag:k${index}`, ['v']]))
    const json = (records: readonly TestRecord[]) => JSON.stringify({ records })
    const refusals: [name: string, way: Way, body: string, status: number, message: RegExp][] = [
      [
        'a sixth filter key',
        'sum',
        json([record({ filter: keys(6) })]),
        400,
        /record 0, filter: at most 5 filter keys, received 6/,
      ],
      [
        'a 21st value',
        'sum',
        json([record({ filter: { service: values(21) } })]),
        400,
        /"service": at most 20 distinct values, received 21/,
      ],
      [
        'other keys than the stream',
        'sum',
        json([record({ filter: { region: ['a'] } })]),
        400,
        /must contain the same filter keys: stream "held" has "service", received "region"/,
      ],
      [
        'no keys where the stream has some',
        'replace',
        json([record({ filter: {} })]),
        400,
        /same filter keys.*received none/,
      ],
      [
        'other keys on delete',
        'delete',
        json([record({ filter: { region: ['a'] }, value: undefined })]),
        400,
        /same filter keys.*received "region"/,
      ],
      [
        'other keys among the records',
        'sum',
        json([record(), record({ filter: { region: ['a'] } })]),
        400,
        /record 1, filter: .*same filter keys/,
      ],
      [
        'another granularity',
        'sum',
        json([record({ granularity: 'HOURLY' })]),
        400,
        /same granularity as the stream: stream "held" is DAILY, received HOURLY/,
      ],
      [
        'a granularity that does not exist',
        'sum',
        json([record({ granularity: 'WEEKLY' })]),
        400,
        /HOURLY, DAILY, MONTHLY: received "WEEKLY"/,
      ],
      ['a negative value', 'sum', json([record(), record({ value: -1 })]), 400, /record 1, value: .*received -1/],
      ['zero', 'replace', json([record({ value: '0.0' })]), 400, /value must be greater than 0: received "0\.0"/],
      [
        'a value that is no number',
        'sum',
        json([record({ value: 'NaN' })]),
        400,
        /not a decimal number: received "NaN"/,
      ],
      ['too many digits', 'sum', json([record({ value: '0.1234567890123456789' })]), 400, /more than 18 digits after/],
      ['a value on delete', 'delete', json([record()]), 400, /value is forbidden on delete/],
      ['no timestamp', 'sum', json([record({ timestamp: undefined })]), 400, /timestamp is required/],
      [
        'a day that does not exist',
        'sum',
        json([record({ timestamp: '2024-02-30' })]),
        400,
        /no such date.*2024-02-30/,
      ],
      ['the far future', 'sum', json([record({ timestamp: '2099-01-01' })]), 400, /too far in the future/],
      ['no element', 'sum', json([record({ element_name: '' })]), 400, /element_name must not be empty/],
      ['NUL', 'sum', json([record({ element_name: 'a\0b' })]), 400, /NUL/],
      ['no records', 'sum', '{"records":[]}', 400, /at least one record/],
      ['records that are no list', 'sum', '{"records":{}}', 400, /records must be an array/],
      ['another document', 'sum', '[1]', 400, /must be an object with a "records" array/],
      ['invalid JSON', 'sum', '{"records": [', 400, /not valid JSON/],
      ['an empty body', 'sum', '', 400, /not valid JSON/],
      ['deep nesting', 'sum', `{"records":${'['.repeat(200_000)}`, 400, /not valid JSON/],
      [
        'deep nesting that is whole',
        'sum',
        json([record()]).replace('["RDS"]', `${'['.repeat(2000)}${']'.repeat(2000)}`),
        400,
        /"service": values must be strings/,
      ],
      ['6 MB', 'sum', `{"records":[],"x":"${'x'.repeat(6 * 1024 * 1024)}"}`, 413, /larger than 5 MB/],
      [
        'a sum past 20 digits',
        'sum',
        json([record({ value: '99999999999999999999' })]),
        400,
        /exceeds 20 integer digits/,
      ],
    ]

    beforeAll(async () => {
      await take('sum', 'held', [record(), record({ element_name: 'Big', value: '99999999999999999999' })])
    })

    it.each(refusals)('%s', async (name, way, body, status, message) => {
      const before = { records: await standing('held'), batches: await batches('held') }
      const sent = name === 'a sum past 20 digits' ? body.replace('Email', 'Big') : body
      const answer = await sendText(way, 'held', sent)
      expect(answer.status, answer.text.slice(0, 300)).toBe(status)
      const { error } = answer.body as { error: { message: string; errors: unknown[] } }
      expect(error.message).toMatch(message)
      expect({ records: await standing('held'), batches: await batches('held') }).toMatchObject({
        records: before.records,
        batches: { total: before.batches.total },
      })
    })

    it('bytes that are not UTF-8', async () => {
      const { status, text } = await sendText('sum', 'held', Buffer.from([0x7b, 0xff, 0x7d]))
      expect(status).toBe(400)
      expect(text).toMatch(/not UTF-8/)
    })

    it('a stream that does not exist, on delete, and does not make it', async () => {
      const { status, text } = await send('delete', 'nowhere', [{ timestamp: '2024-09-01', granularity: 'DAILY' }])
      expect(status).toBe(400)
      expect(text).toMatch(/telemetry stream must exist.*nowhere/)
      expect((await call(getStream, '/x', { params: { name: 'nowhere' } })).status).toBe(404)
    })

    it.each([`it's`, 'a b', '../up', `x'; DROP TABLE stream; --`, 'é', '', 'a'.repeat(257)])(
      'the stream name %j',
      async (name) => {
        const { status, text } = await send('sum', name, [record()])
        expect(status, text).toBe(400)
        expect(text).toMatch(/stream name/)
      },
    )

    it('a first batch that is bad does not make a stream', async () => {
      const { status } = await send('sum', 'never', [record(), record({ value: 0 })])
      expect(status).toBe(400)
      expect((await call(getStream, '/x', { params: { name: 'never' } })).status).toBe(404)
    })
  })

  it('lets in who has the scope, by a raw key or a Bearer, and nobody else', async () => {
    const make = async (scopes: string[]) => {
      const { status, body, text } = await call(createKey, '/x', {
        method: 'POST',
        body: JSON.stringify({ name: scopes.join(), scopes }),
      })
      expect(status, text).toBeLessThan(300)
      return String(body.key)
    }
    const [ingest, read] = [await make(['ingest']), await make(['read'])]
    const stream = newStream()
    const writing = async (authorization: string) => (await send('sum', stream, [record()], { authorization })).status
    expect(await writing(KEY)).toBe(200)
    expect(await writing(`Bearer ${KEY}`)).toBe(200)
    expect(await writing(`bearer ${ingest}`)).toBe(200)
    expect(await writing(read)).toBe(403)
    expect(await writing('wrong')).toBe(403)
    expect(await writing('')).toBe(403)
    const reading = async (authorization: string) =>
      (await call(getStream, '/x', { params: { name: stream }, headers: { authorization } })).status
    expect(await reading(read)).toBe(200)
    expect(await reading(ingest)).toBe(403)
    expect(await reading('wrong')).toBe(401)
    expect(await standing(stream)).toEqual({ '01 Email RDS': '30' })
  })

  it('sum adds, the old path too; replace overwrites what it names; within a request alike', async () => {
    const stream = newStream()
    await take('sum', stream, [
      record({ value: '0.1' }),
      record({ value: '0.2' }),
      record({ element_name: 'Other', value: 5 }),
    ])
    await take('legacy', stream, [record({ value: '1e-18' })])
    expect(await standing(stream)).toEqual({ '01 Email RDS': '0.300000000000000001', '01 Other RDS': '5' })
    await take('replace', stream, [record({ value: 7 }), record({ value: 8, timestamp: '2024-09-01T23:59:59+00:00' })])
    expect(await standing(stream)).toEqual({ '01 Email RDS': '8', '01 Other RDS': '5' })
  })

  it('delete hides what matches: a day, an element of it, a filter of it', async () => {
    const stream = newStream()
    const both = (filter: object, element_name: string, timestamp = '2024-09-01') =>
      record({ filter, element_name, timestamp })
    const a = { service: ['RDS'], region: ['x'] }
    const b = { service: ['RDS'], region: ['y', 'x'] }
    await take('sum', stream, [both(a, 'E'), both(a, 'M'), both(b, 'E'), both(b, 'M'), both(a, 'E', '2024-09-02')])
    const at = { timestamp: '2024-09-01', granularity: 'DAILY' }
    const all = ['01 E x RDS', '01 E x y RDS', '01 M x RDS', '01 M x y RDS', '02 E x RDS']
    const left = async (further: TestRecord, removed: number) => {
      const id = await take('delete', stream, [{ ...at, ...further }])
      const list = await batches(stream)
      expect(list.batches[0]).toMatchObject({ records: removed, operation: 'delete' })
      const names = Object.keys(await standing(stream)).sort()
      await takeBack(stream, id)
      expect(Object.keys(await standing(stream)).sort()).toEqual(all)
      return names
    }
    expect(await left({}, 4)).toEqual(['02 E x RDS'])
    expect(await left({ element_name: 'E' }, 2)).toEqual(['01 M x RDS', '01 M x y RDS', '02 E x RDS'])
    expect(await left({ filter: { region: ['x', 'y'] } }, 2)).toEqual(['01 E x RDS', '01 M x RDS', '02 E x RDS'])
    expect(await left({ filter: { region: ['x'] }, element_name: 'M' }, 1)).toEqual([
      '01 E x RDS',
      '01 E x y RDS',
      '01 M x y RDS',
      '02 E x RDS',
    ])
    expect(await left({ element_name: 'nobody' }, 0)).toEqual(all)
    // Adding after a delete starts anew.
    await take('delete', stream, [at])
    await take('sum', stream, [both(a, 'E')])
    expect(await standing(stream)).toEqual({ '01 E x RDS': '10', '02 E x RDS': '10' })
  })

  it('undo takes back one batch of any kind, wherever it lies, and can be undone', async () => {
    const stream = newStream()
    const value = async () => (await standing(stream))['01 Email RDS'] ?? null
    const first = await take('sum', stream, [record({ value: 1 })])
    const second = await take('sum', stream, [record({ value: 2 })])
    const third = await take('replace', stream, [record({ value: 100 })])
    await take('sum', stream, [record({ value: 4 })])
    expect(await value()).toBe('104')
    // Under a replace an older sum does not show, but counts again once that is gone.
    await takeBack(stream, second)
    expect(await value()).toBe('104')
    const back = await takeBack(stream, third)
    expect(await value()).toBe('5')
    const redo = await takeBack(stream, back)
    expect(await value()).toBe('104')
    const removed = await take('delete', stream, [{ timestamp: '2024-09-01', granularity: 'DAILY' }])
    expect(await value()).toBeNull()
    await take('sum', stream, [record({ value: 8 })])
    expect(await value()).toBe('8')
    await takeBack(stream, removed)
    expect(await value()).toBe('112')
    await takeBack(stream, first)
    expect(await value()).toBe('112')

    const twice = await undo(stream, second)
    expect(twice.status).toBe(409)
    expect(twice.body.detail).toMatch(/undone already/)
    // The batch is undone a second time; the undo of its return has nothing left to do then.
    await takeBack(stream, third)
    expect(await value()).toBe('12')
    const stale = await undo(stream, redo)
    expect(stale.status, stale.text).toBe(409)
    expect(await value()).toBe('12')
    expect((await undo(stream, '2000000000')).status).toBe(404)
    expect((await undo('nowhere', first)).status).toBe(404)
    expect((await undo(stream, 'x')).status).toBe(400)
  })

  it('counts every one of twenty sums that arrive at once', async () => {
    const stream = newStream()
    const answers = await Promise.all(
      Array.from({ length: 20 }, (_, index) => send('sum', stream, [record({ value: 2 ** index })])),
    )
    expect(answers.map(({ status }) => status)).toEqual(Array.from({ length: 20 }, () => 200))
    expect(new Set(answers.map(({ body }) => body.batch_id)).size).toBe(20)
    expect(await standing(stream)).toEqual({ '01 Email RDS': String(2 ** 20 - 1) })
    const { total, batches: list } = await batches(stream)
    expect(total).toBe(20)
    expect(list.map(({ seq }) => seq)).toEqual(Array.from({ length: 20 }, (_, index) => 20 - index))
  })

  it('answers a repeated request as it did first, and refuses its key for another', async () => {
    const stream = newStream()
    const headers = { 'idempotency-key': 'k-1' }
    const bad = await send('sum', stream, [record({ value: -1 })], headers)
    expect(bad.status).toBe(400)
    const answers = await Promise.all([1, 2, 3].map(() => send('sum', stream, [record()], headers)))
    for (const answer of answers) {
      expect(answer.status, answer.text).toBe(200)
      expect(answer.body).toEqual(answers[0]?.body)
    }
    expect(await standing(stream)).toEqual({ '01 Email RDS': '10' })
    const other = await send('sum', stream, [record({ value: 11 })], headers)
    expect(other.status).toBe(400)
    expect(other.text).toMatch(/Idempotency-Key \\"k-1\\" was used before/)
    const elsewhere = await send('sum', `${stream}-2`, [record()], headers)
    expect(elsewhere.status).toBe(400)
    expect(await standing(stream)).toEqual({ '01 Email RDS': '10' })
    const id = String(answers[0]?.body.batch_id)
    const twice = () =>
      call(postUndo, '/undo', { method: 'POST', params: { name: stream, id }, headers: { 'idempotency-key': 'k-2' } })
    expect((await twice()).body).toEqual((await twice()).body)
    expect(await standing(stream)).toEqual({})
  })

  it('keeps hostile texts as they are, down to the split', async () => {
    const odd = [
      'it\'s "x"',
      'back\\slash\\',
      "'; DROP TABLE cost_lines; --",
      '😀 ｚ',
      '{a:String}',
      'a|b,c',
      '__proto__',
      '%_',
    ]
    const stream = newStream()
    const tag = `o'd"d\\`
    const bill = focusCsv(odd.map((text) => ({ Tags: JSON.stringify({ [tag]: text }), ServiceName: 'odd' })))
    expect(await importBill(bill, { source: 'odd' })).toMatchObject({ status: 'completed', rows_rejected: 0 })
    const definition = `Dimensions:\n  OddSplit:\n    Type: Allocation\n    Name: "Odd \\"split\\" \\\\ 'it'"\n    AllocateByStreams: {Streams: [${stream}]}\n`
    expect((await call(putDefinition, '/x', { method: 'PUT', body: definition })).status).toBe(200)
    const records = odd.map((text) =>
      record({ timestamp: '2024-09-05', filter: { [`tag:${tag}`]: [text] }, element_name: text }),
    )
    await take('sum', stream, records)
    expect(await settled(stream)).toMatchObject({ status: 'Available', elements: odd.length })
    const { body } = await eventually(
      () =>
        call(getAllocations, '/x?from=2024-09-01&to=2024-10-01&granularity=total&metric=BilledCost', {
          params: { dimension: `Odd "split" \\ 'it'` },
        }),
      (answer) => answer.body.up_to_date === true,
    )
    const rows = body.rows as { element: string; amount: string }[]
    expect(Object.fromEntries(rows.map((row) => [row.element, row.amount]))).toEqual(
      Object.fromEntries(odd.map((text) => [text, '1'])),
    )
    const proto = await sendText(
      'sum',
      newStream(),
      JSON.stringify({ records: [record()] }).replace('"service"', '"__proto__"'),
    )
    expect(proto.status, proto.text).toBe(200)
  })

  it('is Invalid while a filter names what is not there, says what is near, and recovers by itself', async () => {
    const stream = newStream()
    await take('sum', stream, [record({ filter: { 'custom:Shared DB': ['Pool'] }, timestamp: '2024-09-05' })])
    const define = async (name: string) =>
      expect(
        (
          await call(putDefinition, '/x', {
            method: 'PUT',
            body: `Dimensions:
  Shared: {Name: ${name}, Rules: [{Type: Group, Name: Pool, Conditions: [{Source: Service, Equals: Later}]}]}
  LaterSplit: {Type: Allocation, Name: Later Split, AllocateByStreams: {Streams: [${stream}]}}`,
          })
        ).status,
      ).toBe(200)
    await define('Shared DBs')
    const noName = await settled(stream)
    expect(noName.status).toBe('Invalid')
    expect(noName.status_reason).toBe('There is no dimension named "Shared DB". Did you mean "Shared DBs"?')
    await define('Shared DB')
    const noValue = await settled(stream)
    expect(noValue.status).toBe('Invalid')
    expect(noValue.status_reason).toMatch(/"custom:Shared DB".*nothing matches "Pool"/)
    await importBill(focusCsv([{ ServiceName: 'Later', BilledCost: '3' }]), { source: 'later' })
    expect(await settled(stream)).toMatchObject({ status: 'Available' })
    const { body } = await eventually(
      () =>
        call(getAllocations, '/x?from=2024-09-01&to=2024-10-01&granularity=total&metric=BilledCost', {
          params: { dimension: 'LaterSplit' },
        }),
      (answer) => answer.body.up_to_date === true,
    )
    expect(body.totals).toEqual({ cost: '3', allocated: '3', unallocated: '0' })
    await take('sum', stream, [record({ filter: { 'custom:Shared DB': ['Pol'] }, timestamp: '2024-09-05' })])
    expect((await settled(stream)).status_reason).toBe(
      'No cost has the value "Pol" for "custom:Shared DB". Did you mean "Pool"?',
    )
  })

  it('recovers too when the name is an element that other telemetry brings', async () => {
    const [inner, outer] = [newStream(), newStream()]
    const body = `Dimensions:
  Inner: {Type: Allocation, Name: Inner, AllocateByStreams: {Streams: [${inner}]}}
  Outer: {Type: Allocation, Name: Outer, AllocateByStreams: {Streams: [${outer}]}}`
    expect((await call(putDefinition, '/x', { method: 'PUT', body })).status).toBe(200)
    await take('sum', outer, [
      record({ timestamp: '2024-09-05', filter: { 'custom:Inner': ['Email'] }, element_name: 'Team' }),
    ])
    expect(await settled(outer)).toMatchObject({ status: 'Invalid' })
    await take('sum', inner, [record({ timestamp: '2024-09-05' })])
    await settled(inner)
    expect(await settled(outer)).toMatchObject({ status: 'Available' })
  })

  it('refuses filter keys that would make a split depend on itself, and keeps answering', async () => {
    const stream = newStream()
    const body = `Dimensions:\n  Self: {Type: Allocation, Name: Self, AllocateByStreams: {Streams: [${stream}]}}`
    expect((await call(putDefinition, '/x', { method: 'PUT', body })).status).toBe(200)
    const sent = await send('sum', stream, [record({ filter: { 'custom:Self': ['Email'] } })])
    expect(sent.status, sent.text).toBe(400)
    expect(sent.text).toMatch(/Self → Self/)
    const definition = { granularity: 'DAILY', filter_keys: ['custom:Self'] }
    const defined = await call(defineStream, '/x', {
      method: 'PUT',
      params: { name: stream },
      body: JSON.stringify(definition),
    })
    expect(defined.status, defined.text).toBe(400)
    expect((await call(getDimensions, '/x')).status).toBe(200)
  })
})
