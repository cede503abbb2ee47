import { createReadStream } from 'node:fs'
import { open } from 'node:fs/promises'
import { createGunzip } from 'node:zlib'

const BLOCK = 1024 * 1024

/** The source file as bytes, unpacked if it is gzip; `read` says how much of the file itself has been taken. */
export async function openSource(path: string): Promise<{ stream: AsyncIterable<Buffer>; read: () => number }> {
  const handle = await open(path)
  const magic = Buffer.alloc(2)
  await handle.read(magic, 0, 2, 0)
  await handle.close()
  const file = createReadStream(path, { highWaterMark: BLOCK })
  const read = () => file.bytesRead
  if (magic[0] !== 0x1f || magic[1] !== 0x8b) return { stream: file, read }
  const gunzip = createGunzip({ chunkSize: BLOCK })
  file.on('error', (error) => gunzip.destroy(error))
  return { stream: file.pipe(gunzip), read }
}
