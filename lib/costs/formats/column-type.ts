/** What a ClickHouse type means for a conversion. */
export type TypeKind = 'text' | 'integer' | 'float' | 'decimal' | 'time' | 'map' | 'pairs' | 'nested' | 'other'

export interface ColumnType {
  kind: TypeKind
  isNullable: boolean
  /** Fractional digits of a decimal. */
  scale: number
}

const WRAPPER = /^(Nullable|LowCardinality)\((.*)\)$/s

function kindOf(type: string): TypeKind {
  if (/^(String|FixedString\b)/.test(type)) return 'text'
  if (/^U?Int\d+$/.test(type)) return 'integer'
  if (/^B?Float\d+$/.test(type)) return 'float'
  if (/^Decimal/.test(type)) return 'decimal'
  if (/^Date/.test(type)) return 'time'
  if (/^Map\(/.test(type)) return 'map'
  // A Parquet list of key and value, as FOCUS exports write Tags.
  if (/^Array\(Tuple\(\s*key\s+[^,]+,\s*value\s+.+\)\)$/s.test(type)) return 'pairs'
  if (/^(Array|Tuple|JSON|Object|Variant|Dynamic)\b/.test(type)) return 'nested'
  return 'other'
}

export function readType(type: string): ColumnType {
  let inner = type.trim()
  let isNullable = false
  for (let wrapped = WRAPPER.exec(inner); wrapped; wrapped = WRAPPER.exec(inner)) {
    isNullable ||= wrapped[1] === 'Nullable'
    inner = (wrapped[2] ?? '').trim()
  }
  const kind = kindOf(inner)
  const scale =
    kind === 'decimal' ? Number(/,\s*(\d+)\s*\)$/.exec(inner)?.[1] ?? /\((\d+)\)$/.exec(inner)?.[1] ?? 0) : 0
  return { kind, isNullable, scale }
}
