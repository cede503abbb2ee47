import { randomBytes } from 'node:crypto'
import { existsSync, readdirSync } from 'node:fs'
import { writeFile } from 'node:fs/promises'
import { gzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { GET as getCatalogue } from '@/app/api/v1/catalogue/route'
import { GET as listImports } from '@/app/api/v1/cost-imports/route'
import { GET as getCostKeys } from '@/app/api/v1/cost-keys/route'
import { GET as getCosts } from '@/app/api/v1/costs/route'
import { openSource } from '../costs/import/open-source'
import { dataPath } from '../env'
import { warehouse } from '../warehouse/client'
import { type BillLine, focusCsv, importBill, postBill, whenDone } from './bills'
import { call, useWorkspace } from './workspace'

const MB = 1024 * 1024
/** Loosely: the guards are for gigabytes. */
const MAX_GROWTH = 700 * MB

const good = focusCsv([
  { BilledCost: '1', BillingPeriodStart: '2024-01-01', ChargePeriodStart: '2024-01-05', ChargePeriodEnd: '2024-01-06' },
])
const [header = '', row = ''] = good.split('\n')

/** Several pieces as the body of a request, made as they are sent. */
function streamOf(pieces: Iterable<string | Uint8Array>): ReadableStream<Uint8Array> {
  const iterator = pieces[Symbol.iterator]()
  return new ReadableStream({
    pull(controller) {
      const { done, value } = iterator.next()
      if (done) controller.close()
      else controller.enqueue(typeof value === 'string' ? Buffer.from(value) : value)
    },
  })
}

function* times(count: number, piece: Uint8Array): Generator<Uint8Array> {
  for (let index = 0; index < count; index++) yield piece
}

/** A header that is right but for its many columns. */
const wide = (columns: number) => {
  const more = columns - header.split(',').length
  return `${header}${Array.from({ length: more }, (_, index) => `,x_c${index}`).join('')}\n${row}${',v'.repeat(more)}\n`
}

describe('hostile and broken bills', () => {
  useWorkspace()
  let before = 0
  let highest = 0
  let watch: NodeJS.Timeout
  beforeAll(async () => {
    await importBill(good, { source: 'good' })
    before = process.memoryUsage().rss
    watch = setInterval(() => {
      highest = Math.max(highest, process.memoryUsage().rss)
    }, 50)
  })
  afterAll(() => clearInterval(watch))

  async function total(): Promise<unknown> {
    const query = 'from=2024-01-01&to=2024-02-01&granularity=total&metric=BilledCost'
    return (await call(getCosts, `/x?${query}`)).body.total
  }

  it.each<[name: string, body: () => BodyInit, error: RegExp]>([
    ['a gzip header alone', () => gzipSync(good).subarray(0, 10) as BodyInit, /gzip file is damaged or cut short/],
    [
      'a gzip with a wrong checksum',
      () => {
        const bytes = gzipSync(good)
        bytes.writeUInt32LE(1, bytes.length - 8)
        return bytes as BodyInit
      },
      /gzip file is damaged or cut short/,
    ],
    ['a gzip of nothing', () => gzipSync('') as BodyInit, /file is empty/],
    ['a gzip of noise', () => gzipSync(randomBytes(100_000)) as BodyInit, /first line is not UTF-8/],
    ['a gzip of a gzip', () => gzipSync(gzipSync(good)) as BodyInit, /not UTF-8|gzip/],
    ['a gzip of a header', () => gzipSync(header) as BodyInit, /a header and no rows/],
    [
      'Latin-1 in the header',
      () => Buffer.from(good.replace('ServiceName', 'Größe'), 'latin1') as BodyInit,
      /not UTF-8/,
    ],
    ['UTF-16 with a mark', () => Buffer.from(`\uFEFF${good}`, 'utf16le') as BodyInit, /UTF-16/],
    ['UTF-16 without a mark', () => Buffer.from(good, 'utf16le') as BodyInit, /not UTF-8/],
    ['NULs alone', () => Buffer.alloc(1000) as BodyInit, /not UTF-8/],
    ['a ZIP archive', () => Buffer.from('504b0304140000000800', 'hex') as BodyInit, /ZIP archive.*Accepted: CSV/],
    ['2,001 columns', () => wide(2001), /has 2001 columns; at most 2000/],
    ['10,000 columns', () => wide(10_000), /has 10000 columns; at most 2000/],
    [
      'a page of a web site',
      () => '<!doctype html>\n<html><body>Not found</body></html>\n',
      /no bill in a known format/,
    ],
    [
      'a field of 100 MB',
      () => streamOf([`${header},Tags\n${row},"`, ...times(100, Buffer.alloc(MB, 'x')), '"\n']),
      /starts on line 2 does not end within 32 MB/,
    ],
    [
      'a record that never ends',
      () => streamOf([good, `"${row}\n`, ...times(40, Buffer.from(`${row}\n`.repeat(20_000)))]),
      /starts on line 3 does not end within 32 MB/,
    ],
    ['a header that never ends', () => streamOf(times(40, Buffer.alloc(MB, 'h,'))), /starts on line 1 does not end/],
    [
      '2 GB of zeros in a gzip',
      () => streamOf(times(32, gzipSync(Buffer.alloc(64 * MB), { level: 1 }))),
      /does not end within 32 MB|no bill/,
    ],
  ])('says what is wrong with %s', async (_name, body, error) => {
    const done = await importBill(body(), { source: 'hostile' })
    expect(done).toMatchObject({ status: 'failed', periods: [], months: [] })
    expect(done.error).toMatch(error)
    expect(done.error?.length).toBeLessThan(1000)
    expect(readdirSync(dataPath('imports', done.id)).filter((name) => name.startsWith('scratch'))).toEqual([])
  })

  it('stops unpacking good rows where a gzip holds far more of them than any bill', async () => {
    const long = `${row},${'x'.repeat(60_000)}\n`
    const rows = gzipSync(long.repeat(Math.ceil((32 * MB) / long.length)))
    const path = dataPath('imports', 'bomb')
    const packed = Buffer.concat([gzipSync(`${header},ChargeDescription\n`), ...times(64, rows)])
    await writeFile(path, packed)
    const { stream } = await openSource({ path, kind: 'gzip' })
    let unpacked = 0
    const reading = async () => {
      for await (const piece of stream) unpacked += piece.length
    }
    await expect(reading()).rejects.toThrow(/has unpacked to [\d,]+ bytes so far, more than 200 times its size/)
    expect(unpacked).toBeLessThan(200 * packed.length + MB)
  })

  it('takes 2,000 columns, and names, keys and values that mean something elsewhere', async () => {
    const all = await importBill(wide(2000).replaceAll('2024-01', '2023-05'), { source: 'wide' })
    expect(all, all.error ?? '').toMatchObject({ status: 'completed', rows_accepted: 1 })

    const names = [
      'x_"quote',
      "x_it's",
      'x_back\\slash \\n',
      "x_'); DROP TABLE cost_lines; --",
      'x_`tick` {id:String} ? %s $1',
      'x_two\nlines',
      'x___proto__',
      'x_😀',
      '__proto__',
      'constructor',
      'ImportId',
    ]
    const tags = JSON.parse(
      '{"__proto__":"p","constructor":"c","a\\u0000b":"nul key","nul":"a\\u0000b","":"no key","\'":"q"}',
    )
    const lines: BillLine[] = [
      { ...Object.fromEntries(names.map((name) => [name, `value of ${name}`])), Tags: JSON.stringify(tags) },
      {
        BillingCurrency: 'USD',
        ResourceId: 'r'.repeat(MB),
        Tags: JSON.stringify({ long: 't'.repeat(MB), ['k'.repeat(2000)]: 'v' }),
      },
    ]
    // An own property of that name, which a literal would not make.
    Object.defineProperty(lines[0] ?? {}, '__proto__', { value: 'value of __proto__', enumerable: true })
    const done = await importBill(focusCsv(lines), { source: 'names' })
    expect(done, done.error ?? '').toMatchObject({ status: 'completed', rows_accepted: 2, rows_rejected: 0 })
    const { query } = await warehouse()
    const found = await query({
      query: `SELECT mapValues(Attributes) AS attributes, mapKeys(Tags) AS tags FROM cost_lines
        WHERE ImportId = {id:UUID} AND ResourceId = ''`,
      params: { id: done.id },
      schema: z.object({ attributes: z.array(z.string()), tags: z.array(z.string()) }),
    })
    expect(found[0]?.attributes).toEqual(expect.arrayContaining(names.map((name) => `value of ${name}`)))
    expect(found[0]?.tags).toEqual(expect.arrayContaining(['__proto__', 'constructor', 'a\0b', 'nul', "'"]))
    for (const route of [getCatalogue, getCostKeys]) {
      const { status, text } = await call(route, '/x')
      expect(status, text.slice(0, 1000)).toBe(200)
      expect(text).toContain('"tag:__proto__"')
      expect(text.length).toBeLessThan(MB)
    }
    const by = await call(
      getCosts,
      '/x?from=2024-09-01&to=2024-10-01&granularity=total&group_by=tag:__proto__&metric=BilledCost',
    )
    expect(by.text).toContain('"p"')
  })

  it('takes source and file names as text, whatever they hold', async () => {
    const names = ['../../../etc/passwd', `'; DROP TABLE "CostImport"; --`, '__proto__', '😀'.repeat(50)]
    for (const name of names) {
      const done = await importBill(good.replaceAll('2024-01', '2023-01'), { source: name, query: { file_name: name } })
      expect(done, done.error ?? '').toMatchObject({ status: 'completed', source: name, file_name: name })
    }
    const form = new FormData()
    form.append('file', new Blob([good.replaceAll('2024-01', '2023-02')]), '..\\../x"\n.csv')
    expect(await importBill(form, { source: 'form' })).toMatchObject({ status: 'completed' })
    expect(existsSync(dataPath('imports', '..', 'x'))).toBe(false)
    const nul = await postBill(good, { source: 'a\0b' })
    expect(nul.status, nul.text).toBe(400)
    const named = await postBill(good.replaceAll('2024-01', '2023-03'), {
      source: 'nul',
      query: { file_name: 'a\0b.csv' },
    })
    expect(named.status, named.text).toBe(202)
    expect(await whenDone(String(named.body.id))).toMatchObject({ status: 'completed', file_name: 'ab.csv' })
    expect((await postBill(good, { source: ' ' })).status).toBe(400)
    expect((await postBill(good, { source: 'x'.repeat(101) })).status).toBe(400)
  })

  it('goes on after all of them, in bounded memory', async () => {
    expect(await total()).toBe('1')
    expect(await importBill(good, { source: 'good' })).toMatchObject({ status: 'completed', rows_accepted: 1 })
    expect(await total()).toBe('1')
    expect((await call(listImports, '/x')).status).toBe(200)
    expect(highest - before).toBeLessThan(MAX_GROWTH)
  })
})
