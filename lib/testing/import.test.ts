import { gunzipSync, gzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { POST as cancel } from '@/app/api/v1/cost-imports/[id]/cancel/route'
import { GET as getRejected } from '@/app/api/v1/cost-imports/[id]/rejected/route'
import { GET as getImport } from '@/app/api/v1/cost-imports/[id]/route'
import { GET as listImports } from '@/app/api/v1/cost-imports/route'
import { GET as getCosts } from '@/app/api/v1/costs/route'
import { warehouse } from '../warehouse/client'
import { type BillLine, focusCsv, importBill, postBill, whenDone } from './bills'
import { call, eventually, useWorkspace } from './workspace'

const YEAR = 'from=2024-01-01&to=2025-01-01&granularity=total&metric=BilledCost'

async function costsBy(key: string, query = YEAR): Promise<Record<string, string>> {
  const { body, status, text } = await call(
    getCosts,
    `/x?${query}${key === '' ? '' : `&group_by=${encodeURIComponent(key)}`}`,
  )
  expect(status, text).toBe(200)
  const rows = body.rows as { group: (string | null)[]; cost: string }[]
  return Object.fromEntries(rows.map((row) => [row.group[0] ?? 'none', row.cost]))
}

/** Lines of an import that are still stored, whether they count or not. */
async function storedLines(importId: string): Promise<number> {
  const { query } = await warehouse()
  const rows = await query({
    query: 'SELECT count() AS n FROM cost_lines WHERE ImportId = {id:UUID}',
    params: { id: importId },
    schema: z.object({ n: z.coerce.number() }),
  })
  return rows[0]?.n ?? 0
}

const rejectedCsv = async (id: string) => (await call(getRejected, '/x', { params: { id } })).text

/** Texts that some layer of a less careful importer would read as something else. */
const ODD_TEXTS = [
  'plain',
  ' blanks around ',
  '"quoted"',
  "it's",
  'back\\slash \\n \\',
  '\\N',
  ';',
  '-- not a comment',
  '/* nor this */',
  '{id:String} %s ?',
  'a,b',
  'line\nbreak',
  'two\n\nbreaks',
  'crlf\r\n\r\nbreaks',
  'lone\rreturn',
  'nul\0inside',
  '😀 Zoë \u2028',
  'NULLABLE',
  "'; DROP TABLE cost_lines; --",
]

describe('importing a bill', () => {
  useWorkspace()
  let sources = 0
  /** A source of the test's own; its lines are told apart by an account of the same name. */
  const newSource = () => `source-${++sources}`
  const ofAccount = (account: string) => `${YEAR}&filter=account=${account}`

  it('reports each bad cell with its line, column, value and reason, and takes the rest', async () => {
    const source = newSource()
    const good = { SubAccountId: source }
    const bad: [column: string, value: string, reason: string][] = [
      ['BilledCost', '1,5', 'is not a decimal number'],
      ['BilledCost', '', 'is empty'],
      ['BilledCost', 'NULL', 'is empty'],
      ['BilledCost', '0.1234567890123456789', 'has more than 18 fractional digits'],
      ['BilledCost', '1.00000000000000000000000000000000000000001', 'has more than 18 fractional digits'],
      ['BilledCost', '1e-19', 'has more than 18 fractional digits'],
      ['BilledCost', '123456789012345678901', 'has more than 20 integer digits'],
      ['BilledCost', '1e30', 'has more than 20 integer digits'],
      ['BilledCost', '1e999999999999', 'has more than 20 integer digits'],
      ['BilledCost', '0x10', 'is not a decimal number'],
      ['BilledCost', 'nan', 'is not a decimal number'],
      ['BilledCost', ' 1', 'is not a decimal number'],
      ['EffectiveCost', '--1', 'is not a decimal number'],
      ['ConsumedQuantity', '1.2.3', 'is not a decimal number'],
      ['ChargePeriodStart', '05/09/2024', 'is not an ISO 8601 time'],
      ['ChargePeriodStart', '2024-02-30T00:00:00Z', 'is not an ISO 8601 time'],
      ['ChargePeriodStart', '2024-13-01T00:00:00Z', 'is not an ISO 8601 time'],
      ['ChargePeriodStart', '2024-09-05T25:00:00Z', 'is not an ISO 8601 time'],
      ['ChargePeriodStart', '1969-12-31T00:00:00Z', 'lies outside 1971 to 2105'],
      ['ChargePeriodEnd', '2199-01-01T00:00:00Z', 'lies outside 1971 to 2105'],
      ['ChargePeriodEnd', '', 'is empty'],
      ['BillingCurrency', '', 'is empty'],
      ['BillingPeriodStart', 'September', 'is not an ISO 8601 time'],
      ['Tags', '{"a":', 'is not a JSON object'],
      ['Tags', '["a"]', 'is not a JSON object'],
    ]
    const lines = bad.flatMap(([column, value]): BillLine[] => [good, { ...good, [column]: value }])
    const done = await importBill(focusCsv(lines), { source })
    expect(done).toMatchObject({
      status: 'completed',
      rows_read: lines.length,
      rows_accepted: bad.length,
      rows_rejected: bad.length,
    })
    // The header is line 1; good and bad lines take turns.
    const wanted = bad.map(([column, value, reason], index) => ({
      file: 0,
      line: 3 + 2 * index,
      column,
      value,
      reason,
    }))
    expect(done.rejections).toEqual(wanted)
    expect(await costsBy('account')).toMatchObject({ [source]: String(bad.length) })
    const csv = await rejectedCsv(done.id)
    expect(csv.split('\n')[0]).toMatch(/^line,reason,BilledCost,/)
    expect(csv).toContain('3,BilledCost is not a decimal number,"1,5",USD,')
    expect(csv.trimEnd().split('\n')).toHaveLength(bad.length + 1)
  })

  it('reports records of another width, and unclosed quotes, with all of their text', async () => {
    const source = newSource()
    const [header, line] = focusCsv([{ SubAccountId: source }]).split('\n') as [string, string]
    const csv = [header, line, `${line},surplus`, 'too,few', line, '', 'stray,"quote"x,1', line, ''].join('\n')
    const done = await importBill(csv, { source })
    expect(done).toMatchObject({ status: 'completed', rows_read: 6, rows_accepted: 3, rows_rejected: 3 })
    expect(done.rejections.map(({ line: at }) => at)).toEqual([3, 4, 7])
    expect(done.rejections[0]?.reason).toBe('the record has 8 cells, the header 7')
    expect(done.rejections[1]?.reason).toBe('the record has 2 cells, the header 7')
    const rejected = await rejectedCsv(done.id)
    expect(rejected).toContain('surplus')
    expect(rejected).toContain('too,few')
    expect(rejected).toContain('stray')
    expect(await costsBy('', ofAccount(source))).toEqual({ none: '3' })

    const open = await importBill(`${header}\n${line}\n"never closed,1\n${line}\n`, { source })
    expect(open).toMatchObject({ status: 'failed', rows_accepted: 0, periods: [] })
    expect(open.error).toMatch(/quote opens on line 3 and is never closed/)
    const last = await importBill(`${header}\n${line}\n"never closed,1`, { source })
    expect(last).toMatchObject({ status: 'completed', rows_accepted: 1, rows_rejected: 1 })
    expect(last.rejections[0]).toMatchObject({ line: 3 })
    expect(last.rejections[0]?.reason).toMatch(/quote/i)
  })

  it.each([
    { name: 'LF', end: '\n', alone: ODD_TEXTS.slice(0, 4) },
    { name: 'CRLF', end: '\r\n', alone: ODD_TEXTS.slice(1, 2) },
  ])('keeps every text in the first cell, a later one and a tag, with $name', async ({ end, alone }) => {
    const source = newSource()
    const lineOf = (text: string): BillLine => ({
      ChargeDescription: text,
      SubAccountId: source,
      Tags: JSON.stringify({ odd: text }),
    })
    // The description leads, so that each text also starts a record.
    const names = [
      'ChargeDescription',
      'BilledCost',
      'BillingCurrency',
      'BillingPeriodStart',
      'ChargePeriodStart',
      'ChargePeriodEnd',
      'SubAccountId',
      'Tags',
    ]
    const usual: BillLine = {
      BilledCost: '1',
      BillingCurrency: 'USD',
      BillingPeriodStart: '2024-09-01',
      ChargePeriodStart: '2024-09-05 00:00:00+00:00',
      ChargePeriodEnd: '2024-09-06T00:00Z',
    }
    const cell = (text: string) => (/[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text)
    // Once all at once, which has blank lines, and some by themselves, as the first bytes of the data.
    for (const texts of [ODD_TEXTS, ...alone.map((text) => [text])]) {
      const rows = texts.map(lineOf).map((line) => names.map((name) => cell(line[name] ?? usual[name] ?? '')).join(','))
      const done = await importBill([names.join(','), ...rows, ''].join(end), { source })
      expect(done, done.error ?? '').toMatchObject({ status: 'completed', rows_read: texts.length, rows_rejected: 0 })
      const wanted = Object.fromEntries(texts.map((text) => [text, '1']))
      expect(await costsBy('ChargeDescription', ofAccount(source))).toEqual(wanted)
      expect(await costsBy('tag:odd', ofAccount(source))).toEqual(wanted)
    }
  })

  it('never runs a line of a bill as a statement', async () => {
    const source = newSource()
    const [header, line] = focusCsv([{ SubAccountId: source }]).split('\n') as [string, string]
    for (const end of ['\n', '\r\n']) {
      const csv = [header, line, '', 'DROP TABLE IF EXISTS cost_lines', ''].join(end)
      const done = await importBill(csv, { source })
      expect(done).toMatchObject({ status: 'completed', rows_read: 2, rows_accepted: 1, rows_rejected: 1 })
      expect(done.rejections).toMatchObject([{ line: 4, reason: 'the record has 1 cells, the header 7' }])
      expect(await costsBy('', ofAccount(source))).toEqual({ none: '1' })
    }
  })

  it('reads BOM, CRLF, gzip, blank lines and a last line without its end alike', async () => {
    const csv = (account: string) =>
      focusCsv([
        { SubAccountId: account, BilledCost: '1.5' },
        { SubAccountId: account, BilledCost: '-0.25' },
      ])
    const forms: ((text: string) => string | Uint8Array)[] = [
      (text) => text,
      (text) => `\uFEFF${text}`,
      (text) => text.replaceAll('\n', '\r\n'),
      (text) => gzipSync(text),
      (text) => gzipSync(`\uFEFF${text.replaceAll('\n', '\r\n')}`),
      (text) => text.trimEnd(),
      (text) => text.replaceAll('\n', '\n\n'),
      (text) => text.replaceAll('\n', '\r\n\r\n'),
      (text) => text.replace('\n', '\r\n'),
      (text) => text.replaceAll(',', '\t'),
      (text) => text.replaceAll(',', ';'),
    ]
    for (const form of forms) {
      const source = newSource()
      const done = await importBill(form(csv(source)) as BodyInit, { source })
      expect(done, String(form)).toMatchObject({
        status: 'completed',
        rows_read: 2,
        rows_accepted: 2,
        rows_rejected: 0,
      })
      expect(await costsBy('', ofAccount(source)), String(form)).toEqual({ none: '1.25' })
    }
  })

  it('says what is wrong with a file that is no bill, and keeps nothing of it', async () => {
    const good = focusCsv(
      Array.from({ length: 3000 }, (_, index) => ({ SubAccountId: 'nobody', ChargeDescription: `${index * 7919}` })),
    )
    const packed = gzipSync(good)
    expect(gunzipSync(packed).length).toBe(good.length)
    const files: [body: Uint8Array | string, error: RegExp][] = [
      [packed.subarray(0, packed.length / 2), /gzip file is damaged or cut short/],
      [Buffer.concat([packed.subarray(0, 40), Buffer.alloc(40, 0x55), packed.subarray(80)]), /gzip file is damaged/],
      [
        'identity/LineItemId,bill/InvoiceId,lineItem/UnblendedCost\na,b,1\n',
        /looks like an AWS CUR.*lacks lineItem\/UsageStartDate.*Seen: "identity\/LineItemId"/,
      ],
      [good.split('\n')[0] ?? '', /a header and no rows/],
      [`${good.split('\n')[0]}\n`, /a header and no rows/],
      [focusCsv([{}]).replace(',BillingCurrency', ',Currency'), /looks like FOCUS.*lacks BillingCurrency/],
      [focusCsv([{}]).replace('ServiceName', 'billedcost'), /names the column BilledCost twice/],
      [focusCsv([{ BilledCost: 'x' }, { BilledCost: 'y' }]), /All 2 rows were refused/],
      [
        Buffer.concat([Buffer.from(focusCsv([{}, { ServiceName: 'Z' }]).trimEnd()), Buffer.from([0xff, 0x0a])]),
        /not UTF-8 text: line 3 is not/,
      ],
      [Buffer.from('\uFEFFBilledCost\n', 'utf16le'), /not UTF-8/],
      ['\n\n\n', /no bill in a known format/],
    ]
    const before = await costsBy('')
    for (const [body, error] of files) {
      const done = await importBill(body as BodyInit, { source: 'broken' })
      expect(done).toMatchObject({ status: 'failed', periods: [] })
      expect(done.error).toMatch(error)
      expect(await storedLines(done.id)).toBe(0)
    }
    expect(await costsBy('')).toEqual(before)
    const empty = await postBill('', { source: 'broken' })
    expect(empty.status).toBe(400)
    expect(empty.body.detail).toMatch(/empty/)
  })

  it('replaces a source’s month, never doubles it, and drops what it replaced', async () => {
    const source = newSource()
    const bill = (cost: string, ...months: string[]) =>
      focusCsv(
        months.map((month) => ({
          SubAccountId: source,
          BilledCost: cost,
          BillingPeriodStart: `${month}-01T00:00:00Z`,
          ChargePeriodStart: `${month}-05T00:00:00Z`,
          ChargePeriodEnd: `${month}-06T00:00:00Z`,
        })),
      )
    const first = await importBill(bill('1', '2024-07', '2024-08'), { source })
    expect(first.periods).toEqual([
      { month: '2024-07', rows: 1 },
      { month: '2024-08', rows: 1 },
    ])
    await importBill(bill('1', '2024-07', '2024-08'), { source })
    expect(await costsBy('', ofAccount(source))).toEqual({ none: '2' })
    // Until the next one comes it can be brought back.
    expect(await storedLines(first.id)).toBe(2)
    await importBill(bill('1', '2024-07', '2024-08'), { source })
    expect(await costsBy('', ofAccount(source))).toEqual({ none: '2' })
    await eventually(
      () => storedLines(first.id),
      (lines) => lines === 0,
    )

    const third = await importBill(bill('10', '2024-08', '2024-09'), { source })
    expect(await costsBy('', ofAccount(source))).toEqual({ none: '21' })
    await importBill(bill('100', '2024-09'), { source: `${source}-other` })
    expect(await costsBy('', ofAccount(source))).toEqual({ none: '121' })

    await importBill(bill('4', '2024-08'), { source })
    const fourth = await importBill(bill('5', '2024-08'), { source })
    expect(await costsBy('', ofAccount(source))).toEqual({ none: '116' })
    await eventually(
      () => storedLines(third.id),
      (lines) => lines === 1,
    )
    expect(await storedLines(fourth.id)).toBe(1)
    const { body } = await call(getImport, '/x', { params: { id: third.id } })
    expect(body.periods).toEqual([{ month: '2024-09', rows: 1 }])
  })

  it('gives the first answer again to a repeated request, and refuses its key for another', async () => {
    const source = newSource()
    const headers = { 'idempotency-key': 'import-1' }
    const csv = focusCsv([{ SubAccountId: source }])
    const first = await postBill(csv, { source, headers })
    const again = await postBill(csv, { source, headers })
    expect(again.status).toBe(202)
    expect(again.body).toEqual(first.body)
    const other = await postBill(`${csv}${csv.split('\n')[1]}\n`, { source, headers })
    expect(other.status).toBe(422)
    expect(other.body.code).toBe('idempotency_mismatch')
    await whenDone(String(first.body.id))
    expect(await costsBy('', ofAccount(source))).toEqual({ none: '1' })
    const { body } = await call(listImports, '/x')
    expect((body.imports as { source: string }[]).filter((item) => item.source === source)).toHaveLength(1)
  })

  it('takes a form with a file, and says what is wrong with another form', async () => {
    const source = newSource()
    const form = new FormData()
    form.set('file', new Blob([focusCsv([{ SubAccountId: source }])]), 'bill "ü".csv')
    const done = await importBill(form, { source })
    expect(done).toMatchObject({ status: 'completed', rows_accepted: 1 })
    expect(done.file_name).toContain('ü')

    const noFile = new FormData()
    noFile.set('file', 'text')
    const refused = await postBill(noFile, { source })
    expect(refused.status).toBe(400)
    expect(refused.body.detail).toMatch(/no file/)
    const noBoundary = await postBill('x', { source, headers: { 'content-type': 'multipart/form-data' } })
    expect(noBoundary.status, noBoundary.text).toBe(400)
    const cutShort = await postBill('--b\r\nContent-Disposition: form-data; name="file"; filename="a"\r\n\r\nBilled', {
      source,
      headers: { 'content-type': 'multipart/form-data; boundary=b' },
    })
    expect(cutShort.status, cutShort.text).toBe(400)
    expect(cutShort.body.detail).toMatch(/broke off|form/)
  })

  it('keeps nothing of an upload that breaks off', async () => {
    const broken = new ReadableStream<Uint8Array>({
      start(controller) {
        controller.enqueue(Buffer.from(focusCsv([{}])))
        controller.error(new Error('connection lost'))
      },
    })
    const before = await call(listImports, '/x')
    const { status, body } = await postBill(broken, { source: 'broken' })
    expect(status).toBe(400)
    expect(body.detail).toMatch(/broke off/)
    expect((await call(listImports, '/x')).body).toEqual(before.body)
  })

  it('stops an import that is cancelled: it never counts', async () => {
    const source = newSource()
    const many = focusCsv(
      Array.from({ length: 40_000 }, (_, index) => ({ SubAccountId: source, ChargeDescription: `line ${index}` })),
    )
    const accepted = await postBill(many, { source })
    const id = String(accepted.body.id)
    const stopped = await call(cancel, '/x', { method: 'POST', params: { id } })
    expect(stopped.status, stopped.text).toBe(200)
    expect(await whenDone(id)).toMatchObject({ status: 'cancelled', periods: [] })
    await eventually(
      () => storedLines(id),
      (lines) => lines === 0,
    )
    expect(await costsBy('', ofAccount(source))).toEqual({})
    const again = await call(cancel, '/x', { method: 'POST', params: { id } })
    expect(again.status).toBe(409)
    const done = await importBill(focusCsv([{ SubAccountId: source }]), { source })
    const late = await call(cancel, '/x', { method: 'POST', params: { id: done.id } })
    expect(late.status).toBe(409)
    expect(late.body.detail).toMatch(/completed already/)
  })
})
