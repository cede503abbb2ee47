import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readRecordChunks, splitRecords } from './csv-records'

async function* pieces(data: Buffer, size: number): AsyncGenerator<Buffer> {
  for (let index = 0; index < data.length; index += size) yield data.subarray(index, index + size)
}

/** Header and records as text, each with its line. */
async function read(text: string | Buffer, { piece = 7, size = 10 } = {}): Promise<[line: number, record: string][]> {
  const records: [number, string][] = []
  for await (const chunk of readRecordChunks({ stream: pieces(Buffer.from(text), piece), size })) {
    for (const { line, data } of splitRecords(chunk)) records.push([line, data.toString()])
  }
  return records
}

describe('whole CSV records out of a stream', () => {
  it.each<[name: string, text: string, records: [number, string][]]>([
    [
      'plain',
      'h\na\nb\n',
      [
        [1, 'h'],
        [2, 'a'],
        [3, 'b'],
      ],
    ],
    [
      'no final newline',
      'h\na\nb',
      [
        [1, 'h'],
        [2, 'a'],
        [3, 'b'],
      ],
    ],
    [
      'CRLF',
      'h\r\na\r\nb\r\n',
      [
        [1, 'h'],
        [2, 'a'],
        [3, 'b'],
      ],
    ],
    [
      'BOM',
      '\uFEFFh\na\n',
      [
        [1, 'h'],
        [2, 'a'],
      ],
    ],
    ['BOM and header only', '\uFEFFh', [[1, 'h']]],
    [
      'blank lines',
      'h\n\na\n\r\n\nb\n',
      [
        [1, 'h'],
        [3, 'a'],
        [6, 'b'],
      ],
    ],
    [
      'newlines within quotes',
      'h\n"a\n\nb",1\nc\n',
      [
        [1, 'h'],
        [2, '"a\n\nb",1'],
        [5, 'c'],
      ],
    ],
    [
      'a header over two lines',
      '"h\nh"\na\n',
      [
        [1, '"h\nh"'],
        [3, 'a'],
      ],
    ],
    [
      'doubled quotes',
      'h\n"a""\n""b"\nc\n',
      [
        [1, 'h'],
        [2, '"a""\n""b"'],
        [4, 'c'],
      ],
    ],
    [
      'an empty quoted cell',
      'h\n"",""\nc\n',
      [
        [1, 'h'],
        [2, '"",""'],
        [3, 'c'],
      ],
    ],
    [
      'a quote within a cell that has none around it',
      'h\n5" pipe,1\nc,2\n',
      [
        [1, 'h'],
        [2, '5" pipe,1'],
        [3, 'c,2'],
      ],
    ],
    [
      'a quote never closed',
      'h\na\n"b\nc\n',
      [
        [1, 'h'],
        [2, 'a'],
        [3, '"b\nc'],
      ],
    ],
    [
      'a lone return is text',
      'h\na\rb\nc\n',
      [
        [1, 'h'],
        [2, 'a\rb'],
        [3, 'c'],
      ],
    ],
    [
      'multi-byte characters',
      'h\n😀,é\nz\n',
      [
        [1, 'h'],
        [2, '😀,é'],
        [3, 'z'],
      ],
    ],
    ['nothing', '', []],
  ])('%s, however the bytes come', async (_name, text, records) => {
    for (const piece of [1, 2, 3, 7, 1000]) {
      for (const size of [1, 5, 1000]) expect(await read(text, { piece, size }), `${piece} ${size}`).toEqual(records)
    }
  })

  it('gives the header as a chunk of its own, and no more than about the size after it', async () => {
    const body = Buffer.from(`h,i\n${'x,y\n'.repeat(1000)}`)
    const sizes: number[] = []
    let bytes = 0
    for await (const { data } of readRecordChunks({ stream: pieces(body, 16), size: 100 })) {
      sizes.push(data.length)
      bytes += data.length
    }
    expect(sizes[0]).toBe(4)
    expect(Math.max(...sizes)).toBeLessThanOrEqual(116)
    expect(bytes).toBe(body.length)
  })

  it('cuts alike wherever the pieces end', async () => {
    const cell = fc.constantFrom('a', '', 'é😀', '"q,\n"', '"x""\r\n""y"', '"\n\n"', '5"')
    const rows = fc.array(fc.array(cell, { minLength: 1, maxLength: 3 }), { minLength: 1, maxLength: 8 })
    await fc.assert(
      fc.asyncProperty(
        rows,
        fc.constantFrom('\n', '\r\n'),
        fc.integer({ min: 1, max: 20 }),
        fc.integer({ min: 1, max: 40 }),
        async (table, end, piece, size) => {
          const records = table.map((cells) => cells.join(',')).filter((record) => record !== '')
          const found = await read(`h${end}${table.map((cells) => cells.join(',') + end).join('')}`, { piece, size })
          expect(found.map(([, record]) => record)).toEqual(['h', ...records])
        },
      ),
      { seed: 4, numRuns: 200 },
    )
  })

  it.each(['"', 'h\n"'])('refuses a record without end, and says where it starts: %j', async (start) => {
    async function* endless(): AsyncGenerator<Buffer> {
      yield Buffer.from(start)
      const block = Buffer.alloc(4 * 1024 * 1024, 'x')
      for (let count = 0; count < 20; count++) yield block
    }
    const reading = async () => {
      for await (const _ of readRecordChunks({ stream: endless(), size: 1024 }));
    }
    await expect(reading()).rejects.toThrow(`starts on line ${start.length === 1 ? 1 : 2} does not end within 32 MB`)
  })
})
