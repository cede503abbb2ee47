import { AppError } from '../../errors'

const QUOTE = 0x22
const NEWLINE = 0x0a
const RETURN = 0x0d
const BOM = Buffer.from([0xef, 0xbb, 0xbf])
/** What spreadsheets and exporters put between cells; the header tells which. */
const DELIMITERS = [',', ';', '\t', '|'] as const

export type Delimiter = (typeof DELIMITERS)[number]

/** So much of a file tells its delimiter. */
const LOOK_BYTES = 64 * 1024

/** No bill has a record of that size: past it, a quote was opened and never closed. */
const MAX_RECORD_BYTES = 32 * 1024 * 1024

/** Whole CSV records, byte for byte. */
export interface RecordChunk {
  data: Buffer
  /** 1-based line of the file on which the first record starts. */
  firstLine: number
  /** How many records there are, blank lines left out, and whether there are such lines. */
  records: number
  hasBlankLine: boolean
  delimiter: Delimiter
}

const IN_CELL = 0
const CELL_START = 1
const QUOTED = 2
const AFTER_QUOTE = 3

/**
 * Follows the quotes of a CSV from piece to piece: a newline within quotes ends no record; a quote opens a cell only
 * where the cell begins: `5" pipe` is text.
 */
class RecordScanner {
  readonly #delimiter: number
  #state = CELL_START
  /** Bytes of the record so far, its line end aside: a blank line has none. */
  #recordBytes = 0
  #lastByte = 0

  constructor(delimiter: Delimiter) {
    this.#delimiter = delimiter.charCodeAt(0)
  }

  /** Calls `visit` where a record ends (the index after its newline), until it says false. */
  scan(data: Buffer, visit: (end: number, isBlank: boolean) => boolean): void {
    const delimiter = this.#delimiter
    const { length } = data
    let state = this.#state
    let start = -this.#recordBytes
    for (let index = 0; index < length; index++) {
      let byte = data[index]
      if (state === QUOTED) {
        if (byte !== QUOTE) index = data.indexOf(QUOTE, index)
        if (index < 0) break
        state = AFTER_QUOTE
        continue
      }
      // Right after the closing quote a second one is a quote within the cell, which goes on.
      if (byte === QUOTE && state !== IN_CELL) {
        state = QUOTED
        continue
      }
      while (byte !== delimiter && byte !== NEWLINE && ++index < length) byte = data[index]
      state = index < length ? CELL_START : IN_CELL
      if (byte !== NEWLINE) continue
      const size = index - start
      const before = index > 0 ? data[index - 1] : this.#lastByte
      start = index + 1
      if (!visit(start, size === 0 || (size === 1 && before === RETURN))) break
    }
    this.#state = state
    this.#recordBytes = length - start
    this.#lastByte = data[length - 1] ?? this.#lastByte
  }
}

/** Collects pieces, and knows where the last whole record in them ends. */
class Pending {
  readonly #scanner: RecordScanner
  readonly #delimiter: Delimiter
  #pieces: Buffer[] = []
  bytes = 0
  /** Bytes, records and blank lines up to the last record's end. */
  #whole = { bytes: 0, records: 0, hasBlankLine: false }
  #line: number

  constructor({ delimiter, line }: { delimiter: Delimiter; line: number }) {
    this.#delimiter = delimiter
    this.#scanner = new RecordScanner(delimiter)
    this.#line = line
  }

