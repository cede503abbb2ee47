import type { createRecordReader } from '../wire/cloudzero/read-record'
import { compareShape, type Shape } from '../wire/cloudzero/same-shape'
import type { TelemetryColumns } from './csv-columns'
import type { ParsedRecord } from './record'

/** What is wrong with a row, in which of its columns, and what the cell holds (null: no one cell is at fault). */
export interface CellError {
  field: string
  reason: string
  value: string | null
}

/** Reads a row as the CloudZero record that it is, laid flat, and compares it with the rows and the stream before it. */
export function readRow({
  cells,
  columns,
  shape,
  read,
}: {
  cells: string[]
  columns: TelemetryColumns
  shape: Shape
  read: ReturnType<typeof createRecordReader>
}): { record: ParsedRecord } | { errors: CellError[] } {
  const faults = checkCells({ cells, columns })
  if (faults.length > 0) return { errors: faults }

  const cell = (index: number | null) => (index === null ? undefined : cells[index] || undefined)
  const reading = read({
    timestamp: cell(columns.timestamp),
    granularity: cell(columns.granularity) ?? columns.granularityOfStream,
    element_name: cell(columns.element_name),
    value: cell(columns.value),
    filter: Object.fromEntries(columns.filters.map(({ index, header }) => [header, splitValues(cells[index] ?? '')])),
  })
  const errors =
    'errors' in reading
      ? reading.errors
      : compareShape({ shape, granularity: reading.record.granularity, filterKeys: null, partialKeys: false })
  if ('record' in reading && errors.length === 0) return { record: reading.record }
  return {
    errors: errors.map(({ field, reason, filterKey }) => {
      const index =
        filterKey === undefined
          ? columns.names.findIndex((name) => name.toLowerCase() === field)
          : columns.names.indexOf(filterKey)
      return { field: columns.names[index] ?? field, reason, value: cells[index] ?? null }
    }),
  }
}

/** `frank | sandy` → both; an empty cell has no value at all, which the filter's rules then refuse. */
function splitValues(cell: string): string[] {
  return cell === '' ? [] : cell.split('|').map((value) => value.trim())
}

function checkCells({ cells, columns }: { cells: string[]; columns: TelemetryColumns }): CellError[] {
  if (cells.length !== columns.headerWidth) {
    const reason = `the row has ${cells.length} cells, the header ${columns.headerWidth}`
    return [{ field: 'row', reason, value: null }]
  }
  // The decoder puts U+FFFD for what isn't UTF-8. Such a name would match no cost, without a word.
  return columns.names.flatMap((field, index) => {
    const value = cells[index] ?? ''
    return value.includes('\uFFFD') ? [{ field, reason: 'not UTF-8: save the file as UTF-8', value }] : []
  })
}
