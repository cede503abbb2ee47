import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { CsvError, type Info, parse } from 'csv-parse'
import { writeRow } from '../csv-row'
import { createRecordReader } from '../wire/cloudzero/read-record'
import type { Shape } from '../wire/cloudzero/same-shape'
import { readColumns, type TelemetryColumns } from './csv-columns'
import { readRow } from './csv-row'
import { createLineCounter, explainCsvError, MAX_ROW_CHARACTERS } from './csv-text'
import type { Granularity, ParsedRecord, RecordError } from './record'

/** `index` counts the rows under the header from 0, -1 = the file or its header; `field` is the column. */
export interface CsvRecordError extends RecordError {
  /** 1-based; where a row runs over several lines, its first. */
  line: number
  /** The cell, cut after 100 characters; null where no one cell is at fault. */
  value: string | null
}

export interface TelemetryCsv {
  /** The good rows. Load them only if `errors` is empty: a batch is all or nothing. */
  records: ParsedRecord[]
  /** The first 100; `rejectedCsv` has the reasons of every rejected row. */
  errors: CsvRecordError[]
  rejectedRows: number
  /** The header and the rejected rows as they came, with a last column `reason`; empty if no row was rejected. */
  rejectedCsv: string
  /** Canonical, sorted; null if the header can't be read. */
  filterKeys: string[] | null
  granularity: Granularity | null
}

const MAX_ERRORS = 100
const SHOWN_CHARACTERS = 100

/**
 * Reads a CSV of telemetry, whose row is a CloudZero record laid flat: `timestamp,granularity,element_name,value` and
 * one column per filter key, several values in one cell parted by `|`. A value of 0 is accepted, unlike over the API.
 * `granularity` and `filterKeys` are the stream's, null where they are not fixed yet. Blanks around cells and values
 * are dropped, empty lines skipped. Faults come back as errors; it rejects only if the source itself fails.
 */
export async function parseTelemetryCsv({
  source,
  granularity = null,
  filterKeys = null,
  canonicalKey = (key) => key,
  now,
}: {
  source: string | AsyncIterable<string | Uint8Array>
  granularity?: Granularity | null
  filterKeys?: string[] | null
  canonicalKey?: (key: string) => string
  now: Date
}): Promise<TelemetryCsv> {
  const collector = createCollector({ granularity, filterKeys, canonicalKey, now })
  const lines = createLineCounter()
  const parser = parse({
    bom: true,
    trim: true,
    relax_column_count: true,
    skip_empty_lines: true,
    skip_records_with_empty_values: true,
    record_delimiter: ['\r\n', '\n', '\r'],
    max_record_size: MAX_ROW_CHARACTERS,
    // Taken while parsing, not from the stream: a fault further on would drop the rows that wait in its buffer.
    on_record: (cells: string[], { lines: parserLine }: Info) => {
      collector.take({ cells, line: lines.startOf({ cells, parserLine }) })
      return null
    },
  })
  parser.resume()
  try {
    await pipeline(Readable.from(typeof source === 'string' ? [source] : source), parser)
  } catch (error) {
    if (!(error instanceof CsvError)) throw error
    collector.refuseFile({ reason: explainCsvError(error), line: lines.lineOf(error) })
  }
  return collector.finish()
}

function createCollector({
  granularity,
  filterKeys,
  canonicalKey,
  now,
}: {
  granularity: Granularity | null
  filterKeys: string[] | null
  canonicalKey: (key: string) => string
  now: Date
}) {
  const read = createRecordReader({ operation: 'sum', now, allowZero: true, canonicalKey })
  const records: ParsedRecord[] = []
  const errors: CsvRecordError[] = []
  const rejected: string[] = []
  let headerRead = false
  let columns: TelemetryColumns | null = null
  let rows = 0
  let shape: Shape = { owner: 'the stream', granularity, filterKeys: null }

  const addError = (error: CsvRecordError) => {
    if (errors.length >= MAX_ERRORS) return
    errors.push({ ...error, value: error.value?.slice(0, SHOWN_CHARACTERS) ?? null })
  }
  const refuseFile = ({ reason, line, field = 'file' }: { reason: string; line: number; field?: string }) =>
    addError({ index: -1, field, reason, line, value: null })

  const take = ({ cells, line }: { cells: string[]; line: number }) => {
    if (!headerRead) {
      headerRead = true
      const header = readColumns({ header: cells, granularity, filterKeys, canonicalKey })
      if ('columns' in header) columns = header.columns
      else for (const fault of header.errors) refuseFile({ ...fault, line })
      return
    }
    // Without columns the rest is read and dropped, so that an upload is not cut off in the middle.
    if (!columns) return
    const index = rows++
    const reading = readRow({ cells, columns, shape, read })
    if ('record' in reading) {
      if (shape.granularity === null)
        shape = { ...shape, owner: `line ${line}`, granularity: reading.record.granularity }
      records.push(reading.record)
      return
    }
    for (const error of reading.errors) addError({ index, line, ...error })
    const reasons = reading.errors.map(({ field, reason }) => `${field}: ${reason}`)
    rejected.push(writeRow([...columns.names.map((_, place) => cells[place] ?? ''), reasons.join('; ')]))
  }

  const finish = (): TelemetryCsv => {
    if (errors.length === 0 && !headerRead) refuseFile({ reason: 'the file is empty', line: 1 })
    else if (errors.length === 0 && rows === 0) refuseFile({ reason: 'the file has a header and no records', line: 1 })
    const header = rejected.length > 0 && columns ? writeRow([...columns.names, 'reason']) : ''
    return {
      records,
      errors,
      rejectedRows: rejected.length,
      rejectedCsv: header + rejected.join(''),
      filterKeys: columns?.filterKeys ?? null,
      granularity: shape.granularity,
    }
  }
  return { take, refuseFile, finish }
}
