import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest'
import { openSource } from './open-source'

const MB = 1_000_000
let folder = ''
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'apportion-gzip-'))
})
afterEach(() => {
  delete process.env.GZIP_MAX_RATIO
  delete process.env.GZIP_MAX_GB
})
afterAll(() => rm(folder, { recursive: true, force: true }))

/** How much of a gzip file comes out of it; throws what the guard says. */
async function unpack(packed: Buffer): Promise<number> {
  const path = join(folder, 'file.gz')
  await writeFile(path, packed)
  const { stream } = await openSource({ path, kind: 'gzip' })
  let bytes = 0
  for await (const piece of stream) bytes += piece.length
  return bytes
}

/** A part of its own in the gzip, as many times as wanted: what gzip does to one repeated line, about 1,000 times. */
const zeros = (megabytes: number) => {
  const part = gzipSync(Buffer.alloc(10 * MB))
  return Buffer.concat(Array.from({ length: megabytes / 10 }, () => part))
}

it('lets what is small through, however far it is packed', async () => {
  expect(await unpack(zeros(100))).toBe(100 * MB)
})

it('stops at so many times the size, and says what it saw', async () => {
  const packed = zeros(200)
  await expect(unpack(packed)).rejects.toThrow(
    new RegExp(
      `^The gzip file of ${packed.length.toLocaleString('en-US')} bytes has unpacked to 100,\\d{3},\\d{3} bytes so far, more than 200 times its size\\. .*GZIP_MAX_RATIO`,
    ),
  )
  process.env.GZIP_MAX_RATIO = '1100'
  expect(await unpack(packed)).toBe(200 * MB)
})

it('takes a bill that is packed five times as far as one usually is', async () => {
  // Equal bytes but for one in 400: each costs as much as hundreds of the others.
  const noise = Buffer.alloc(10 * MB)
  for (let at = 0; at < noise.length; at += 400) noise[at] = (at * 2_654_435_761) >>> 24
  const part = gzipSync(noise)
  const packed = Buffer.concat(Array.from({ length: 15 }, () => part))
  expect((150 * MB) / packed.length).toBeGreaterThan(80)
  expect(await unpack(packed)).toBe(150 * MB)
})

it('stops at an absolute bound', async () => {
  process.env.GZIP_MAX_GB = '0.05'
  await expect(unpack(zeros(60))).rejects.toThrow(
    /has unpacked to 5\d,\d{3},\d{3} bytes so far, more than 0\.05 GB\. .*GZIP_MAX_GB/,
  )
})
