import { beforeAll, describe, expect, it } from 'vitest'
import { POST as postKey } from '@/app/api/v1/api-keys/route'
import { POST as previewBill } from '@/app/api/v1/cost-imports/preview/route'
import { POST as postImport } from '@/app/api/v1/cost-imports/route'
import { POST as previewDefinition } from '@/app/api/v1/costformation/preview/route'
import { PUT as putDefinition } from '@/app/api/v1/costformation/route'
import { POST as validate } from '@/app/api/v1/costformation/validate/route'
import { GET as getCosts } from '@/app/api/v1/costs/route'
import { GET as getProfile, PUT as putProfile } from '@/app/api/v1/import-profiles/[source]/route'
import { POST as postSetup } from '@/app/api/v1/setup/route'
import { POST as postCsv } from '@/app/api/v1/streams/[name]/csv/route'
import { GET as getRecords } from '@/app/api/v1/streams/[name]/records/route'
import { GET as getStream, PUT as putStream } from '@/app/api/v1/streams/[name]/route'
import { GET as getValues } from '@/app/api/v1/values/route'
import { POST as sumRecords } from '@/app/unit-cost/v1/telemetry/allocation/[stream]/sum/route'
import { GET as v2Costs } from '@/app/v2/billing/costs/route'
import { POST as postDrop } from '@/app/v2/connections/billing/anycost/[connection_id]/billing_drops/route'
import { POST as checkDrop } from '@/app/v2/connections/billing/anycost/validate_billing_drop/route'
import { POST as postVersion } from '@/app/v2/costformation/definition/versions/route'
import { focusCsv, importBill } from './bills'
import { call, useWorkspace } from './workspace'

const NUL = '\0'
const HALF = '\ud83d'
const MAPPING = { cost: 'Price', period_start: 'Day' }
const CSV = 'Price,Day\n1,2024-09-05\n'
const RANGE = 'from=2024-09-01&to=2024-10-01&granularity=total&metric=BilledCost'
const STREAM = { granularity: 'DAILY', filter_keys: [] }

type Route = Parameters<typeof call>[0]

/** What a route answers to a body: JSON unless it is a text. */
const send = (route: Route, path: string, body: unknown, params: Record<string, string> = {}, method = 'POST') =>
  call(route, path, { method, params, body: typeof body === 'string' ? body : JSON.stringify(body) })

const record = (further: Record<string, unknown>) => ({
  records: [{ timestamp: '2024-09-05', granularity: 'DAILY', element_name: 'a', value: 1, ...further }],
})
const drop = (cells: Record<string, unknown>) => ({
  data: [{ 'time/usage_start': '2024-08-05T00:00:00Z', 'cost/cost': '1', ...cells }],
})
const yaml = (name: string) =>
  `Dimensions:\n  Odd:\n    Name: ${name}\n    Rules:\n      - Type: GroupBy\n        Source: Service\n`

