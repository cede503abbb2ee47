/** As much of a file's text tells what it is and shows its first rows. */
const SAMPLE_BYTES = 256 * 1024

export type Sample =
  /** `isWhole`: there is no more of it than this. */
  | { kind: 'text'; text: string; isWhole: boolean }
  | { kind: 'parquet' }
  /** Why nobody could read it as a bill. */
  | { kind: 'unreadable'; reason: string }

const begins = (bytes: Uint8Array, magic: readonly number[]) => magic.every((byte, index) => bytes[index] === byte)

/** The first bytes of a stream. One that breaks off early gives what came until then. */
async function firstBytes(stream: ReadableStream<Uint8Array>): Promise<{ bytes: Uint8Array; isWhole: boolean }> {
  const reader = stream.getReader()
  const bytes = new Uint8Array(SAMPLE_BYTES)
  let size = 0
  try {
    while (size < SAMPLE_BYTES) {
      const { done, value } = await reader.read()
      if (done) return { bytes: bytes.subarray(0, size), isWhole: true }
      const part = value.subarray(0, SAMPLE_BYTES - size)
      bytes.set(part, size)
      size += part.length
    }
  } catch {
    // The piece of a gzip file ends in its middle.
  } finally {
    reader.cancel().catch(() => undefined)
  }
  return { bytes: bytes.subarray(0, size), isWhole: false }
}

/** The beginning of a bill, unpacked where it is gzip. It never throws for what is in the file. */
export async function readSample(file: Blob): Promise<Sample> {
  const head = new Uint8Array(await file.slice(0, 4).arrayBuffer())
  if (begins(head, [0x50, 0x41, 0x52, 0x31])) return { kind: 'parquet' }
  const isGzip = begins(head, [0x1f, 0x8b])
  const piece = file.slice(0, SAMPLE_BYTES)
  const stream = isGzip ? piece.stream().pipeThrough(new DecompressionStream('gzip')) : piece.stream()
  const { bytes, isWhole } = await firstBytes(stream)
  const isAll = isWhole && piece.size === file.size
  if (isGzip && bytes.length === 0) return { kind: 'unreadable', reason: 'The gzip file is damaged or empty.' }
  try {
    // A letter that the end cuts in two is left out.
    const text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes, { stream: !isAll })
    return { kind: 'text', text, isWhole: isAll }
  } catch {
    return { kind: 'unreadable', reason: 'The file is not UTF-8 text: save it as CSV in UTF-8.' }
  }
}
