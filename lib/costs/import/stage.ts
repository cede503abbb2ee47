import { isUtf8 } from 'node:buffer'
import { z } from 'zod'
import { AppError } from '../../errors'
import { warehouse } from '../../warehouse/client'
import { type RecordChunk, splitRecords } from './csv-records'
import type { Header } from './focus-header'
import { faultsSql, lineColumnsSql } from './line-sql'
import { readCarefully } from './read-carefully'
import type { Rejection } from './rejections'

export interface ChunkResult {
  rows: number
  rejected: Rejection[]
}

const fault = z.tuple([z.string(), z.string(), z.string()])
const badRow = z.object({ n: z.coerce.number(), faults: z.array(fault), cells: z.array(z.string()) })
const countRow = z.object({ rows: z.coerce.number() })

// Cells come as they are: blanks around them stay, \N is text like any other, and the first row is never a header.
const AS_WRITTEN = {
  input_format_csv_trim_whitespaces: 0,
  input_format_csv_empty_as_default: 0,
  input_format_csv_detect_header: 0,
  format_csv_null_representation: '\0',
}

/** Of ClickHouse: a chunk that is not the CSV that its header promised. */
const isParseError = (error: unknown) =>
  error instanceof Error && /Cannot parse|Expected end of line|INCORRECT_DATA|Expected/i.test(error.message)

/**
 * The import's own table of text cells: a chunk is parsed by ClickHouse as it is, checked in SQL, and its good records
 * become cost lines. Nothing of a bill passes through JavaScript, its bad rows aside.
 */
export class Stage {
  readonly #table: string
  readonly #header: Header
  readonly #importId: string

  constructor({ importId, attempt, header }: { importId: string; attempt: number; header: Header }) {
    this.#importId = importId
    this.#header = header
    this.#table = `import_stage_${importId.replaceAll('-', '_')}_${attempt}`
  }

  async open(): Promise<void> {
    const { command } = await warehouse()
    const cells = Array.from({ length: this.#header.width }, (_, index) => `c${index} String`)
    await command({ query: `DROP TABLE IF EXISTS ${this.#table}` })
    await command({ query: `CREATE TABLE ${this.#table} (${cells.join(', ')}) ENGINE = Memory` })
  }

  async close(): Promise<void> {
    const { command } = await warehouse()
    await command({ query: `DROP TABLE IF EXISTS ${this.#table}` })
  }

  async add(chunk: RecordChunk): Promise<ChunkResult> {
    if (!isUtf8(chunk.data))
      throw new AppError(
        'unprocessable',
        `The file is not UTF-8 text; the first such place lies after line ${chunk.firstLine}.`,
      )
    const { lines, rejected } = await this.#load(chunk)
    const { query, command } = await warehouse()
    const faults = faultsSql(this.#header)
    const cells = Array.from({ length: this.#header.width }, (_, index) => `c${index}`)
    // Read in one thread, so that the row numbers are those of the chunk.
    const bad = await query({
      query: `SELECT n, faults, cells FROM (
        SELECT rowNumberInAllBlocks() AS n, ${faults} AS faults, [${cells.join(', ')}] AS cells FROM ${this.#table}
      ) WHERE notEmpty(faults) SETTINGS max_threads = 1`,
      schema: badRow,
    })
    const columns = lineColumnsSql(this.#header)
    await command({
      query: `INSERT INTO cost_lines (ImportId, ${columns.map(({ column }) => column).join(', ')})
        SELECT toUUID('${this.#importId}'), ${columns.map(({ sql }) => sql).join(', ')} FROM ${this.#table}
        ${bad.length > 0 ? `WHERE empty(${faults})` : ''}`,
    })
    const [count] = await query({ query: `SELECT count() AS rows FROM ${this.#table}`, schema: countRow })
    const lineOf = bad.length > 0 ? (lines ?? splitRecords(chunk).map(({ line }) => line)) : []
    const refused = bad.map((row) => ({
      line: lineOf[row.n] ?? chunk.firstLine,
      cells: row.cells,
      faults: row.faults.map(([column, text, reason]) => ({ column, value: text, reason })),
    }))
    return {
      rows: (count?.rows ?? 0) + rejected.length,
      rejected: [...rejected, ...refused].sort((a, b) => a.line - b.line),
    }
  }

  /** Fills the stage with one chunk. `lines` of its rows where they are known already. */
  async #load(chunk: RecordChunk): Promise<{ lines: number[] | null; rejected: Rejection[] }> {
    const { command, insertRaw } = await warehouse()
    await command({ query: `TRUNCATE TABLE ${this.#table}` })
    if (!hasBlankLine(chunk.data)) {
      try {
        await insertRaw({ table: this.#table, format: 'CSV', data: chunk.data, settings: AS_WRITTEN })
        return { lines: null, rejected: [] }
      } catch (error) {
        if (!isParseError(error)) throw error
        await command({ query: `TRUNCATE TABLE ${this.#table}` })
      }
    }
    const { json, lines, rejected } = readCarefully({ chunk, width: this.#header.width })
    if (json !== '') await insertRaw({ table: this.#table, format: 'JSONCompactEachRow', data: json })
    return { lines, rejected }
  }
}

// The embedded engine takes data that stands in a statement to end at a blank line, even one between quotes, and runs
// what follows as the next statement: a bill with such a line must never reach it as it is.
function hasBlankLine(data: Buffer): boolean {
  return data[0] === 0x0a || data[0] === 0x0d || data.includes('\n\n') || data.includes('\n\r\n')
}
