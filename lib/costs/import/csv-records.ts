import { AppError } from '../../errors'

const QUOTE = 0x22
const NEWLINE = 0x0a
const BOM = Buffer.from([0xef, 0xbb, 0xbf])

/** No bill has a record of that size: past it, a quote was opened and never closed. */
const MAX_RECORD_BYTES = 32 * 1024 * 1024

/** Whole CSV records, byte for byte. */
export interface RecordChunk {
  data: Buffer
  /** 1-based line of the file on which the first record starts. */
  firstLine: number
}

/** Where the last whole record ends, and how many lines lie before it. A newline within quotes ends no record. */
function lastRecordEnd(buffer: Buffer): { end: number; lines: number } {
  let quoted = false
  let lines = 0
  let end = 0
  let linesAtEnd = 0
  for (let index = 0; index < buffer.length; index++) {
    const byte = buffer[index]
    if (byte === QUOTE) quoted = !quoted
    else if (byte === NEWLINE) {
      lines++
      if (!quoted) {
        end = index + 1
        linesAtEnd = lines
      }
    }
  }
  return { end, lines: linesAtEnd }
}

/** The end of the first record, -1 if it is not whole yet. */
function firstRecordEnd(buffer: Buffer): number {
  let quoted = false
  for (let index = 0; index < buffer.length; index++) {
    if (buffer[index] === QUOTE) quoted = !quoted
    else if (buffer[index] === NEWLINE && !quoted) return index + 1
  }
  return -1
}

/**
 * Cuts a CSV stream into its header and chunks of whole records of about `size` bytes, with bounded memory. Throws an
 * AppError for a record that never ends.
 */
export async function* readRecordChunks({
  stream,
  size,
}: {
  stream: AsyncIterable<Buffer>
  size: number
}): AsyncGenerator<RecordChunk> {
  let pending: Buffer[] = []
  let pendingBytes = 0
  let line = 1
  let headerRead = false
  let first = true
  const joined = () => {
    const buffer = pending.length === 1 && pending[0] ? pending[0] : Buffer.concat(pending)
    pending = [buffer]
    return buffer
  }
  for await (const piece of stream) {
    const bytes: Buffer = first && piece.subarray(0, 3).equals(BOM) ? piece.subarray(3) : piece
    first = false
    pending.push(bytes)
    pendingBytes += bytes.length
    if (!headerRead) {
      const buffer = joined()
      const end = firstRecordEnd(buffer)
      if (end < 0) {
        if (buffer.length > MAX_RECORD_BYTES) throw endless(line)
        continue
      }
      yield { data: buffer.subarray(0, end), firstLine: line }
      line += countLines(buffer.subarray(0, end))
      pending = [buffer.subarray(end)]
      pendingBytes = buffer.length - end
      headerRead = true
    }
    if (pendingBytes < size) continue
    const buffer = joined()
    const { end, lines } = lastRecordEnd(buffer)
    if (end === 0) {
      if (buffer.length > MAX_RECORD_BYTES) throw endless(line)
      continue
    }
    yield { data: buffer.subarray(0, end), firstLine: line }
    line += lines
    pending = [buffer.subarray(end)]
    pendingBytes = buffer.length - end
  }
  const rest = joined()
  if (rest.length > 0) yield { data: rest, firstLine: line }
}

function endless(line: number): AppError {
  return new AppError(
    'unprocessable',
    `The record that starts on line ${line} does not end within ${MAX_RECORD_BYTES / 1024 / 1024} MB: is a quote not closed?`,
  )
}

function countLines(buffer: Buffer): number {
  let lines = 0
  for (const byte of buffer) if (byte === NEWLINE) lines++
  return lines
}

/** The lines of a chunk on which its records start, blank lines left out, in order. */
export function recordLines({ data, firstLine }: RecordChunk): number[] {
  const starts: number[] = []
  let line = firstLine
  let start = 0
  let startLine = firstLine
  let quoted = false
  const close = (end: number) => {
    const blank = end - start === 0 || (end - start === 1 && data[start] === 0x0d)
    if (!blank) starts.push(startLine)
  }
  for (let index = 0; index < data.length; index++) {
    if (data[index] === QUOTE) quoted = !quoted
    else if (data[index] === NEWLINE) {
      line++
      if (quoted) continue
      close(index)
      start = index + 1
      startLine = line
    }
  }
  if (start < data.length) close(data.length)
  return starts
}
