import type { CsvError } from 'csv-parse'

/** Bounds what an unclosed quote collects before it is noticed. */
export const MAX_ROW_CHARACTERS = 1_000_000

const LINE_BREAKS = /\r\n|\r|\n/g

/**
 * Finds the line on which a row starts. csv-parse tells the line where it ends, and takes each CRLF inside a quoted
 * cell for two.
 */
export function createLineCounter() {
  let countedTwice = 0
  let lastRowEnd = 0
  return {
    startOf({ cells, parserLine }: { cells: string[]; parserLine: number }): number {
      let breaks = 0
      for (const cell of cells) {
        if (!/[\r\n]/.test(cell)) continue
        for (const [lineBreak] of cell.matchAll(LINE_BREAKS)) {
          breaks++
          if (lineBreak.length === 2) countedTwice++
        }
      }
      lastRowEnd = parserLine - countedTwice
      return lastRowEnd - breaks
    },
    /** A quote that is never closed shows itself at the end of the file; the row that it opens in is what helps. */
    lineOf(error: CsvError): number {
      const atEnd = error.code === 'CSV_QUOTE_NOT_CLOSED' || error.code === 'CSV_MAX_RECORD_SIZE'
      return atEnd || typeof error.lines !== 'number' ? lastRowEnd + 1 : error.lines - countedTwice
    },
  }
}

/** csv-parse's error in the words of someone who made the file in a spreadsheet. */
export function explainCsvError(error: CsvError): string {
  switch (error.code) {
    case 'CSV_QUOTE_NOT_CLOSED':
      return 'not a CSV file: a quote that opens in this row is never closed'
    case 'CSV_MAX_RECORD_SIZE':
      return `not a CSV file: a row of more than ${MAX_ROW_CHARACTERS} bytes, is a quote not closed?`
    case 'INVALID_OPENING_QUOTE':
      return 'not a CSV file: a quote inside a cell that is not quoted; quote the cell and double the quotes in it'
    case 'CSV_INVALID_CLOSING_QUOTE':
      return 'not a CSV file: text after the closing quote of a cell; double the quotes inside a quoted cell'
    default:
      return `not a CSV file: ${error.message}`
  }
}
