import { parse } from 'csv-parse/sync'
import { writeRow } from '../../csv-row'
import { type CbfRow, COST, USAGE_START } from './read-row'

/** Rows as a CSV in CBF columns, line by line: every column that some row has, the required ones first. */
export function* writeDropCsv(rows: readonly CbfRow[]): Generator<string> {
  const columns = [...new Set([USAGE_START, COST, ...rows.flatMap((row) => [...row.keys()])])]
  yield writeRow(columns)
  for (const row of rows) yield writeRow(columns.map((name) => row.get(name) ?? ''))
}

/** The rows of such a CSV; a column without a value is left out, as it was. */
export function readDropCsv(text: string): CbfRow[] {
  const [columns = [], ...records] = parse(text) as string[][]
  return records.map(
    (cells) =>
      new Map(columns.map((name, index) => [name, cells[index] ?? ''] as const).filter(([, cell]) => cell !== '')),
  )
}