  add(piece: Buffer): void {
    const before = this.bytes
    const whole = this.#whole
    this.#scanner.scan(piece, (end, isBlank) => {
      whole.bytes = before + end
      if (isBlank) whole.hasBlankLine = true
      else whole.records += 1
      return true
    })
    this.#pieces.push(piece)
    this.bytes += piece.length
  }

  /** The whole records so far; null where there is none. Throws an AppError for a record that never ends. */
  take(): RecordChunk | null {
    const { bytes, records, hasBlankLine } = this.#whole
    if (bytes === 0) {
      if (this.bytes > MAX_RECORD_BYTES) throw endless(this.#line)
      return null
    }
    const all = Buffer.concat(this.#pieces)
    const data = all.subarray(0, bytes)
    const rest = all.subarray(bytes)
    this.#pieces = rest.length > 0 ? [Buffer.from(rest)] : []
    this.bytes = rest.length
    this.#whole = { bytes: 0, records: 0, hasBlankLine: false }
    return this.#chunk({ data, records, hasBlankLine })
  }

  /** What is left when the file ends, its last record with or without a line end. */
  takeRest(): RecordChunk | null {
    const { bytes, records, hasBlankLine } = this.#whole
    const data = Buffer.concat(this.#pieces)
    if (data.length - bytes > MAX_RECORD_BYTES) throw endless(this.#line + countLines(data.subarray(0, bytes)))
    const rest = data.subarray(bytes)
    const isRecord = rest.length > 0 && !(rest.length === 1 && rest[0] === RETURN)
    return data.length > 0 ? this.#chunk({ data, records: records + (isRecord ? 1 : 0), hasBlankLine }) : null
  }

  #chunk(chunk: Omit<RecordChunk, 'firstLine' | 'delimiter'>): RecordChunk {
    const firstLine = this.#line
    this.#line += countLines(chunk.data)
    return { ...chunk, firstLine, delimiter: this.#delimiter }
  }
}

/** The index after the first record, -1 if it is not whole yet. */
function firstRecordEnd(data: Buffer): number {
  let first = -1
  new RecordScanner(delimiterOf(data)).scan(data, (end) => {
    first = end
    return false
  })
  return first
}

/** The delimiter that the first line has most of, those between quotes aside. */
export function delimiterOf(data: Buffer): Delimiter {
  const [line = ''] = data
    .toString('latin1', 0, LOOK_BYTES)
    .replace(/"(?:[^"]|"")*"/g, '')
    .split('\n')
  const count = (delimiter: string) => line.split(delimiter).length
  return DELIMITERS.reduce((best, delimiter) => (count(delimiter) > count(best) ? delimiter : best))
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
  let head: Buffer = Buffer.alloc(0)
  let pending: Pending | null = null
  for await (const piece of stream) {
    if (!pending) {
      head = Buffer.concat([head, piece])
      const end = firstRecordEnd(head)
      if (end < 0) {
        if (head.length > MAX_RECORD_BYTES) throw endless(1)
        continue
      }
      const header = headerChunk(head.subarray(0, end))
      yield header
      pending = new Pending({ delimiter: header.delimiter, line: 1 + countLines(header.data) })
      pending.add(head.subarray(end))
    } else {
      pending.add(piece)
    }
    const chunk = pending.bytes >= size ? pending.take() : null
    if (chunk) yield chunk
  }
  if (!pending) {
    if (head.length > 0) yield headerChunk(head)
    return
  }
  const rest = pending.takeRest()
  if (rest) yield rest
}

function headerChunk(raw: Buffer): RecordChunk {
  const data = raw.subarray(0, BOM.length).equals(BOM) ? raw.subarray(BOM.length) : raw
  return { data, firstLine: 1, records: 1, hasBlankLine: false, delimiter: delimiterOf(data) }
}

function endless(line: number): AppError {
  return new AppError(
    'unprocessable',
    `The record that starts on line ${line} does not end within ${MAX_RECORD_BYTES / 1024 / 1024} MB: is a quote not closed?`,
  )
}

function countLines(buffer: Buffer): number {
  let lines = 0
  for (let at = buffer.indexOf(NEWLINE); at >= 0; at = buffer.indexOf(NEWLINE, at + 1)) lines++
  return lines
}

/** One record of a chunk without its line end, and the line on which it starts. */
export interface CsvRecord {
  data: Buffer
  line: number
}

/** The records of a chunk in order, blank lines left out. */
export function splitRecords({
  data,
  firstLine,
  delimiter,
}: Pick<RecordChunk, 'data' | 'firstLine' | 'delimiter'>): CsvRecord[] {
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
  new RecordScanner(delimiter).scan(data, (end) => {
    add(end)
    line += countLines(data.subarray(start, end))
    start = end
    return true
  })
  if (start < data.length) add(data.length)
  return records
}
