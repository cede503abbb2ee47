import { createReadStream } from 'node:fs'
import { open, stat } from 'node:fs/promises'
import { Transform } from 'node:stream'
import { createGunzip } from 'node:zlib'
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

/** No bill shrinks to less than a few hundredths; what does is made to fill a disk. */
const MAX_RATIO = 250
const FREE_BYTES = 1024 ** 3

/** The source file's text as bytes, unpacked if it is gzip; `read` says how much of the file itself has been taken. */
export async function openSource({ path, kind }: { path: string; kind: 'csv' | 'gzip' }) {
  const file = createReadStream(path, { highWaterMark: BLOCK })
  const read = () => file.bytesRead
  if (kind === 'csv') return { stream: file as AsyncIterable<Buffer>, read }
  const { size } = await stat(path)
  const gunzip = createGunzip({ chunkSize: BLOCK })
  let unpacked = 0
  const guard = new Transform({
    readableHighWaterMark: 4 * BLOCK,
    transform(chunk: Buffer, _encoding, done) {
      unpacked += chunk.length
      if (unpacked <= FREE_BYTES || unpacked <= size * MAX_RATIO) return done(null, chunk)
      done(
        new AppError(
          'unprocessable',
          `The gzip file of ${size} bytes unpacks to more than ${MAX_RATIO} times its size: this is no bill.`,
        ),
      )
    },
  })
  file.on('error', (error) => gunzip.destroy(error))
  gunzip.on('error', (error) => guard.destroy(error))
  guard.on('close', () => {
    file.destroy()
    gunzip.destroy()
  })
  return { stream: file.pipe(gunzip).pipe(guard) as AsyncIterable<Buffer>, read }
}
