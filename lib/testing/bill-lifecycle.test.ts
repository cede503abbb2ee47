import { gzipSync } from 'node:zlib'
import { beforeAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { GET as getCatalogue } from '@/app/api/v1/catalogue/route'
import { GET as getRejected } from '@/app/api/v1/cost-imports/[id]/rejected/route'
import { POST as restore } from '@/app/api/v1/cost-imports/[id]/restore/route'
import { POST as rollBack } from '@/app/api/v1/cost-imports/[id]/rollback/route'
import { GET as getImport } from '@/app/api/v1/cost-imports/[id]/route'
import { GET as getCostKeys } from '@/app/api/v1/cost-keys/route'
import { PUT as putDefinition } from '@/app/api/v1/costformation/route'
import { GET as getCosts } from '@/app/api/v1/costs/route'
import { PUT as putProfile } from '@/app/api/v1/import-profiles/[source]/route'
import { GET as getStream } from '@/app/api/v1/streams/[name]/route'
import { GET as getWorkspace } from '@/app/api/v1/workspace/route'
import { POST as sumRecords } from '@/app/unit-cost/v1/telemetry/allocation/[stream]/sum/route'
import { receiveBill } from '../costs/import/receive'
import { warehouse } from '../warehouse/client'
import { type BillLine, focusCsv, importBill, postBill, whenDone } from './bills'
import { call, eventually, useWorkspace } from './workspace'

const YEAR = { from: '2024-01-01', to: '2025-01-01', granularity: 'total', metric: 'BilledCost' }

async function total(query: Record<string, string> = {}): Promise<string> {
  const { body, status, text } = await call(getCosts, `/x?${new URLSearchParams({ ...YEAR, ...query })}`)
  expect(status, text).toBe(200)
  return String(body.total)
}

/** Of a source whose lines carry its name as their account. */
const totalOf = (account: string, query: Record<string, string> = {}) =>
  total({ filter: `account=${account}`, ...query })

const line = (account: string, cost: string, day: string, more: BillLine = {}): BillLine => ({
  SubAccountId: account,
  BilledCost: cost,
  EffectiveCost: cost,
  BillingPeriodStart: `${day.slice(0, 7)}-01T00:00:00Z`,
  ChargePeriodStart: `${day}T00:00:00Z`,
  ChargePeriodEnd: `${day}T12:00:00Z`,
  ...more,
})

function formOf(files: Record<string, string | Uint8Array>): FormData {
  const form = new FormData()
  for (const [name, data] of Object.entries(files)) form.append('file', new Blob([data as BlobPart]), name)
  return form
}

const turn = (route: typeof rollBack, id: string) => call(route, '/x', { method: 'POST', params: { id } })
const importOf = async (id: string) => (await call(getImport, '/x', { params: { id } })).body

describe('the life of a bill', () => {
  useWorkspace()

  it('appends, refuses the same content again however it is packed, and turns an appended file back', async () => {
    const source = 'appended'
    const options = { source, query: { mode: 'append' } }
    const [one, two] = [focusCsv([line(source, '1', '2024-03-01')]), focusCsv([line(source, '2', '2024-03-02')])]
    const first = await importBill(one, { source })
    const second = await importBill(gzipSync(two) as BodyInit, options)
    expect(second).toMatchObject({ status: 'completed', mode: 'append', periods: [{ month: '2024-03', rows: 1 }] })
    expect(await totalOf(source)).toBe('3')
    for (const body of [one, two]) {
      const again = await postBill(body, options)
      expect(again.status, again.text).toBe(409)
      expect(again.body.detail).toMatch(/counts already for the source "appended".*mode=replace/)
    }
    const packed = await importBill(gzipSync(one, { level: 1 }) as BodyInit, options)
    expect(packed).toMatchObject({ status: 'failed', periods: [] })
    expect(packed.error).toMatch(/counts already for the source "appended"/)
    expect(await totalOf(source)).toBe('3')

    const refused = await turn(rollBack, first.id)
    expect(refused.status).toBe(409)
    expect(refused.body.detail).toMatch(/appended after this one/)
    expect((await turn(rollBack, second.id)).body).toMatchObject({
      can_restore: true,
      can_roll_back: false,
      periods: [],
    })
    expect(await totalOf(source)).toBe('1')
    expect((await turn(rollBack, second.id)).status).toBe(409)
    expect((await turn(restore, second.id)).status).toBe(200)
    expect((await turn(restore, second.id)).status).toBe(409)
    expect(await totalOf(source)).toBe('3')
    expect(await importOf(first.id)).toMatchObject({ status: 'completed', periods: [{ month: '2024-03', rows: 1 }] })
  })

  it('rolls back once, and never forward', async () => {
    const source = 'thrice'
    const imports = []
    for (const cost of ['1', '2', '3']) {
      imports.push(await importBill(focusCsv([line(source, cost, '2024-03-01')]), { source }))
    }
    const [, second, third] = imports.map(({ id }) => id) as [string, string, string]
    expect((await turn(rollBack, third)).status).toBe(200)
    expect(await importOf(second)).toMatchObject({ can_roll_back: false })
    const again = await turn(rollBack, second)
    expect(again.status).toBe(409)
    expect(again.body.detail).toMatch(/is not kept any more: import that file again/)
    expect(await totalOf(source)).toBe('2')
    expect((await turn(restore, third)).status).toBe(200)
    expect(await totalOf(source)).toBe('3')
    expect(await importOf(third)).toMatchObject({ can_roll_back: true })
  })

  it('adds quantities up beyond what a cost may be, and refuses costs that cannot be added up', async () => {
    const source = 'huge'
    const ofSize = (amounts: BillLine) =>
      focusCsv(Array.from({ length: 80 }, (_, at) => line(source, '1', '2024-03-01', { ...amounts, x_Line: `${at}` })))
    const huge = await importBill(ofSize({ BilledCost: '2592000000000000000' }), { source })
    expect(huge).toMatchObject({ status: 'failed', periods: [] })
    expect(huge.error).toMatch(/^BilledCost adds up to more than 10\^19/)
    const stored = await importBill(
      ofSize({ ConsumedQuantity: '2592000000000000000.5', ConsumedUnit: 'byte-seconds' }),
      {
        source,
      },
    )
    expect(stored).toMatchObject({ status: 'completed', rows_accepted: 80 })
    expect(stored.warnings.join()).toMatch(/ConsumedQuantity adds up to more than 10\^19/)
    const { body } = await call(
      getCosts,
      `/x?${new URLSearchParams({ ...YEAR, metric: 'ConsumedQuantity', filter: `account=${source}`, group_by: 'x_Line', top: '3' })}`,
    )
    expect(body).toMatchObject({ total: '207360000000000000040', units: ['byte-seconds'] })
  })

  it('takes several files as one import, tells which one a bad row is from, and refuses a file twice', async () => {
    const source = 'several'
    const good = focusCsv([line(source, '1.25', '2024-04-30'), line(source, '2', '2024-05-01')])
    const mixed = focusCsv([line(source, '4', '2024-05-02'), line(source, 'x', '2024-05-03')])
    const done = await importBill(formOf({ 'a.csv': good, 'b.csv.gz': gzipSync(mixed) }), { source })
    expect(done, done.error ?? '').toMatchObject({
      status: 'completed',
      file_name: 'a.csv, b.csv.gz',
      rows_read: 4,
      rows_accepted: 3,
      rows_rejected: 1,
      bytes: done.files.reduce((sum, { bytes }) => sum + bytes, 0),
      bytes_read: done.bytes,
      rejections: [
        { file: 1, line: 3, column: 'BilledCost', value: 'x' },
        { file: 1, line: 3, column: 'EffectiveCost' },
      ],
      months: [
        { month: '2024-04', rows: 1 },
        { month: '2024-05', rows: 2 },
      ],
      rows_per_second: null,
      seconds_left: null,
    })
    expect(done.started_at && done.finished_at && done.started_at <= done.finished_at).toBe(true)
    const csv = (await call(getRejected, '/x', { params: { id: done.id } })).text.split('\n')
    expect(csv[0]).toMatch(/^file,line,reason,BilledCost,/)
    expect(csv[1]).toMatch(/^b\.csv\.gz,3,BilledCost is not a decimal number; EffectiveCost is not/)
    expect(await totalOf(source)).toBe('7.25')

    const twice = await postBill(formOf({ 'a.csv': good, 'c.csv': good }), { source })
    expect(twice.status).toBe(400)
    expect(twice.body.detail).toMatch(/"a.csv" and "c.csv" have the same content/)
    const packed = await importBill(formOf({ 'a.csv': good, 'c.csv.gz': gzipSync(good) }), { source })
    expect(packed.status).toBe('failed')
    expect(packed.error).toMatch(/c\.csv\.gz.*same content as "a\.csv"/)
    const broken = await importBill(formOf({ 'a.csv': good, 'd.csv': 'a,b\n1,2\n' }), { source })
    expect(broken.error).toMatch(/^d\.csv: This is no bill in a known format.*Seen: "a", "b".*Accepted: FOCUS/)
    expect(await totalOf(source)).toBe('7.25')
  })

  it('fails past max_rejected, with the counts, and changes nothing', async () => {
    const source = 'strict'
    await importBill(focusCsv([line(source, '1', '2024-06-01')]), { source })
    const costs = ['2', '3', 'x', '4', '5', '6', '7', '8']
    const mixed = focusCsv(costs.map((cost) => line(source, cost, '2024-06-01')))
    const failed = await importBill(mixed, { source, query: { max_rejected: '0.1' } })
    expect(failed).toMatchObject({ status: 'failed', max_rejected: 0.1, periods: [], rows_read: 8, rows_rejected: 1 })
    expect(failed.error).toBe(
      '1 of 8 rows were refused (12.5 %), more than the 10 % that this import allows; nothing was changed.',
    )
    expect(failed.rejections).toMatchObject([{ line: 4 }, { line: 4 }])
    expect(await totalOf(source)).toBe('1')
    expect(await importBill(mixed, { source, query: { max_rejected: '0.125' } })).toMatchObject({ status: 'completed' })
    expect(await totalOf(source)).toBe('35')
    expect((await postBill(mixed, { source, query: { max_rejected: '1.1' } })).status).toBe(400)
  })

  it('counts a correction once, by its charge or by its bill, however often its month comes again', async () => {
    const source = 'corrected'
    const correction: BillLine = {
      ...line(source, '-0.4', '2024-07-10'),
      BillingPeriodStart: '2024-08-01T00:00:00Z',
      ChargeClass: 'Correction',
    }
    const july = focusCsv([line(source, '10', '2024-07-10')])
    const august = (cost: string) => focusCsv([line(source, cost, '2024-08-02'), correction])
    await importBill(july, { source })
    const months = (basis: string) =>
      Promise.all(
        ['07', '08', '09'].map((month) =>
          totalOf(source, {
            basis,
            from: `2024-${month}-01`,
            to: `2024-${month === '09' ? '10' : `0${Number(month) + 1}`}-01`,
          }),
        ),
      )
    for (const cost of ['5', '5.5']) {
      const done = await importBill(august(cost), { source })
      expect(done.periods).toEqual([{ month: '2024-08', rows: 2 }])
      expect(await months('charge')).toEqual(['9.6', cost, '0'])
      expect(await months('billing')).toEqual(['10', String(Number(cost) - 0.4), '0'])
    }
  })

  it('swaps the hours that a bill brings, and keeps the others of the month', async () => {
    const source = 'hours'
    const hour = (at: string, cost: string) =>
      line(source, cost, '2024-02-05', {
        ChargePeriodStart: `2024-02-05T${at}:00:00Z`,
        ChargePeriodEnd: `2024-02-05T${at}:59:59Z`,
      })
    await importBill(focusCsv([hour('01', '1'), hour('02', '2'), hour('02', '4'), hour('03', '8')]), { source })
    const principal = { kind: 'system', id: 'test', name: 'test', scopes: ['ingest'] } as const
    const { Readable } = await import('node:stream')
    const { id } = await receiveBill({
      ctx: { principal, requestId: 'test' },
      source,
      format: 'focus',
      mode: 'replace_hours',
      files: [{ name: 'hour.csv', stream: Readable.from([Buffer.from(focusCsv([hour('02', '100')]))]) }],
    })
    const done = await whenDone(id)
    expect(done, done.error ?? '').toMatchObject({
      status: 'completed',
      rows_accepted: 1,
      months: [{ month: '2024-02', rows: 3 }],
    })
    expect(await totalOf(source)).toBe('109')
    await turn(rollBack, id)
    expect(await totalOf(source)).toBe('15')
  })

  it('says what it saw and accepts of an unknown table, and reads the next one by the profile', async () => {
    const source = 'own'
    const bill = (cost: string, tag: string) => `Betrag;Tag;Konto;Team\n"${cost}";05.12.2024;${source};${tag}\n`
    const unknown = await importBill(bill('1.234,5', 'a'), { source })
    expect(unknown.status).toBe('failed')
    expect(unknown.error).toMatch(/Seen: "Betrag", "Tag", "Konto", "Team".*Accepted: FOCUS 1\.0 to 1\.4, AWS CUR/)
    const mapping = {
      cost: 'Betrag',
      decimal_mark: ',',
      period_start: 'Tag',
      time_format: 'DD.MM.YYYY',
      account: 'Konto',
      tags: { columns: [{ column: 'Team', key: 'team' }] },
    }
    const saved = await call(putProfile, '/x', { method: 'PUT', params: { source }, body: JSON.stringify({ mapping }) })
    expect(saved.status, saved.text).toBeLessThan(300)
    expect(await importBill(bill('1.234,5', 'a;b'.replace(';', '-')), { source })).toMatchObject({
      status: 'completed',
    })
    expect(await totalOf(source)).toBe('1234.5')
    const focus = focusCsv([line(source, '3', '2024-12-05')]).replaceAll(',', ';')
    expect(await importBill(focus, { source })).toMatchObject({
      status: 'completed',
      format: 'focus',
      rows_rejected: 0,
    })
    expect(await totalOf(source)).toBe('3')
  })

  it('keeps a digest that agrees with the lines', async () => {
    const { query } = await warehouse()
    const counted = (await call(getCatalogue, '/x')).body
    const report = await call(getCosts, `/x?${new URLSearchParams({ ...YEAR, group_by: 'account' })}`)
    expect(report.body.lines).toBe(counted.lines)
    const rows = await query({
      query: `SELECT toString(min(toDate(ChargePeriodStart))) AS first, toString(max(toDate(ChargePeriodStart))) AS last FROM cost_lines`,
      schema: z.object({ first: z.string(), last: z.string() }),
    })
    expect([counted.first_day, counted.last_day]).toEqual([rows[0]?.first, rows[0]?.last])
    const keys = counted.keys as { key: string; values: number; examples: string[] }[]
    const accounts = (report.body.rows as { group: string[] }[]).map(({ group }) => group[0]).sort()
    const account = keys.find(({ key }) => key.toLowerCase().includes('account'))
    expect(account?.values).toBeLessThanOrEqual(accounts.length)
    expect(accounts).toEqual(expect.arrayContaining(account?.examples ?? ['none']))
    const costKeys = (await call(getCostKeys, '/x')).body
    expect(costKeys).toMatchObject({ lines: counted.lines, first_day: counted.first_day, currencies: ['USD'] })
    const workspace = (await call(getWorkspace, '/x')).text
    expect(workspace).toContain(String(counted.first_day))
    // The profile's file was replaced by one without tags.
    expect(keys.filter(({ key }) => key.startsWith('tag:'))).toEqual([])
  })

  describe('a split of it', () => {
    const DEFINITION =
      'Dimensions:\n  Split:\n    Name: Split\n    Type: Allocation\n    AllocateByStreams: {Streams: [writes]}\n'
    const shares = async () => {
      const query = new URLSearchParams({ ...YEAR, group_by: 'custom:Split', filter: 'account=split' })
      const { body, text } = await call(getCosts, `/x?${query}`)
      const rows = body.rows as { group: (string | null)[]; cost: string }[] | undefined
      if (!rows) throw new Error(text)
      return Object.fromEntries(rows.map(({ group, cost }) => [group[0] ?? '', cost]))
    }

    beforeAll(async () => {
      await importBill(focusCsv([line('split', '8', '2024-09-05')]), { source: 'split' })
      const record = { timestamp: '2024-09-05', granularity: 'DAILY', filter: { account: ['split'] } }
      const records = [
        { ...record, element_name: 'Email', value: 1 },
        { ...record, element_name: 'Chat', value: 3 },
      ]
      const body = JSON.stringify({ records })
      await call(sumRecords, '/x', { method: 'POST', params: { stream: 'writes' }, body })
      const read = () => call(getStream, '/x', { params: { name: 'writes' } })
      await eventually(read, ({ body: { status } }) => status === 'Available')
      const saved = await call(putDefinition, '/x', { method: 'PUT', body: DEFINITION })
      expect(saved.status, saved.text).toBe(200)
    })

    it('follows when the bill is replaced, turned back and brought back', async () => {
      const becomes = (wanted: Record<string, string>) =>
        eventually(
          shares,
          (found) => JSON.stringify(Object.entries(found).sort()) === JSON.stringify(Object.entries(wanted).sort()),
        )
      await becomes({ Chat: '6', Email: '2' })
      const { id } = await importBill(focusCsv([line('split', '40', '2024-09-05')]), { source: 'split' })
      await becomes({ Chat: '30', Email: '10' })
      expect((await turn(rollBack, id)).status).toBe(200)
      await becomes({ Chat: '6', Email: '2' })
      expect((await turn(restore, id)).status).toBe(200)
      await becomes({ Chat: '30', Email: '10' })
    })
  })
})
