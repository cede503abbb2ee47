import { isUtf8 } from 'node:buffer'
import { createHash } from 'node:crypto'
import { rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { parse } from 'csv-parse/sync'
import { AppError } from '../../errors'
import type { FileColumn } from '../formats/plan'
import { type Delimiter, type RecordChunk, readRecordChunks, splitRecords } from './csv-records'
import type { ImportEngine, SourceFile } from './engine'
import type { FileLoad, LoadFile } from './load-file'
import { openSource } from './open-source'
import { readCarefully } from './read-carefully'

/** One statement a chunk: it bounds memory, tells how far the import has come, and says soon that it was cancelled. */
const CHUNK_BYTES = 64 * 1024 * 1024

// Cells come as they are: blanks around them stay, \N is text like any other, and the first row is never a header.
const asWritten = (delimiter: Delimiter) =>
  `format_csv_delimiter = '${delimiter}', input_format_csv_trim_whitespaces = 0, input_format_csv_empty_as_default = 0, input_format_csv_detect_header = 0, format_csv_null_representation = '\\0'`

/** Of ClickHouse: a chunk that is not the CSV that its header promised. */
const isParseError = (error: unknown) =>
  error instanceof Error && /Cannot parse|Expected end of line|INCORRECT_DATA|Expected/i.test(error.message)

/** The names of the first record. Throws an AppError for what is no CSV header. */
export function readHeader({ data, delimiter }: RecordChunk): string[] {
  // UTF-16 shows itself by its NULs, which PostgreSQL would not store in a message.
  if (!isUtf8(data) || data.includes(0))
    throw new AppError('unprocessable', 'The first line is not UTF-8 text: save the file as UTF-8.')
  try {
    const [names] = parse(data, { relax_column_count: true, delimiter }) as string[][]
    return names ?? []
  } catch (error) {
    throw new AppError(
      'unprocessable',
      `The first line is not a CSV header: ${error instanceof Error ? error.message : 'it cannot be read'}.`,
    )
  }
}

/** The text cells of a file, in order. */
export const cellColumns = (names: readonly string[]): FileColumn[] =>
  names.map((name, index) => ({ name, sql: `c${index}`, type: 'String' }))

function chunkRelation({ path, width, format }: { path: string; width: number; format: string }): SourceFile {
  return { path, format, structure: Array.from({ length: width }, (_, index) => `c${index} String`).join(', ') }
}

/** What the engine's CSV does not read as it is: blank lines are records to it, and it takes no tab between cells. */
const isOdd = ({ hasBlankLine, delimiter }: RecordChunk) => hasBlankLine || delimiter === '\t'

/** The first line that is no UTF-8, of a chunk that has one. */
function firstOddLine({ data, firstLine }: RecordChunk): number {
  let line = firstLine
  for (let start = 0; start < data.length; line++) {
    const end = data.indexOf('\n', start)
    if (!isUtf8(data.subarray(start, end < 0 ? data.length : end))) return line
    start = end < 0 ? data.length : end + 1
  }
  return firstLine
}

/** Puts a chunk where the engine finds it. */
async function writeChunk({ chunk, path }: { chunk: RecordChunk; path: string }): Promise<void> {
  if (!isUtf8(chunk.data)) {
    throw new AppError(
      'unprocessable',
      `The file is not UTF-8 text: line ${firstOddLine(chunk)} is not. Save the file as UTF-8.`,
    )
  }
  if (!isOdd(chunk)) await writeFile(path, chunk.data)
}

/** Loads the good records of a chunk; the bad ones are reported with their lines. */
async function loadChunk({
  engine,
  chunk,
  path,
  width,
}: {
  engine: ImportEngine
  chunk: RecordChunk
  path: string
  width: number
}) {
  if (!isOdd(chunk)) {
    try {
      const file = chunkRelation({ path, width, format: 'CSV' })
      const inserted = await engine.insert({ file, settings: asWritten(chunk.delimiter), expected: chunk.records })
      if (inserted === chunk.records) return { rows: inserted, rejected: [] }
      const bad = await engine.badRows({ file, settings: asWritten(chunk.delimiter) })
      const lines = splitRecords(chunk)
      const rejected = bad.map(({ row, ...rest }) => ({ line: lines[row]?.line ?? chunk.firstLine, ...rest }))
      if (inserted + rejected.length === chunk.records) return { rows: chunk.records, rejected }
    } catch (error) {
      if (!isParseError(error)) throw error
    }
    // Some record is of another width, or no CSV: nothing of this chunk stays.
    await engine.undo()
  }
  const { json, lines, rejected } = readCarefully({ chunk, width })
  if (json === '') return { rows: rejected.length, rejected }
  await writeFile(path, json)
  const file = chunkRelation({ path, width, format: 'JSONCompactEachRow' })
  const inserted = await engine.insert({ file, settings: '', expected: lines.length })
  const bad = inserted < lines.length ? await engine.badRows({ file, settings: '' }) : []
  const refused = bad.map(({ row, ...rest }) => ({ line: lines[row] ?? chunk.firstLine, ...rest }))
  return {
    rows: lines.length + rejected.length,
    rejected: [...rejected, ...refused].sort((a, b) => a.line - b.line),
  }
}

/** A CSV, gzipped or not: cut into whole records here, parsed, checked and converted by the engine. */
export async function loadCsv({ path, kind, engine, directory, plan, onChunk }: LoadFile & { kind: 'csv' | 'gzip' }) {
  const { stream, read } = await openSource({ path, kind })
  // A plain file was hashed when it came.
  const hash = kind === 'gzip' ? createHash('sha256') : null
  async function* hashed() {
    for await (const piece of stream) {
      hash?.update(piece)
      yield piece
    }
  }
  const paths = [join(directory, 'chunk-0'), join(directory, 'chunk-1')] as const
  let written: string = paths[0]
  let width: number | null = null
  // The engine reads one chunk while the next one is cut and written.
  let loading: Promise<void> = Promise.resolve()
  try {
    for await (const chunk of readRecordChunks({ stream: hashed(), size: CHUNK_BYTES })) {
      if (width === null) {
        const names = readHeader(chunk)
        width = names.length
        const columns = cellColumns(names)
        engine.use({ columns, plan: await plan({ columns, header: names }) })
        continue
      }
      written = written === paths[0] ? paths[1] : paths[0]
      await writeChunk({ chunk, path: written })
      await loading
      const at = read()
      loading = loadChunk({ engine, chunk, path: written, width }).then((done) => onChunk({ ...done, read: at }))
      // Heard of at the next await; until then it is nobody's.
      loading.catch(() => undefined)
    }
    await loading
  } finally {
    await loading.catch(() => undefined)
    for (const each of paths) await rm(each, { force: true })
  }
  if (width === null) throw new AppError('unprocessable', 'The file is empty.')
  return { sha256: hash?.digest('hex') ?? null } satisfies FileLoad
}
