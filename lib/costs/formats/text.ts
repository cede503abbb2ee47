import { readType } from './column-type'
import type { FileColumn } from './line-plan'

/** A cell as text, exactly; '' where it is null. */
export function rawText({ sql, type }: FileColumn): string {
  const { kind, isNullable } = readType(type)
  if (kind === 'map' || kind === 'pairs' || kind === 'nested')
    return isNullable ? `if(isNull(${sql}), '', toJSONString(${sql}))` : `toJSONString(${sql})`
  const text = type === 'String' || type === 'Nullable(String)' ? sql : `toString(${sql})`
  return isNullable ? `ifNull(${text}, '')` : text
}

/** A cell as text; FOCUS writes null as an empty cell or as NULL. */
export function text(column: FileColumn): string {
  const raw = rawText(column)
  return readType(column.type).kind === 'text' ? `if(${raw} = 'NULL', '', ${raw})` : raw
}

/** UInt8: whether a text cell says nothing. */
export function isBlank(raw: string): string {
  return `(${raw} = '' OR ${raw} = 'NULL')`
}
