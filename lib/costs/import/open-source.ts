import { createReadStream } from 'node:fs'
import { open, stat } from 'node:fs/promises'
import { Transform } from 'node:stream'
import { createGunzip } from 'node:zlib'
import { env } from '../../env'
import { AppError } from '../../errors'

const BLOCK = 1024 * 1024

export type FileKind = 'csv' | 'gzip' | 'parquet'

const OTHERS: { what: string; magic: number[] }[] = [
  { what: 'a ZIP archive (or an Excel sheet)', magic: [0x50, 0x4b, 0x03, 0x04] },
  { what: 'compressed by zstd', magic: [0x28, 0xb5, 0x2f, 0xfd] },
  { what: 'compressed by bzip2', magic: [0x42, 0x5a, 0x68] },
  { what: 'compressed by xz', magic: [0xfd, 0x37, 0x7a, 0x58, 0x5a] },
  { what: 'a PDF', magic: [0x25, 0x50, 0x44, 0x46] },
  { what: 'an old Excel sheet', magic: [0xd0, 0xcf, 0x11, 0xe0] },
  { what: 'an ORC file', magic: [0x4f, 0x52, 0x43] },
  { what: 'an Avro file', magic: [0x4f, 0x62, 0x6a, 0x01] },
  { what: 'UTF-16 text, not UTF-8', magic: [0xff, 0xfe] },
  { what: 'UTF-16 text, not UTF-8', magic: [0xfe, 0xff] },
]

/** What a file is by its first bytes, whatever its name says. Throws an AppError for what cannot be a bill. */
export async function fileKind(path: string): Promise<FileKind> {
  const handle = await open(path)
  const start = Buffer.alloc(16)
  await handle.read(start, 0, start.length, 0)
  await handle.close()
  const begins = (magic: number[]) => magic.every((byte, index) => start[index] === byte)
  if (begins([0x1f, 0x8b])) return 'gzip'
  if (begins([0x50, 0x41, 0x52, 0x31])) return 'parquet'
  const other = OTHERS.find(({ magic }) => begins(magic))
  if (other) {
    throw new AppError('unprocessable', `The file is ${other.what}. Accepted: CSV in UTF-8, CSV.gz and Parquet.`)
  }
  return 'csv'
}

/** So little harms nobody, however far it was packed: a month of one repeated line is a bill too. */
const FREE_BYTES = 100_000_000
const GIGABYTE = 1_000_000_000

const count = (value: number) => value.toLocaleString('en-US')

/** Stops a gzip file that is made to fill a disk. `size`: of the file as it came, in bytes. */
function guardOf(size: number): Transform {
  const { GZIP_MAX_RATIO, GZIP_MAX_GB } = env()
  const limits = [
    {
      most: Math.max(FREE_BYTES, size * GZIP_MAX_RATIO),
      reason: `more than ${count(GZIP_MAX_RATIO)} times its size. A bill unpacks to ten or thirty times; if this is one, set GZIP_MAX_RATIO`,
    },
    {
      most: GZIP_MAX_GB * GIGABYTE,
      reason: `more than ${count(GZIP_MAX_GB)} GB. Send it in parts, or set GZIP_MAX_GB`,
    },
  ]
  let unpacked = 0
  return new Transform({
    readableHighWaterMark: 4 * BLOCK,
    transform(chunk: Buffer, _encoding, done) {
      unpacked += chunk.length
      const passed = limits.find(({ most }) => unpacked > most)
      if (!passed) return done(null, chunk)
      const seen = `The gzip file of ${count(size)} bytes has unpacked to ${count(unpacked)} bytes so far`
      done(new AppError('unprocessable', `${seen}, ${passed.reason}.`))
    },
  })
}

/** The source file's text as bytes, unpacked if it is gzip; `read` says how much of the file itself has been taken. */
export async function openSource({ path, kind }: { path: string; kind: 'csv' | 'gzip' }) {
  const file = createReadStream(path, { highWaterMark: BLOCK })
  const read = () => file.bytesRead
  if (kind === 'csv') return { stream: file as AsyncIterable<Buffer>, read }
  const { size } = await stat(path)
  const gunzip = createGunzip({ chunkSize: BLOCK })
  const guard = guardOf(size)
  file.on('error', (error) => gunzip.destroy(error))
  gunzip.on('error', (error) => guard.destroy(error))
  guard.on('close', () => {
    file.destroy()
    gunzip.destroy()
  })
  return { stream: file.pipe(gunzip).pipe(guard) as AsyncIterable<Buffer>, read }
}
