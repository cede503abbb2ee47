import { parse as parseSync } from 'csv-parse/sync'
import fc from 'fast-check'
import { describe, expect, it, test } from 'vitest'
import { parseTelemetryCsv } from './csv'

const now = new Date('2024-10-01T00:00:00Z')
const HEADER = 'timestamp,granularity,element_name,value,custom:Shared RDS'

function parse(source: string, over: Partial<Parameters<typeof parseTelemetryCsv>[0]> = {}) {
  return parseTelemetryCsv({ source, now, ...over })
}

const email = {
  bucketStart: '2024-09-01T00:00:00Z',
  granularity: 'DAILY',
  filter: { 'custom:Shared RDS': ['Shared Data Lake'] },
  element: 'Email',
  value: '100045',
}

describe('what a spreadsheet writes is read', () => {
  test.each([
    ['plain', `${HEADER}\n2024-09-01,DAILY,Email,100045,Shared Data Lake\n`],
    ['no last newline', `${HEADER}\n2024-09-01,DAILY,Email,100045,Shared Data Lake`],
    ['CRLF', `${HEADER}\r\n2024-09-01,DAILY,Email,100045,Shared Data Lake\r\n`],
    ['BOM', `\ufeff${HEADER}\n2024-09-01,DAILY,Email,100045,Shared Data Lake\n`],
    ['blanks', `${HEADER.replaceAll(',', ' , ')}\n 2024-09-01 , daily , Email , 100045 , Shared Data Lake \n`],
    ['quotes', `${HEADER}\n"2024-09-01","DAILY","Email","100045","Shared Data Lake"\n`],
    ['empty lines', `\n\n${HEADER}\n\n2024-09-01,DAILY,Email,100045,Shared Data Lake\n,,,,\n\n`],
    [
      'another order',
      `Value,custom:Shared RDS,TIMESTAMP,Element_Name,Granularity
100045,Shared Data Lake,2024-09-01,Email,DAILY`,
    ],
    ['a value twice', `${HEADER}\n2024-09-01,DAILY,Email,100045,Shared Data Lake | Shared Data Lake\n`],
    ['a list of rejected rows', `${HEADER},reason\n2024-09-01,DAILY,Email,100045,Shared Data Lake,value: wrong\n`],
  ])('%s', async (_name, text) => {
    expect(await parse(text)).toEqual({
      records: [email],
      errors: [],
      rejectedRows: 0,
      rejectedCsv: '',
      filterKeys: ['custom:Shared RDS'],
      granularity: 'DAILY',
    })
  })

  it('several values, several keys, quoted newlines and commas', async () => {
    const text = `timestamp,granularity,element_name,value,tag:owner,service\n2024-09-01,DAILY,"a, ""b""\nc",1e3,sandy|frank,"S, T"`
    const { records, filterKeys, errors } = await parse(text)
    expect(errors).toEqual([])
    expect(filterKeys).toEqual(['service', 'tag:owner'])
    expect(records[0]).toMatchObject({
      element: 'a, "b"\nc',
      value: '1000',
      filter: { service: ['S, T'], 'tag:owner': ['frank', 'sandy'] },
    })
  })

  it('zero, and a filter for all spend', async () => {
    const { records, filterKeys } = await parse('timestamp,granularity,element_name,value\n2024-09-01,HOURLY,E,0')
    expect(records).toMatchObject([{ value: '0', filter: {} }])
    expect(filterKeys).toEqual([])
  })

  it("the stream's granularity where the file has none", async () => {
    const text = 'timestamp,element_name,value\n2024-09-15T10:00:00Z,E,5'
    const { records, granularity } = await parse(text, { granularity: 'MONTHLY' })
    expect(records).toMatchObject([{ bucketStart: '2024-09-01T00:00:00Z', granularity: 'MONTHLY' }])
    expect(granularity).toBe('MONTHLY')
    const cells = 'timestamp,granularity,element_name,value\n2024-09-15,,E,5'
    expect((await parse(cells, { granularity: 'MONTHLY' })).errors).toEqual([])
    expect((await parse(cells)).errors).toMatchObject([{ line: 2, field: 'granularity' }])
  })

  it('bytes that arrive one by one', async () => {
    const bytes = new TextEncoder().encode(
      `\ufeff${HEADER}\r\n2024-09-01,DAILY,Zoë,1,"é\r\nü"\r\n2024-09-02,DAILY,x,-1,y`,
    )
    async function* drip() {
      for (const byte of bytes) yield new Uint8Array([byte])
    }
    const { records, errors } = await parseTelemetryCsv({ source: drip(), now })
    expect(records).toMatchObject([{ element: 'Zoë', filter: { 'custom:Shared RDS': ['é\r\nü'] } }])
    expect(errors).toMatchObject([{ line: 4, field: 'value', value: '-1' }])
  })

  it('keys through the canonical key', async () => {
    const { filterKeys } = await parse('timestamp,granularity,element_name,value,Services\n2024-09-01,DAILY,E,1,A', {
      canonicalKey: (key) => key.toLowerCase().replace(/s$/, ''),
      filterKeys: ['service'],
    })
    expect(filterKeys).toEqual(['service'])
  })
})

