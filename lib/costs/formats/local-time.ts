import type { TimeFormat } from '../../contract/import-profiles'
import { sqlString } from '../../costformation/sql-literal'
import { readType } from './column-type'
import type { FileColumn } from './line-plan'
import { rawText } from './text'
import { NOT_TIME, type TimeValue, time, timeOfText } from './time'

/** What turns a text of the form into ISO 8601; a text of another form stays, and is refused if it is no ISO time. */
const TO_ISO: Readonly<
  Record<Exclude<TimeFormat, 'iso' | 'YYYY-MM-DD' | 'epoch_seconds'>, [form: string, iso: string]>
> = {
  'MM/DD/YYYY': ['^\\s*(\\d{2})/(\\d{2})/(\\d{4})(.*)$', '\\3-\\1-\\2\\4'],
  'DD/MM/YYYY': ['^\\s*(\\d{2})/(\\d{2})/(\\d{4})(.*)$', '\\3-\\2-\\1\\4'],
  'DD.MM.YYYY': ['^\\s*(\\d{2})\\.(\\d{2})\\.(\\d{4})(.*)$', '\\3-\\2-\\1\\4'],
  YYYYMMDD: ['^\\s*(\\d{4})(\\d{2})(\\d{2})(.*)$', '\\1-\\2-\\3\\4'],
  YYYYMM: ['^\\s*(\\d{4})[-/]?(\\d{2})\\s*$', '\\1-\\2-01'],
}

/** `9/5/2024` → `09/05/2024`; twice, because neighbours share a mark. */
function padded(text: string): string {
  const once = (sql: string) => `replaceRegexpAll(${sql}, '(^|[/.\\\\s])(\\\\d)([/.])', '\\\\10\\\\2\\\\3')`
  return once(once(text))
}

function isoText({ raw, format }: { raw: string; format: TimeFormat }): string {
  // Times repeat from line to line: rewritten once a block, through the dictionary.
  const dictionary = `toLowCardinality(${raw})`
  switch (format) {
    case 'iso':
    case 'YYYY-MM-DD':
      return raw
    case 'epoch_seconds': {
      const seconds = `toInt64OrZero(extract(${dictionary}, '^\\\\d+'))`
      return `if(match(${raw}, '^\\\\d{1,11}([.]0*)?$'), toString(toDateTime64(${seconds}, 0, 'UTC')), ${raw})`
    }
    default: {
      const [form, iso] = TO_ISO[format]
      const even = format.startsWith('YYYY') ? dictionary : padded(dictionary)
      return `replaceRegexpOne(${even}, ${sqlString(form)}, ${sqlString(iso)})`
    }
  }
}

/** A time in the form that a mapping names. */
export function localTime({
  column,
  format,
  isRequired = false,
}: {
  column: FileColumn
  format: TimeFormat
  isRequired?: boolean
}): TimeValue {
  if (readType(column.type).kind === 'time') return time({ column, isRequired })
  const raw = rawText(column)
  const text = isoText({ raw, format })
  const reason = format === 'iso' ? NOT_TIME : `is not a time of the form ${format}`
  return timeOfText({ column: column.name, text, raw, isRequired, reason })
}
