import type { Catalogue } from '../contract/costs'
import { canonicalFilterKey } from '../costformation/source'
import { type DigestColumn, mergeKeys } from '../costs/digest/digest'
import { currentDigest } from '../costs/digest/read'
import { currentDefinition } from '../definitions/current'
import { currenciesOf } from './bill-shape'
import { knownValues } from './known-values'

/** Columns that people cut cost by; every other FOCUS column can be named too. */
const COLUMNS: { key: string; label: string; column: DigestColumn }[] = [
  { key: 'service', label: 'Service', column: 'ServiceName' },
  { key: 'account', label: 'Account', column: 'SubAccountId' },
  { key: 'region', label: 'Region', column: 'RegionId' },
  { key: 'ServiceCategory', label: 'Service category', column: 'ServiceCategory' },
  { key: 'CloudProvider', label: 'Cloud provider', column: 'ServiceProviderName' },
  { key: 'ChargeCategory', label: 'Charge category', column: 'ChargeCategory' },
  { key: 'resource', label: 'Resource', column: 'ResourceId' },
  { key: 'ResourceType', label: 'Resource type', column: 'ResourceType' },
]

const EXAMPLES = 5

/** `last`: the value that says least, a dimension's default. */
async function describeDimension({ name, last }: { name: string; last: string | null }) {
  const key = `custom:${name}`
  const values = await knownValues(key)
  const telling = values.filter((value) => value !== last)
  const examples = (telling.length > 0 ? telling : values).slice(0, EXAMPLES)
  return { key, label: name, kind: 'dimension' as const, values: values.length, examples }
}

/** What stands in the bills: their span, and every key that a stream, a filter or a grouping may name. */
export async function readCatalogue(): Promise<Catalogue> {
  const { shape, tags, columns } = await currentDigest()
  const { definition } = await currentDefinition()
  const keys: Catalogue['keys'] = []
  for (const { disabled, name, defaultValue } of definition.dimensions) {
    if (!disabled) keys.push(await describeDimension({ name, last: defaultValue }))
  }
  const told = mergeKeys(columns)
  for (const { key, label, column } of COLUMNS) {
    const found = told.find((row) => row.key === column)
    if (found) {
      const examples = found.examples.slice(0, EXAMPLES)
      keys.push({ key: canonicalFilterKey(key), label, kind: 'column', values: found.values, examples })
    }
  }
  for (const { key, values, examples } of mergeKeys(tags)) {
    keys.push({ key: `tag:${key}`, label: key, kind: 'tag', values, examples: examples.slice(0, EXAMPLES) })
  }
  const days = shape.map(({ day }) => day).sort()
  return {
    lines: shape.reduce((sum, { lines }) => sum + lines, 0),
    first_day: days[0] ?? null,
    last_day: days.at(-1) ?? null,
    currencies: currenciesOf(shape)
      .filter((currency) => currency !== '')
      .sort(),
    keys,
  }
}
