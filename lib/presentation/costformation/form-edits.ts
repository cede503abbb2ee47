import { isMap, isScalar, visit } from 'yaml'
import type { FormDimension, FormList } from './definition-form'
import { insertItem, insertProperty } from './insert-edit'
import { removeAt } from './remove-edit'
import type { Edit, TextChange } from './text-change'
import { listInstead, renameKey, setScalar } from './text-edit'
import { nodeAt, type Path, type Source } from './yaml-places'

export type FormEdit = (source: Source) => Edit

/** A text of a map: written, changed, or taken out where it is empty. */
export function setText({
  path,
  key,
  value,
  after,
}: {
  path: Path
  key: string
  value: string
  after?: string
}): FormEdit {
  return (source) => {
    const has = nodeAt(source, [...path, key]) !== undefined
    if (value === '') return has ? removeAt(source, [...path, key]) : []
    return has ? setScalar(source, [...path, key], value) : insertProperty({ source, path, key, value, after })
  }
}

/** A flag is there where it holds. */
export function setFlag({ path, key, value }: { path: Path; key: string; value: boolean }): FormEdit {
  return (source) => {
    const node = nodeAt(source, [...path, key])
    if (node === undefined) return value ? insertProperty({ source, path, key, value, after: 'Type' }) : []
    if (!value && key !== 'HasValue') return removeAt(source, [...path, key])
    if (!isScalar(node) || !node.range) return null
    return [{ from: node.range[0], to: node.range[1], insert: String(value) }]
  }
}

/** What holds a list: its map, and what it is called with one value and with several. */
export interface ListPlace {
  path: Path
  list: FormList
  one: string
  many: string
}

export function addToList({ path, list, one, many }: ListPlace, value: string): FormEdit {
  return (source) => {
    const { key, values, single } = list
    if (key === null) {
      const isAlwaysList = one === many && !['Equals', 'Contains', 'BeginsWith', 'EndsWith', 'Matches'].includes(one)
      return insertProperty({ source, path, key: isAlwaysList ? many : one, value: isAlwaysList ? [value] : value })
    }
    const at = [...path, key]
    if (!single)
      return values.length === 0 && key === one && one !== many
        ? setScalar(source, at, value)
        : insertItem(source, at, value)
    const listed = listInstead(source, at, [...values, value])
    if (key === many) return listed
    const renamed = renameKey(source, at, many)
    return listed && renamed ? [...renamed, ...listed] : null
  }
}

export function changeInList({ path, list: { key, single } }: ListPlace, index: number, value: string): FormEdit {
  return (source) => (key === null ? null : setScalar(source, single ? [...path, key] : [...path, key, index], value))
}

export function removeFromList({ path, list: { key, single, values } }: ListPlace, index: number): FormEdit {
  return (source) => {
    if (key === null) return null
    return removeAt(source, single || values.length === 1 ? [...path, key] : [...path, key, index])
  }
}

export function newDimension(kind: 'Grouping' | 'Allocation', name: string): Record<string, unknown> {
  return kind === 'Grouping'
    ? { Name: name, Rules: [] }
    : { Type: 'Allocation', Name: name, AllocateByStreams: { Streams: [] } }
}

export const NEW_RULES = {
  Group: { Type: 'Group', Name: 'New element', Conditions: [] },
  GroupBy: { Type: 'GroupBy', Source: 'Service' },
}
export const NEW_CONDITION = { Source: 'Service', Equals: 'value' }

export function addDimension({ id, value }: { id: string; value: Record<string, unknown> }): FormEdit {
  return (source) => insertProperty({ source, path: ['Dimensions'], key: id, value })
}

/** An id that no dimension has, made of a name. */
export function idFor(name: string, taken: readonly Pick<FormDimension, 'id'>[]): string {
  const words = name.normalize('NFKD').match(/[\p{L}\p{N}_]+/gu) ?? ['Dimension']
  const base = words
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
    .join('')
    .slice(0, 100)
  const ids = new Set(taken.map(({ id }) => id))
  if (!ids.has(base)) return base
  let number = 2
  while (ids.has(`${base}${number}`)) number += 1
  return `${base}${number}`
}

/** Another id for a dimension, and for every source that names it. */
export function renameDimension(from: string, to: string): FormEdit {
  return (source) => {
    const dimensions = nodeAt(source, ['Dimensions'])
    if (to === '') return null
    if (isMap(dimensions) && dimensions.has(to)) return null
    const changes: TextChange[] = [...(renameKey(source, ['Dimensions', from], to) ?? [])]
    if (changes.length === 0) return null
    visit(source.document, {
      Scalar: (key, node) => {
        if (key === 'key' || !node.range || typeof node.value !== 'string') return
        const [, prefix] = /^((?:User|CZ):Defined:)/i.exec(node.value) ?? []
        if (prefix === undefined || node.value.slice(prefix.length) !== from) return
        const [start, end] = node.range
        const written = source.text.slice(start, end)
        changes.push({ from: start, to: end, insert: written.replace(`${prefix}${from}`, `${prefix}${to}`) })
      },
    })
    return changes
  }
}
