import { CsvError, parse } from 'csv-parse/sync'
import { AppError } from '../../errors'
import { type CsvRecord, type RecordChunk, splitRecords } from './csv-records'
import type { Rejection } from './rejections'

export interface CarefulRows {
  /** One JSON array a line, which holds no bare newline. */
  json: string
  /** The line of the file for each row of `json`. */
  lines: number[]
  rejected: Rejection[]
}

// A lone return is text, whatever the line ends of the file are.
const optionsFor = (delimiter: string) => ({ relax_column_count: true, record_delimiter: ['\r\n', '\n'], delimiter })

/** A record that is not CSV says so, and costs no other record. */
function readRecord({ data }: CsvRecord, delimiter: string): string[] | CsvError {
  try {
    const [cells = []] = parse(data, optionsFor(delimiter)) as string[][]
    return cells
  } catch (error) {
    if (error instanceof CsvError) return error
    throw error
  }
}

/** All at once where nothing is wrong with any of them, which is fast. */
function readAll(records: readonly CsvRecord[], { data, delimiter }: RecordChunk): (string[] | CsvError)[] {
  try {
    const rows = parse(data, { ...optionsFor(delimiter), skip_empty_lines: true }) as string[][]
    if (rows.length === records.length) return rows
  } catch (error) {
    if (!(error instanceof CsvError)) throw error
  }
  return records.map((record) => readRecord(record, delimiter))
}

const isOpenQuote = (error: CsvError) => error.code === 'CSV_QUOTE_NOT_CLOSED'

/** What follows an open quote is one cell: as one bad row it would hide all the records that it has swallowed. */
function neverClosed(line: number): AppError {
  return new AppError(
    'unprocessable',
    `A quote opens on line ${line} and is never closed: the rest of the file cannot be told apart. Nothing was imported.`,
  )
}

function explain(error: CsvError): string {
  return isOpenQuote(error)
    ? 'a quote opens in this record and is never closed'
    : 'a quote stands where none may: quote the whole cell, and double the quotes in it'
}

/**
 * Reads a chunk where the warehouse's own CSV reader cannot: a record with too few or too many cells, or a blank line,
 * at which the embedded engine would end the data without a word.
 */
export function readCarefully({ chunk, width }: { chunk: RecordChunk; width: number }): CarefulRows {
  const records = splitRecords(chunk)
  const rejected: Rejection[] = []
  const rows: string[] = []
  const lines: number[] = []
  for (const [index, cells] of readAll(records, chunk).entries()) {
    const { line = chunk.firstLine, data } = records[index] ?? {}
    if (cells instanceof CsvError) {
      if (isOpenQuote(cells) && data?.includes('\n')) throw neverClosed(line)
      const value = data?.toString('utf8') ?? ''
      rejected.push({ line, cells: [value], faults: [{ column: '', value, reason: explain(cells) }] })
    } else if (cells.length === width) {
      rows.push(JSON.stringify(cells))
      lines.push(line)
    } else {
      const reason = `the record has ${cells.length} cells, the header ${width}`
      rejected.push({ line, cells, faults: [{ column: '', value: '', reason }] })
    }
  }
  return { json: rows.length > 0 ? `${rows.join('\n')}\n` : '', lines, rejected }
}
