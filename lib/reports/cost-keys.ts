import type { CostKey, CostKeys } from '../contract/explorer'
import { FOCUS_COLUMNS } from '../costformation/focus-columns'
import { NATIVE_NAMES, type NativeName, nativeColumns, nativeKey } from '../costformation/natives'
import { filterKeyText, type Source } from '../costformation/source'
import type { Definition } from '../costformation/tree'
import { mergeKeys } from '../costs/digest/digest'
import { currentDigest } from '../costs/digest/read'
import { currentDefinition } from '../definitions/current'
import { billShape, currenciesOf } from './bill-shape'

interface MapKeys {
  tags: string[]
  attributes: string[]
}

/** The keys of the maps on the lines, most used first. */
async function mapKeys(): Promise<MapKeys> {
  const { tags, attributes } = await currentDigest()
  const keysOf = (rows: typeof tags) => mergeKeys(rows).map(({ key }) => key)
  return { tags: keysOf(tags), attributes: keysOf(attributes) }
}

/** How a query names what a definition names as a source. */
function keyOfSource(source: Source, definition: Definition): string | null {
  if (source.kind === 'label') return null
  if (source.kind !== 'dimension') return filterKeyText(source)
  const dimension = definition.dimensions.find(({ id, disabled }) => id === source.id && !disabled)
  return dimension ? filterKeyText({ kind: 'dimensionName', name: dimension.name }) : null
}

/** `CloudProvider` → `Cloud provider`. */
function nativeLabel(name: NativeName): string {
  return name.includes(':') ? name : name.replaceAll(/(?<=[a-z])[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`)
}

/** Natives that only custom columns or tags give are listed where the bills have those. */
function isCarried(name: NativeName, { tags, attributes }: MapKeys): boolean {
  return nativeColumns(name).some((column) => {
    if (column.startsWith('x_')) return attributes.includes(column)
    return column.startsWith('Tag:') ? tags.includes(column.slice(4)) : true
  })
}

/** Everything that a cost query may group or filter by, and what the bills span. */
export async function readCostKeys(): Promise<CostKeys> {
  const shape = await billShape()
  const { definition } = await currentDefinition()
  const { tags, attributes } = await mapKeys()
  const sum = (count: 'lines' | 'effective' | 'billed') => shape.reduce((total, row) => total + row[count], 0)
  const days = shape.map(({ day }) => day).sort()
  const column = (key: string, label = key): CostKey => ({ key, label, kind: 'column', child: null })
  return {
    first_day: days[0] ?? null,
    last_day: days.at(-1) ?? null,
    lines: sum('lines'),
    currencies: currenciesOf(shape).filter((currency) => currency !== ''),
    default_metric: 2 * sum('effective') < sum('billed') ? 'BilledCost' : 'EffectiveCost',
    keys: [
      ...definition.dimensions
        .filter(({ disabled, hidden }) => !disabled && !hidden)
        .map(
          ({ name, child }): CostKey => ({
            key: `custom:${name}`,
            label: name,
            kind: 'dimension',
            child: child && keyOfSource(child.source, definition),
          }),
        ),
      ...NATIVE_NAMES.filter((name) => isCarried(name, { tags, attributes })).map((name) =>
        column(nativeKey(name), nativeLabel(name)),
      ),
      ...tags.map((key): CostKey => ({ key: `tag:${key}`, label: key, kind: 'tag', child: null })),
      ...FOCUS_COLUMNS.map((name) => column(name)),
      ...attributes.map((key): CostKey => ({ key, label: key, kind: 'attribute', child: null })),
    ],
  }
}