describe('a wrong header is one clear error', () => {
  test.each<[string, string, Partial<Parameters<typeof parseTelemetryCsv>[0]>, string, string]>([
    [
      'a missing column',
      'timestamp,granularity,element_name,amount',
      {},
      'value',
      'the column "value" is missing: found "timestamp", "granularity", "element_name", "amount"',
    ],
    ['no granularity', 'timestamp,element_name,value', {}, 'granularity', 'the column "granularity" is missing'],
    ['a field twice', `${HEADER},VALUE`, {}, 'VALUE', 'the column "VALUE" is there twice'],
    ['a key twice', `${HEADER},custom:Shared RDS`, {}, 'custom:Shared RDS', 'is there twice'],
    ['a column without a name', `${HEADER},`, {}, 'column 6', 'column 6 has no name'],
    [
      'a sixth key',
      'timestamp,granularity,element_name,value,a,b,c,d,e,f',
      {},
      'filter',
      'at most 5 filter keys, received 6',
    ],
    [
      'other keys than the stream',
      HEADER,
      { filterKeys: ['service'] },
      'filter',
      'all records in a stream must contain the same filter keys: the stream has "service", received "custom:Shared RDS"',
    ],
  ])('%s', async (_name, header, over, field, reason) => {
    const { errors, records, filterKeys } = await parse(`\n${header}\n2024-09-01,DAILY,E,1,x,y\n`, over)
    expect(errors).toEqual([{ index: -1, field, line: 2, value: null, reason: expect.stringContaining(reason) }])
    expect(records).toEqual([])
    expect(filterKeys).toBeNull()
  })

  test.each([
    ['', 'the file is empty'],
    ['\n\n', 'the file is empty'],
    [HEADER, 'the file has a header and no records'],
    [`${HEADER}\n,,,,\n`, 'the file has a header and no records'],
  ])('%j', async (text, reason) => {
    expect((await parse(text)).errors).toEqual([{ index: -1, field: 'file', line: 1, value: null, reason }])
  })
})

