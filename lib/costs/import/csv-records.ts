import { AppError } from '../../errors'

const QUOTE = 0x22
const COMMA = 0x2c
const NEWLINE = 0x0a
const RETURN = 0x0d
const BOM = Buffer.from([0xef, 0xbb, 0xbf])

/** No bill has a record of that size: past it, a quote was opened and never closed. */
const MAX_RECORD_BYTES = 32 * 1024 * 1024

/** Whole CSV records, byte for byte. */
export interface RecordChunk {
  data: Buffer
  /** 1-based line of the file on which the first record starts. */
  firstLine: number
}

/**
 * Calls `visit` where a record ends (the index after its newline) with the lines up to there, until it says false. A
 * newline within quotes ends no record; a quote opens a cell only where the cell begins: `5" pipe` is text.
 */
function visitRecordEnds(data: Buffer, visit: (end: number, lines: number) => boolean): void {
  let isQuoted = false
  let isCellStart = true
  let isAfterQuote = false
  let lines = 0
  for (let index = 0; index < data.length; index++) {
    const byte = data[index]
    if (byte === NEWLINE) lines++
    if (isQuoted) {
      if (byte !== QUOTE) continue
      isQuoted = false
      isAfterQuote = true
      continue
    }
    // Right after the closing quote a second one is a quote within the cell, which goes on.
    isQuoted = byte === QUOTE && (isCellStart || isAfterQuote)
    isAfterQuote = false
    isCellStart = byte === COMMA || byte === NEWLINE
    if (byte === NEWLINE && !visit(index + 1, lines)) return
  }
}

/** Where the last whole record ends, and how many lines lie before it. */
function lastRecordEnd(data: Buffer): { end: number; lines: number } {
  let last = { end: 0, lines: 0 }
  visitRecordEnds(data, (end, lines) => {
    last = { end, lines }
    return true
  })
  return last
}

/** The end of the first record, -1 if it is not whole yet. */
function firstRecordEnd(data: Buffer): number {
  let first = -1
  visitRecordEnds(data, (end) => {
    first = end
    return false
  })
  return first
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
  const joined = () => {
    const buffer = pending.length === 1 && pending[0] ? pending[0] : Buffer.concat(pending)
    pending = [buffer]
    return buffer
  }
  for await (const piece of stream) {
    pending.push(piece)
    pendingBytes += piece.length
    if (!headerRead) {
      const buffer = joined()
      const end = firstRecordEnd(buffer)
      if (end < 0) {
        if (buffer.length > MAX_RECORD_BYTES) throw endless(line)
        continue
      }
      yield { data: withoutBom(buffer.subarray(0, end)), firstLine: line }
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
  const rest = headerRead ? joined() : withoutBom(joined())
  if (rest.length > 0) yield { data: rest, firstLine: line }
}

const withoutBom = (data: Buffer) => (data.subarray(0, BOM.length).equals(BOM) ? data.subarray(BOM.length) : data)

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

/** One record of a chunk without its line end, and the line on which it starts. */
export interface CsvRecord {
  data: Buffer
  line: number
}

/** The records of a chunk in order, blank lines left out. */
export function splitRecords({ data, firstLine }: RecordChunk): CsvRecord[] {
  const records: CsvRecord[] = []
  let start = 0
  let line = firstLine
  const add = (end: number) => {
    const isLineEnd = (byte: number | undefined) => byte === NEWLINE || byte === RETURN
    let last = end
    if (isLineEnd(data[last - 1])) last--
    if (last > start && data[last] === NEWLINE && data[last - 1] === RETURN) last--
    if (last > start) records.push({ data: data.subarray(start, last), line })
  }
  visitRecordEnds(data, (end, lines) => {
    add(end)
    start = end
    line = firstLine + lines
    return true
  })
  if (start < data.length) add(data.length)
  return records
}