describe('a text that no database keeps', () => {
  useWorkspace()
  beforeAll(async () => {
    const done = await importBill(focusCsv([{ Tags: JSON.stringify({ [`a${NUL}b`]: `x${NUL}`, plain: 'y' }) }]))
    expect(done.status, done.error ?? '').toBe('completed')
  })

  const writes: [what: string, answer: () => ReturnType<typeof call>, named: RegExp][] = [NUL, HALF].flatMap(
    (odd): [string, () => ReturnType<typeof call>, RegExp][] => {
      const offence = odd === NUL ? 'NUL' : 'surrogate'
      const text = `a${odd}b`
      const profile =
        (mapping: unknown, source = 'odd') =>
        () =>
          send(putProfile, '/x', { mapping }, { source }, 'PUT')
      const importing = (query: Record<string, string>) => () =>
        send(postImport, `/x?${new URLSearchParams(query)}`, CSV)
      const named = (part: string) => new RegExp(`${part}.*${offence}`)
      return [
        [`a profile's source, ${offence}`, profile(MAPPING, text), named('source')],
        [`a mapping's column, ${offence}`, profile({ ...MAPPING, service: text }), named('mapping.service')],
        [
          `a mapping's tag, ${offence}`,
          profile({ ...MAPPING, tags: { columns: [{ column: 'a', key: text }] } }),
          named('mapping.tags.columns.0.key'),
        ],
        [`a mapping's FOCUS column, ${offence}`, profile({ ...MAPPING, columns: { [text]: 'a' } }), named('mapping')],
        [
          `an import's mapping, ${offence}`,
          importing({ format: 'mapping', mapping: JSON.stringify({ ...MAPPING, service: text }) }),
          named('mapping.service'),
        ],
        [`a key's name, ${offence}`, () => send(postKey, '/x', { name: text, scopes: ['read'] }), named('name')],
        [
          `the administrator's name, ${offence}`,
          () =>
            call(postSetup, '/x', {
              method: 'POST',
              headers: { 'sec-fetch-site': 'same-origin' },
              body: JSON.stringify({ name: text, email: 'a@example.com', password: 'long enough to be one' }),
            }),
          named('name'),
        ],
        [`a stream's name, ${offence}`, () => send(putStream, '/x', STREAM, { name: text }, 'PUT'), named('name')],
        [
          `a stream's filter key, ${offence}`,
          () => send(putStream, '/x', { ...STREAM, filter_keys: [`tag:${text}`] }, { name: 's' }, 'PUT'),
          named('filter_keys.0'),
        ],
        [`telemetry's stream, ${offence}`, () => send(sumRecords, '/x', record({}), { stream: text }), /stream/],
        [
          `an element's name, ${offence}`,
          () => send(sumRecords, '/x', record({ element_name: text }), { stream: 's' }),
          /element_name.*NUL or unpaired surrogates/,
        ],
        [
          `a filter's key, ${offence}`,
          () => send(sumRecords, '/x', record({ filter: { [`tag:${text}`]: ['x'] } }), { stream: 's' }),
          /filter.*NUL or unpaired surrogates/,
        ],
        [
          `a filter's value, ${offence}`,
          () => send(sumRecords, '/x', record({ filter: { service: [text] } }), { stream: 's' }),
          /filter.*NUL or unpaired surrogates/,
        ],
        [`a connection, ${offence}`, () => send(postDrop, '/x', drop({}), { connection_id: text }), /connection_id/],
        [
          `a drop's cell, ${offence}`,
          () => send(postDrop, '/x', drop({ 'resource/id': text }), { connection_id: 'c' }),
          named('resource/id'),
        ],
        [
          `a drop's column, ${offence}`,
          () => send(postDrop, '/x', drop({ [text]: 'x' }), { connection_id: 'c' }),
          named('data.0'),
        ],
      ]
    },
  )
  it.each(writes)('%s, is refused by its name', async (_what, answer, named) => {
    const { status, text } = await answer()
    expect(status, text).toBe(400)
    expect(text).toMatch(named)
  })

  it('is refused where only a raw NUL can come', async () => {
    const source = await send(postImport, `/x?source=a%00b`, CSV)
    expect(source).toMatchObject({ status: 400, body: { invalid_params: [{ name: 'source' }] } })
    const csv = await send(postCsv, '/x', `timestamp,granularity,element_name,value\n2024-09-05,DAILY,a${NUL}b,1\n`, {
      name: 's',
    })
    expect(csv.status, csv.text).toBe(422)
    expect(csv.text).toMatch(/line 2.*element_name.*NUL/)
    for (const route of [getProfile, getStream, getRecords]) {
      const { status, text } = await call(route, '/x', { params: { source: 'a\0', name: 'a\0' } })
      expect(status, text).toBe(400)
    }
    const element = await call(getRecords, '/x?element=a%00b', { params: { name: 's' } })
    expect([400, 404], element.text).toContain(element.status)
  })

  it('in a definition is an error at its place', async () => {
    const escaped = ['"a\\0b"', '"\\ud83d"']
    const ids = escaped.map((id) => `Dimensions:\n\n  ${id}: { Rules: [{ Type: GroupBy, Source: Service }] }\n`)
    for (const document of [...[`a${NUL}b`, ...escaped].map(yaml), ...ids]) {
      for (const [route, method] of [
        [putDefinition, 'PUT'],
        [postVersion, 'POST'],
      ] as const) {
        const { status, text } = await send(route, '/x', document, {}, method)
        expect([400, 422], `${JSON.stringify(document)}: ${status} ${text}`).toContain(status)
        expect(text).toMatch(/line 3/)
      }
      const { body } = await send(validate, '/x', document)
      expect(body).toMatchObject({ valid: false, errors: [{ line: 3 }] })
      const preview = await send(previewDefinition, '/x', { yaml: document })
      expect([400, 422], preview.text).toContain(preview.status)
    }
  })

  it('is found where a bill holds it', async () => {
    const by = await call(getCosts, `/x?${RANGE}&group_by=tag:a%00b`)
    expect(by.status, by.text).toBe(200)
    expect(by.body.rows).toMatchObject([{ group: ['x\0'], cost: '1' }])
    const filtered = await call(getCosts, `/x?${RANGE}&filter=tag:a%00b=x%00`)
    expect(filtered.body).toMatchObject({ total: '1' })
    const values = await call(getValues, '/x?key=tag:a%00b&search=%00')
    expect(values.body).toMatchObject({ values: [{ value: 'x\0' }] })
    const unknown = await call(getCosts, `/x?${RANGE}&group_by=custom:a%00b`)
    expect(unknown.status, unknown.text).toBe(400)
    const filters = (value: string) => encodeURIComponent(JSON.stringify({ Service: [value] }))
    for (const odd of [NUL, HALF]) {
      const { status, text } = await call(v2Costs, `/x?start_date=2024-09-01&filters=${filters(odd)}`)
      expect([200, 400], text).toContain(status)
    }
  })

  it('may stand in what is only looked at', async () => {
    for (const odd of [NUL, HALF]) {
      const body = { sample: CSV.replace('1,', `${odd},`), mapping: { ...MAPPING, service: `a${odd}` }, whole: true }
      const { status, text } = await send(previewBill, '/x', body)
      expect([200, 400], text).toContain(status)
      const named = await send(previewBill, '/x', { sample: CSV, source: `a${odd}` })
      expect([200, 400], named.text).toContain(named.status)
      const checked = await send(checkDrop, '/x', drop({ 'resource/id': odd }))
      expect(checked.body).toMatchObject({ connection: { is_valid: false } })
    }
  })
})
