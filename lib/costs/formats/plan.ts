import type { Mapping } from '../../contract/import-profiles'
import { AppError } from '../../errors'
import { planCbf } from './cbf'
import { planCur } from './cur'
import { detectFormat, nearestFormat } from './detect'
import { planFocus } from './focus'
import { readHeader, shownHeader } from './header'
import type { FileColumn, FormatName, LinePlan } from './line-plan'
import { planMapping } from './mapping'

export { detectFormat } from './detect'
export type { FileColumn, FormatName, LineColumn, LinePlan } from './line-plan'
export { suggestMapping } from './suggest-mapping'

const ACCEPTED =
  'Accepted: FOCUS 1.0 to 1.4, AWS CUR, AWS CUR 2.0, CloudZero CBF (CSV, CSV.gz or Parquet, with a header), and any other table through a mapping of its columns.'

/**
 * How a file's columns become cost lines. Throws AppError('unprocessable') for a header that is none of the formats,
 * lacks what a line needs, or names a column twice: it says what was seen and what is accepted.
 */
export function planLines({
  columns,
  format,
  mapping,
}: {
  columns: readonly FileColumn[]
  format: FormatName | 'auto'
  /** What the format mapping reads by; of CBF its currency and granularity. */
  mapping?: Mapping
}): LinePlan {
  const header = readHeader(columns)
  const names = header.map((column) => column.name)
  const chosen = format === 'auto' ? detectFormat(names) : format
  switch (chosen) {
    case 'focus':
      return planFocus(header)
    case 'cur':
    case 'cur2':
      return planCur({ header, format: chosen })
    case 'cbf':
      return planCbf({ header, ...(mapping ? { profile: mapping } : {}) })
    case 'mapping':
      if (!mapping)
        throw new AppError('unprocessable', 'The format mapping needs a mapping: which column is cost, which is time.')
      return planMapping({ header, mapping })
    default:
      throw new AppError('unprocessable', `${nearestFormat(names)} Seen: ${shownHeader(names)}. ${ACCEPTED}`)
  }
}
