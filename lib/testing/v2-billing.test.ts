import { parse as parseLossless } from 'lossless-json'
import { beforeAll, describe, expect, it } from 'vitest'
import { POST as createKey } from '@/app/api/v1/api-keys/route'
import { PUT as putDefinition } from '@/app/api/v1/costformation/route'
import { GET as getStream } from '@/app/api/v1/streams/[name]/route'
import { POST as sumRecords } from '@/app/unit-cost/v1/telemetry/allocation/[stream]/sum/route'
import { GET as getUnknown } from '@/app/v2/[...rest]/route'
import { GET as getCosts } from '@/app/v2/billing/costs/route'
import { GET as getDimensions } from '@/app/v2/billing/dimensions/route'
import { focusCsv, importBill } from './bills'
import { call, eventually, useWorkspace } from './workspace'

const COSTS = '/v2/billing/costs'

interface Page {
  costs: Record<string, unknown>[]
  pagination: {
    page_count: number
    item_count: number
    total_count: number
    cursor: Record<'next_cursor' | 'previous_cursor', string | null> & Record<'has_next' | 'has_previous', boolean>
  }
}

const ask = (query: string) => call(getCosts, `${COSTS}?${query}`)

async function costs(query: string): Promise<Page> {
  const { status, body, text } = await ask(query)
  expect(status, text).toBe(200)
  // As texts, since a float has fewer digits than a cost.
  const { costs: exact } = parseLossless(text, undefined, String) as Pick<Page, 'costs'>
  return { ...(body as unknown as Page), costs: exact }
}

async function refusal(query: string): Promise<string> {
  const { status, body, text } = await ask(query)
  const { error } = body as { error?: { message: string; type: string } }
  expect(error, text).toBeDefined()
  return `${status} ${error?.type} ${error?.message}`
}

/** `date group… cost` of each row. */
const shown = ({ costs: rows }: Page) =>
  rows.map(({ usage_date, cost, ...groups }) =>
    [String(usage_date).slice(0, 13), ...Object.values(groups), cost].join(' '),
  )

const line = (day: string, further: Record<string, string> = {}) => ({
  BillingPeriodStart: `${day.slice(0, 7)}-01T00:00:00Z`,
  ChargePeriodStart: `${day}T00:00:00Z`,
  ChargePeriodEnd: `${day}T23:00:00Z`,
  ...further,
})

const DEFINITION = `Dimensions:
  Product:
    Name: The Product
    DefaultValue: Other
    Rules:
      - {Type: Group, Name: Data, Conditions: [{Source: Service, Contains: RDS}]}
  Building:
    Name: Building block
    Hide: true
    Rules: [{Type: GroupBy, Source: Region}]
`

