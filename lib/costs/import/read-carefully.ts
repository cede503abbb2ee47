import { parse } from 'csv-parse/sync'
import { type RecordChunk, recordLines } from './csv-records'
import type { Rejection } from './rejections'

export interface CarefulRows {
  /** One JSON array a line, which holds no bare newline. */
  json: string
  /** The line of the file for each row of `json`. */
  lines: number[]
  rejected: Rejection[]
}

/**
 * Reads a chunk record by record, where the warehouse's own CSV reader cannot: a record with too few or too many
 * cells, or a blank line, at which the embedded engine would end the data without a word.
 */
export function readCarefully({ chunk, width }: { chunk: RecordChunk; width: number }): CarefulRows {
  const starts = recordLines(chunk)
  const rejected: Rejection[] = []
  const rows: string[] = []
  const lines: number[] = []
  let record = 0
  parse(chunk.data, {
    relax_column_count: true,
    skip_empty_lines: true,
    skip_records_with_error: true,
    on_skip: (error) => {
      const line = starts[record++] ?? chunk.firstLine
      rejected.push({
        line,
        cells: [],
        faults: [{ column: '', value: '', reason: error?.message ?? 'cannot be read' }],
      })
      return undefined
    },
    on_record: (cells: string[]) => {
      const line = starts[record++] ?? chunk.firstLine
      if (cells.length === width) {
        rows.push(JSON.stringify(cells))
        lines.push(line)
      } else {
        const reason = `the record has ${cells.length} cells, the header ${width}`
        rejected.push({ line, cells, faults: [{ column: '', value: '', reason }] })
      }
      return null
    },
  })
  return { json: rows.length > 0 ? `${rows.join('\n')}\n` : '', lines, rejected }
}
