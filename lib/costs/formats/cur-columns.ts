import { AppError } from '../../errors'
import { type Attribute, nameAttributes } from './attributes'
import type { HeaderColumn } from './header'

/** Whose members are maps in CUR 2.0. */
const MAPS = ['product', 'discount', 'costcategory'] as const

export interface CurColumns {
  /** By its spelling in the legacy CSV. */
  find: (name: string) => HeaderColumn | undefined
  /** Columns that are one tag each. */
  tags: Attribute[]
  /** CUR 2.0: the map of tags. */
  tagMap: HeaderColumn | undefined
  /** CUR 2.0: maps of further attributes; `prefix` as in x_Product. */
  maps: { prefix: string; column: HeaderColumn }[]
  /** All columns but tags and maps, named as attributes. */
  attributes: Attribute[]
}

/** `lineItem/UsageStartDate`, `line_item_usage_start_date` and the rest of the spellings are one. */
function fold(name: string): string {
  return name.replace(/[/_]/g, '').toLowerCase()
}

const TAG = /^(?:resourceTags\/|resource_tags_)(.+)$/i
const USER_TAG = /^user[:_](.+)$/s

/** A tag's key: without `user:`, with any other prefix, such as `aws:`. */
function tagKey(name: string): string | null {
  const rest = TAG.exec(name)?.[1]
  return rest === undefined ? null : (USER_TAG.exec(rest)?.[1] ?? rest)
}

function pascal(words: string): string {
  return words
    .split(/[/_\s]+/)
    .map((word) => `${word.charAt(0).toUpperCase()}${word.slice(1)}`)
    .join('')
}

/** `lineItem/UsageType` and `line_item_usage_type` → `x_LineItemUsageType`; categories keep their own spelling. */
function attributeName({ name, index }: HeaderColumn): string {
  if (name === '') return `x_Column${index + 1}`
  if (/^x_./i.test(name)) return name
  const category = /^(?:costCategory\/|cost_category_)(.+)$/i.exec(name)?.[1]
  return category === undefined ? `x_${pascal(name)}` : `x_CostCategory${category}`
}

/** `find` throws AppError('unprocessable') for a column that is there twice. */
export function readCurColumns(header: readonly HeaderColumn[]): CurColumns {
  const isMap = (column: HeaderColumn) => MAPS.some((map) => map === fold(column.name))
  const tagMap = header.find(({ name }) => fold(name) === 'resourcetags')
  const rest = header.filter((column) => column !== tagMap && !isMap(column) && tagKey(column.name) === null)
  const tagColumns = header.filter((column) => column !== tagMap && tagKey(column.name) !== null)
  const byName = new Map<string, HeaderColumn[]>()
  for (const column of rest) byName.set(fold(column.name), [...(byName.get(fold(column.name)) ?? []), column])
  return {
    find: (name) => {
      const [first, second] = byName.get(fold(name)) ?? []
      // Products have attributes whose names differ in case alone.
      if (first && second && !name.startsWith('product/'))
        throw new AppError('unprocessable', `The header names the column ${first.name} twice.`)
      return first
    },
    tags: nameAttributes({ columns: tagColumns, nameOf: ({ name }) => tagKey(name) ?? name }),
    tagMap,
    maps: header.filter(isMap).map((column) => ({ prefix: `x_${pascal(column.name)}`, column })),
    attributes: nameAttributes({ columns: rest, nameOf: attributeName }),
  }
}