describe('a wrong row is named by line, column, value and reason', () => {
  test.each([
    ['yesterday,DAILY,E,1,x', 'timestamp', 'yesterday', 'not an ISO 8601 timestamp'],
    ['2024-10-09,DAILY,E,1,x', 'timestamp', '2024-10-09', 'timestamp too far in the future'],
    [',DAILY,E,1,x', 'timestamp', '', 'timestamp is required'],
    ['2024-09-01,WEEKLY,E,1,x', 'granularity', 'WEEKLY', 'must be one of'],
    [
      '2024-09-01,HOURLY,E,1,x',
      'granularity',
      'HOURLY',
      'same granularity as the stream: line 2 is DAILY, received HOURLY',
    ],
    ['2024-09-01,DAILY,,1,x', 'Element_Name', '', 'element_name is required'],
    ['2024-09-01,DAILY,E,,x', 'value', '', 'value is required'],
    ['2024-09-01,DAILY,E,-1,x', 'value', '-1', 'value must be 0 or more'],
    ['2024-09-01,DAILY,E,many,x', 'value', 'many', 'not a decimal number'],
    ['2024-09-01,DAILY,E,"1,000",x', 'value', '1,000', 'not a decimal number'],
    ['2024-09-01,DAILY,E,1,', 'custom:Shared RDS', '', 'needs at least one value'],
    ['2024-09-01,DAILY,E,1,a||b', 'custom:Shared RDS', 'a||b', 'a value must not be empty'],
    [
      `2024-09-01,DAILY,E,1,${Array.from({ length: 21 }, (_, index) => `v${index}`).join('|')}`,
      'custom:Shared RDS',
      expect.any(String),
      'at most 20 distinct values, received 21',
    ],
    ['2024-09-01,DAILY,Caf\ufffd,1,x', 'Element_Name', 'Caf\ufffd', 'not UTF-8'],
    ['2024-09-01,DAILY,E,1', 'row', null, 'the row has 4 cells, the header 5'],
    ['2024-09-01,DAILY,E,1,x,y', 'row', null, 'the row has 6 cells, the header 5'],
  ])('%s', async (row, field, value, reason) => {
    const header = HEADER.replace('element_name', 'Element_Name')
    const text = `${header}\n2024-09-01,DAILY,"a\nb",1,x\n\n${row}\n2024-09-02,DAILY,E,1,x`
    const { errors, records, rejectedRows } = await parse(text)
    expect(errors).toEqual([{ index: 1, field, line: 5, value, reason: expect.stringContaining(reason) }])
    expect(records).toHaveLength(2)
    expect(rejectedRows).toBe(1)
  })

  it('another granularity than the stream', async () => {
    const { errors } = await parse(`${HEADER}\n2024-09-01,DAILY,E,1,x`, { granularity: 'HOURLY' })
    expect(errors).toMatchObject([
      { line: 2, field: 'granularity', reason: expect.stringContaining('the stream is HOURLY') },
    ])
  })

  it('keeps its line under CRLF, quoted newlines and empty lines', async () => {
    const lines = [
      HEADER,
      '2024-09-01,DAILY,"a',
      'b',
      'c",1,x',
      '',
      '2024-09-01,DAILY,E,bad,x',
      '"bad',
      '1",DAILY,E,1,x',
    ]
    for (const lineEnd of ['\n', '\r\n', '\r']) {
      const { errors } = await parse(lines.join(lineEnd))
      expect(errors.map(({ line }) => line)).toEqual([6, 7])
    }
  })

  it('gives the rejected rows back as they came, with every reason', async () => {
    const bad = ['2024-09-01,DAILY,"a ""b"", c\nd",-1,"x|y"', 'never,DAILY,E,bad,x', '2024-09-01,DAILY']
    const { rejectedCsv, rejectedRows } = await parse([HEADER, '2024-09-01,DAILY,E,1,x', ...bad].join('\n'))
    const rows = parseSync(rejectedCsv, { relax_column_count: true })
    expect(rejectedRows).toBe(3)
    expect(rows).toEqual([
      [...HEADER.split(','), 'reason'],
      ['2024-09-01', 'DAILY', 'a "b", c\nd', '-1', 'x|y', expect.stringContaining('value: value must be 0 or more')],
      ['never', 'DAILY', 'E', 'bad', 'x', expect.stringMatching(/^timestamp: .*; value: /)],
      ['2024-09-01', 'DAILY', '', '', '', expect.stringContaining('the row has 2 cells')],
    ])
  })

  it('lists a hundred errors, and rejects every bad row', async () => {
    const rows = Array.from({ length: 500 }, () => '2024-09-01,DAILY,E,-1,x')
    const { errors, rejectedRows, rejectedCsv } = await parse([HEADER, ...rows].join('\n'))
    expect(errors).toHaveLength(100)
    expect(rejectedRows).toBe(500)
    expect(rejectedCsv.trimEnd().split('\n')).toHaveLength(501)
  })
})

describe('what is no CSV', () => {
  test.each([
    ['2024-09-01,DAILY,"E,1,x\n2024-09-01,DAILY,E,1,x\n', 3, 'a quote that opens in this row is never closed'],
    [`2024-09-01,DAILY,"${'E'.repeat(1_100_000)}`, 3, 'is a quote not closed?'],
    ['2024-09-01,DAILY,E"e",1,x', 3, 'a quote inside a cell that is not quoted'],
    ['2024-09-01,DAILY,"E"e,1,x', 3, 'text after the closing quote'],
  ])('%#', async (row, line, reason) => {
    const { errors, records } = await parse(`${HEADER}\n2024-09-01,DAILY,E,1,x\n${row}`)
    expect(records).toHaveLength(1)
    expect(errors).toEqual([{ index: -1, field: 'file', line, value: null, reason: expect.stringContaining(reason) }])
  })

  it('a source that fails is not an error of the file', async () => {
    async function* broken() {
      yield HEADER
      throw new Error('disk gone')
    }
    await expect(parseTelemetryCsv({ source: broken(), now })).rejects.toThrow('disk gone')
  })
})

it('reads any name that a quoted cell can hold', async () => {
  const name = fc
    .string({ unit: 'grapheme', minLength: 1, maxLength: 20 })
    .filter((text) => /\S/.test(text) && !/[\0\ufffd]/u.test(text))
  await fc.assert(
    fc.asyncProperty(fc.array(name, { minLength: 1, maxLength: 5 }), async (names) => {
      const rows = names.map((text) => `2024-09-01,DAILY,"${text.replaceAll('"', '""')}",1,x`)
      const { records, errors } = await parse([HEADER, ...rows].join('\n'))
      expect(errors).toEqual([])
      expect(records.map(({ element }) => element)).toEqual(names)
    }),
  )
})