describe('CloudZero’s V2 billing', () => {
  useWorkspace()

  beforeAll(async () => {
    const lines = [
      line('2024-09-01', {
        BilledCost: '1',
        EffectiveCost: '0.1234567890123456',
        ServiceName: 'RDS',
        RegionId: 'us-east-1',
      }),
      line('2024-09-01', {
        BilledCost: '2',
        EffectiveCost: '2',
        ServiceName: 'EC2',
        RegionId: 'us-east-1',
        Tags: '{"Team":"a=b"}',
      }),
      line('2024-09-08', { BilledCost: '4', EffectiveCost: '4', ServiceName: 'EC2', RegionId: 'eu-west-1' }),
      line('2024-09-30', { BilledCost: '8', EffectiveCost: '8', ServiceName: 'RDS', RegionId: '' }),
      line('2024-10-01', { BilledCost: '-16', EffectiveCost: '-16', ServiceName: 'RDS', RegionId: 'us-east-1' }),
    ]
    expect(await importBill(focusCsv(lines))).toMatchObject({ status: 'completed' })
    const saved = await call(putDefinition, '/x', { method: 'PUT', body: DEFINITION })
    expect(saved.status, saved.text).toBe(200)
  })

  it('answers the documentation’s own requests', async () => {
    const start = '2024-09-01T00%3A00%3A00%2B00%3A00'
    const [filters, type] = ['%7B%22Region%22%3A%20%5B%22us-east-1%22%5D%7D', 'cost_type=real_cost']
    const page = await costs(
      `start_date=${start}&granularity=monthly&group_by=Region&group_by=Service&filters=${filters}&${type}`,
    )
    expect(page).toMatchObject({
      costs: [
        { usage_date: '2024-09-01T00:00:00+00:00', cost: '2', Region: 'us-east-1', Service: 'EC2' },
        { usage_date: '2024-09-01T00:00:00+00:00', cost: '0.1234567890123456', Region: 'us-east-1', Service: 'RDS' },
        { usage_date: '2024-10-01T00:00:00+00:00', cost: '-16', Region: 'us-east-1', Service: 'RDS' },
      ],
      pagination: {
        page_count: 1,
        item_count: 3,
        total_count: 3,
        cursor: { next_cursor: null, previous_cursor: null, has_next: false, has_previous: false },
      },
      sorting: { current: [{ sort_key: 'usage_date', sort_order: 'asc' }] },
      filtering: { available: [], current: {} },
    })
  })

  it('writes every digit of a cost as a number', async () => {
    const { text } = await ask('start_date=2024-09-01&end_date=2024-10-01&granularity=yearly&cost_type=real_cost')
    expect(text).toContain('"cost":14.1234567890123456}')
  })

  it.each([
    ['daily', ['2024-09-01T00 2.1234567890123456', '2024-09-08T00 4', '2024-09-30T00 8', '2024-10-01T00 -16']],
    ['DAILY', ['2024-09-01T00 2.1234567890123456', '2024-09-08T00 4', '2024-09-30T00 8', '2024-10-01T00 -16']],
    ['hourly', ['2024-09-01T00 2.1234567890123456', '2024-09-08T00 4', '2024-09-30T00 8', '2024-10-01T00 -16']],
    // The 1st and the 8th of September 2024 are Sundays.
    ['weekly', ['2024-08-26T00 2.1234567890123456', '2024-09-02T00 4', '2024-09-30T00 -8']],
    ['monthly', ['2024-09-01T00 14.1234567890123456', '2024-10-01T00 -16']],
    ['yearly', ['2024-01-01T00 -1.8765432109876544']],
  ])('%s', async (granularity, rows) => {
    expect(shown(await costs(`start_date=2024-09-01&granularity=${granularity}`))).toEqual(rows)
  })

  it('ends before end_date, and at the present without one', async () => {
    expect(shown(await costs('start_date=2024-09-30&end_date=2024-10-01'))).toEqual(['2024-09-30T00 8'])
    expect(shown(await costs('start_date=2024-09-30&end_date=2024-10-01T23:59:59Z'))).toHaveLength(2)
    // The plus of an offset that nobody encoded.
    expect(shown(await costs('start_date=2024-09-30T00:00:00+00:00&end_date=2024-10-01'))).toHaveLength(1)
  })

  it('groups by dimensions, natives and tags, in any case, with the ids as they were written', async () => {
    const by = async (query: string) => shown(await costs(`start_date=2024-09-01&granularity=yearly&${query}`))
    expect(await by('group_by=User%3ADefined%3AProduct')).toEqual([
      '2024-01-01T00 Data -7.8765432109876544',
      '2024-01-01T00 Other 6',
    ])
    expect(await by('group_by=CZ%3ADefined%3Aproduct')).toHaveLength(2)
    expect(await by('group_by=service,region')).toHaveLength(4)
    expect(await by('group_by=tag:team')).toEqual(['2024-01-01T00  -3.8765432109876544', '2024-01-01T00 a=b 2'])
    const { costs: rows } = await costs('start_date=2024-09-30&end_date=2024-10-01&group_by=region')
    expect(rows).toEqual([{ usage_date: '2024-09-30T00:00:00+00:00', cost: '8', region: null }])
  })

  it('filters by lists and single values, and by what is not', async () => {
    const where = async (filters: unknown) =>
      shown(
        await costs(`start_date=2024-09-01&granularity=yearly&filters=${encodeURIComponent(JSON.stringify(filters))}`),
      )
    expect(await where({ Service: 'EC2' })).toEqual(['2024-01-01T00 6'])
    expect(await where({ Service: ['EC2', 'RDS'], '!Region': ['us-east-1'] })).toEqual(['2024-01-01T00 12'])
    expect(await where({ 'User:Defined:Product': ['Data'] })).toEqual(['2024-01-01T00 -7.8765432109876544'])
    expect(await where({ 'Tag:Team': 'a=b' })).toEqual(['2024-01-01T00 2'])
    expect(await where({ Service: "x' OR 1=1 --" })).toEqual([])
  })

  it('takes the cost types as metrics', async () => {
    const of = async (type: string) =>
      shown(await costs(`start_date=2024-09-01&end_date=2024-09-02&cost_type=${type}`))[0]
    expect(await of('billed_cost')).toBe('2024-09-01T00 3')
    expect(await of('amortized_cost')).toBe('2024-09-01T00 2.1234567890123456')
    expect(await of('discounted_amortized_cost')).toBe('2024-09-01T00 2.1234567890123456')
  })

  it('refuses what it does not understand, and says what was meant', async () => {
    expect(await refusal('')).toMatch(/^400 invalid_request .*start_date.* is missing/)
    expect(await refusal('start_date=yesterday')).toMatch(/^400 .*start_date.*not an ISO 8601/)
    expect(await refusal('start_date=2024-09-02&end_date=2024-09-01')).toMatch(
      /^400 .*end_date: must be after start_date/,
    )
    expect(await refusal('start_date=2024-09-01&granularity=minutely')).toMatch(/^400 .*granularity/)
    expect(await refusal('start_date=2024-09-01&cost_type=cost')).toMatch(/^400 .*cost_type/)
    expect(await refusal('start_date=2024-09-01&group_by=Servce')).toMatch(
      /^400 .*group_by: no dimension `Servce`; did you mean `Service`\?/,
    )
    expect(await refusal('start_date=2024-09-01&group_by=Tag:Taem')).toMatch(
      /no dimension `Tag:Taem`; did you mean `Tag:Team`\?/,
    )
    expect(await refusal('start_date=2024-09-01&filters=%7B%22Regin%22:1%7D')).toMatch(
      /^400 .*filters: no dimension `Regin`; did you mean `Region`\?/,
    )
    expect(await refusal('start_date=2024-09-01&filters=%7B')).toMatch(/^400 .*filters: not valid JSON/)
  })

  it('leads forth and back through the pages by cursors', async () => {
    const query = 'start_date=2024-09-01&group_by=Service&limit=2'
    const first = await costs(query)
    expect(first.pagination).toMatchObject({
      page_count: 3,
      item_count: 2,
      total_count: 5,
      cursor: { has_next: true, has_previous: false },
    })
    const at = (cursor: string | null) => costs(`${query}&cursor=${encodeURIComponent(String(cursor))}`)
    const second = await at(first.pagination.cursor.next_cursor)
    const third = await at(second.pagination.cursor.next_cursor)
    expect(third.pagination).toMatchObject({
      item_count: 1,
      cursor: { next_cursor: null, has_next: false, has_previous: true },
    })
    const whole = await costs('start_date=2024-09-01&group_by=Service')
    expect([first, second, third].flatMap(shown)).toEqual(shown(whole))
    expect(shown(await at(third.pagination.cursor.previous_cursor))).toEqual(shown(second))
  })

  it('says 410 to a cursor of another request, and to one that is none', async () => {
    const { pagination } = await costs('start_date=2024-09-01&group_by=Service&limit=2')
    const cursor = pagination.cursor.next_cursor
    expect(await refusal(`start_date=2024-09-01&group_by=Region&limit=2&cursor=${cursor}`)).toMatch(
      /^410 gone .*other parameters/,
    )
    expect(await refusal('start_date=2024-09-01&cursor=H4sIAL1Fs2EC')).toMatch(/^410 gone/)
  })

  it('lists what it groups by, hidden dimensions on request', async () => {
    const list = async (query = '') => {
      const { body, text, status } = await call(getDimensions, `/v2/billing/dimensions${query}`)
      expect(status, text).toBe(200)
      return body.dimensions as { id: string; name: string }[]
    }
    const shownOnes = await list()
    expect(shownOnes).toEqual(
      expect.arrayContaining([
        { id: 'Account', name: 'Account' },
        { id: 'CloudProvider', name: 'Cloud Provider' },
        { id: 'User:Defined:Product', name: 'The Product' },
        { id: 'Tag:Team', name: 'Team' },
      ]),
    )
    const hidden = { id: 'User:Defined:Building', name: 'Building block' }
    expect(shownOnes).not.toContainEqual(hidden)
    expect(await list('?include_hidden=false')).not.toContainEqual(hidden)
    expect(await list('?include_hidden=true')).toContainEqual(hidden)
    for (const { id } of await list('?include_hidden=true')) {
      expect((await ask(`start_date=2024-09-01&group_by=${encodeURIComponent(id)}`)).status, id).toBe(200)
    }
  })

  it('answers 403 to a bad key, in the words of V2, and 404 to a path that is not served', async () => {
    const { status, body } = await call(getCosts, `${COSTS}?start_date=2024-09-01`, { headers: { authorization: 'x' } })
    expect({ status, body }).toMatchObject({
      status: 403,
      body: { message: expect.any(String), error: { type: 'unauthorized' } },
    })
    const made = await call(createKey, '/x', {
      method: 'POST',
      body: JSON.stringify({ name: 'i', scopes: ['ingest'] }),
    })
    const scoped = { headers: { authorization: `Bearer ${String(made.body.key)}` } }
    expect((await call(getCosts, `${COSTS}?start_date=2024-09-01`, scoped)).status).toBe(403)
    expect((await call(getUnknown, '/v2/budgets')).status).toBe(404)
  })

  it('says 410 to a cursor after the definition or a bill changed', async () => {
    const query = 'start_date=2024-09-01&group_by=User:Defined:Product&limit=1'
    const cursor = async () => (await costs(query)).pagination.cursor.next_cursor
    const before = await cursor()
    await call(putDefinition, '/x', { method: 'PUT', body: `${DEFINITION}# changed\n` })
    expect(await refusal(`${query}&cursor=${before}`)).toMatch(/^410 gone .*changed since the first page/)
    const between = await cursor()
    await importBill(focusCsv([line('2024-09-02')]), { source: 'other' })
    expect(await refusal(`${query}&cursor=${between}`)).toMatch(/^410 gone .*changed since the first page/)
    expect((await ask(`${query}&cursor=${await cursor()}`)).status).toBe(200)
  })

  it('groups by a split, and says 410 once telemetry changed it, to nobody else', async () => {
    const split =
      '  Split:\n    Name: Split by writes\n    Type: Allocation\n    AllocateByStreams: {Streams: [writes]}\n'
    const send = async (day: string) => {
      const record = { timestamp: day, granularity: 'DAILY', filter: { service: ['RDS'] }, element_name: 'Email' }
      const records = [
        { ...record, value: 1 },
        { ...record, element_name: 'Chat', value: 3 },
      ]
      const body = JSON.stringify({ records })
      const sent = await call(sumRecords, '/x', { method: 'POST', params: { stream: 'writes' }, body })
      expect(sent.status, sent.text).toBe(200)
      const read = () => call(getStream, '/x', { params: { name: 'writes' } })
      await eventually(read, ({ body: { status } }) => status === 'Available')
    }
    await send('2024-09-30')
    const saved = await call(putDefinition, '/x', { method: 'PUT', body: DEFINITION + split })
    expect(saved.status, saved.text).toBe(200)
    const { text } = await call(getDimensions, '/v2/billing/dimensions')
    expect(text).toContain('{"id":"User:Defined:Split","name":"Split by writes"}')

    const query = 'start_date=2024-09-30&end_date=2024-10-02&limit=1&group_by='
    const readWhole = () => costs(query.replace('limit=1', 'limit=10').concat('User:Defined:Split'))
    const whole = await eventually(readWhole, (report) => shown(report).length === 3)
    expect(shown(whole)).toEqual(['2024-09-30T00 Chat 6', '2024-09-30T00 Email 2', '2024-10-01T00  -16'])
    const cursorOf = async (id: string) => (await costs(query + id)).pagination.cursor.next_cursor
    const [bySplit, byRegion] = [await cursorOf('User:Defined:Split'), await cursorOf('Region')]
    await send('2024-10-01')
    expect(await refusal(`${query}User:Defined:Split&cursor=${bySplit}`)).toMatch(/^410 gone .*telemetry/)
    expect((await ask(`${query}Region&cursor=${byRegion}`)).status).toBe(200)
  })
})
