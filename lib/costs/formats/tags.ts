import { sqlString } from '../../costformation/sql-literal'
import { readType } from './column-type'
import type { FileColumn, Value } from './line-plan'
import { isBlank, rawText } from './text'

const MAP_TYPE = 'Map(LowCardinality(String), String)'

/** Array(Tuple(String, String)) of a JSON object's members: strings as they are, other values as their text, no nulls. */
function pairsOfJson(json: string): string {
  return `JSONExtractKeysAndValues(${json}, 'String')`
}

/** A column of tags (map, list of key and value, or a JSON object as text) as Array(Tuple(String, String)). */
export function tagPairs(column: FileColumn): Value {
  const { kind, isNullable } = readType(column.type)
  const { sql } = column
  const raw = rawText(column)
  switch (kind) {
    case 'map':
      return {
        sql: `arrayMap(kv -> (toString(kv.1), ifNull(toString(kv.2), '')), CAST(${sql}, ${sqlString(pairsType(column.type))}))`,
        checks: [],
      }
    case 'pairs': {
      const list = isNullable ? `ifNull(${sql}, [])` : sql
      return {
        sql: `arrayMap(kv -> (ifNull(toString(kv.1), ''), ifNull(toString(kv.2), '')), ${list})`,
        checks: [],
      }
    }
    default: {
      const pairs = pairsOfJson(raw)
      const isNoObject = `NOT isValidJSON(${raw}) OR JSONType(${raw}) != 'Object'`
      return {
        sql: pairs,
        checks: [
          {
            column: column.name,
            value: raw,
            suspicious: `(empty(${pairs}) AND NOT ${isBlank(raw)} AND ${raw} != '{}')`,
            reason: `if(NOT ${isBlank(raw)} AND (${isNoObject}), 'is not a JSON object', '')`,
          },
        ],
      }
    }
  }
}

/** `Map(String, Nullable(String))` → `Array(Tuple(String, Nullable(String)))`. */
function pairsType(type: string): string {
  const inner = /Map\((.*)\)/s.exec(type)?.[1] ?? 'String, String'
  return `Array(Tuple(${inner}))`
}

/** A map of those names whose value is not ''. */
export function mapOfColumns(columns: readonly { key: string; column: FileColumn }[]): string {
  return `CAST(${filledColumns(columns)}, '${MAP_TYPE}')`
}

/** Several maps, or lists of pairs as maps, as one. */
export function joinMaps(maps: readonly string[]): string {
  return maps.length === 1 ? (maps[0] ?? '') : `mapConcat(${maps.join(', ')})`
}

/** Array(Tuple(String, String)) as a map. */
export function mapOfPairs(pairs: string): string {
  return `CAST(${pairs}, '${MAP_TYPE}')`
}

/** Keys and values are filtered apart, and null left out by the filter: half the cost of making pairs of values. */
function filledColumns(columns: readonly { key: string; column: FileColumn }[]): string {
  const keys = columns.map(({ key }) => `toLowCardinality(${sqlString(key)})`).join(', ')
  const values = `[${columns.map(({ column }) => rawText(column)).join(', ')}]`
  const isFilled = "value != '' AND value != 'NULL'"
  return `mapFromArrays(arrayFilter((key, value) -> ${isFilled}, [${keys}], ${values}), arrayFilter(value -> ${isFilled}, ${values}))`
}

/** String SQL: one member of a map, whether typed or JSON text; '' where there is none. */
export function mapMember({ column, key }: { column: FileColumn; key: string }): string {
  const member = sqlString(key)
  return readType(column.type).kind === 'map'
    ? `ifNull(toString(${column.sql}[${member}]), '')`
    : `JSONExtractString(${rawText(column)}, ${member})`
}
