import type { ImportPreview } from '@/lib/contract/import-preview'
import { counted } from './explain-words'
import { formatName } from './import-words'

const DELIMITERS: Record<string, string> = { ',': 'commas', ';': 'semicolons', '\t': 'tabs', '|': 'bars' }

/** `FOCUS 1.2, 57 columns, separated by commas`; null where nothing tells what the file is. */
export function recognisedWords({ format, version, columns, delimiter }: ImportPreview): string | null {
  if (format === null) return null
  const name = format === 'mapping' ? 'A CSV that a mapping explains' : formatName({ format, version })
  return `${name}, ${counted(columns.length, 'column')}, separated by ${DELIMITERS[delimiter] ?? delimiter}`
}

/** How the first rows fare. */
export function checkedWords({ rows_checked, rows_rejected }: ImportPreview): string {
  if (rows_checked === 0) return 'The first part of the file has no row.'
  const rows = rows_checked === 1 ? 'first row' : `first ${rows_checked.toLocaleString('en-US')} rows`
  if (rows_rejected === 0) return `The ${rows} can be read.`
  if (rows_rejected === rows_checked) return `The ${rows} would be refused.`
  return `${rows_rejected.toLocaleString('en-US')} of the ${rows} would be refused.`
}
