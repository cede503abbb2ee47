import { readType } from './column-type'
import { type HeaderColumn, someOf } from './header'

/** The attribute that a column without a place in FOCUS is kept as. */
export interface Attribute {
  key: string
  column: HeaderColumn
}

/** Gives every column a name of its own: `x_Foo`, `x_Foo_2`. */
export function nameAttributes({
  columns,
  nameOf = customName,
}: {
  columns: readonly HeaderColumn[]
  nameOf?: (column: HeaderColumn) => string
}): Attribute[] {
  // A column that has the name already comes before one that would get it.
  const isOwn = new Set(columns.filter((column) => nameOf(column) === column.name).map(({ index }) => index))
  const taken = new Set(columns.filter(({ index }) => isOwn.has(index)).map(({ name }) => name))
  return columns.map((column) => {
    const wanted = nameOf(column)
    if (isOwn.has(column.index)) return { key: wanted, column }
    let key = wanted
    for (let copy = 2; taken.has(key); copy++) key = `${wanted}_${copy}`
    taken.add(key)
    return { key, column }
  })
}

/** An x_ column keeps its name; `Foo` becomes `x_Foo`; a blank name its position, from 1. */
export function customName({ name, index }: HeaderColumn): string {
  if (/^x_./i.test(name)) return name
  return name === '' || /^x_$/i.test(name) ? `x_Column${index + 1}` : `x_${name}`
}

/** What the one who imports should know of floating-point columns. */
export function floatWarnings(columns: readonly HeaderColumn[]): string[] {
  const floats = columns.filter(({ type }) => readType(type).kind === 'float').map(({ name }) => name)
  return floats.length > 0
    ? [
        `Floating-point columns: ${someOf(floats)}. Each value is kept as its shortest decimal text, to 18 fractional digits.`,
      ]
    : []
}
