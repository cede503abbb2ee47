import { gzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { readSample } from './read-sample'

const SIZE = 256 * 1024
const blobOf = (bytes: string | Uint8Array) => new Blob([bytes as BlobPart])
/** Hardly compressible, so that its gzip file is cut as well. */
const noise = Array.from({ length: 200_000 }, (_, index) => ((index * 2654435761) >>> 0).toString(36)).join(',')

describe('the beginning of a bill', () => {
  it('is all of a small file, packed or not, with its BOM', async () => {
    const whole = { kind: 'text', text: '\uFEFFa,b\n1,ü\n', isWhole: true }
    expect(await readSample(blobOf('\uFEFFa,b\n1,ü\n'))).toEqual(whole)
    expect(await readSample(blobOf(gzipSync('\uFEFFa,b\n1,ü\n')))).toEqual(whole)
  })

  it('is the first part of a large one', async () => {
    const sample = await readSample(blobOf(noise))
    expect(sample).toEqual({ kind: 'text', text: noise.slice(0, SIZE), isWhole: false })
    const packed = await readSample(blobOf(gzipSync(noise)))
    expect(packed).toMatchObject({ kind: 'text', isWhole: false })
    expect(packed.kind === 'text' && packed.text.length > 50_000 && noise.startsWith(packed.text)).toBe(true)
  })

  it('leaves a letter out that the end cuts in two', async () => {
    const sample = await readSample(blobOf(`a${'ü'.repeat(SIZE)}`))
    expect(sample).toEqual({ kind: 'text', text: `a${'ü'.repeat(SIZE / 2 - 1)}`, isWhole: false })
  })

  it('says what cannot be read', async () => {
    expect(await readSample(blobOf('PAR1....'))).toEqual({ kind: 'parquet' })
    expect(await readSample(blobOf(Buffer.from('a,b\nü', 'latin1')))).toMatchObject({ kind: 'unreadable' })
    expect(await readSample(blobOf(Buffer.from([0x1f, 0x8b, 1, 2, 3])))).toMatchObject({ kind: 'unreadable' })
    expect(await readSample(blobOf(''))).toEqual({ kind: 'text', text: '', isWhole: true })
  })

  it('reads a gzip file that was cut short as far as it goes', async () => {
    const packed = gzipSync('a,b\n1,2\n'.repeat(1000))
    const sample = await readSample(blobOf(packed.subarray(0, packed.length - 10)))
    expect(sample).toMatchObject({ kind: 'text', isWhole: false })
  })
})
