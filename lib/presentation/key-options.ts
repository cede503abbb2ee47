import type { Catalogue } from '@/lib/contract/costs'

type CatalogueKey = Catalogue['keys'][number]

export const MAX_FILTER_KEYS = 5
export const KIND_WORDS: Record<CatalogueKey['kind'], string> = { dimension: 'Dimension', column: 'Column', tag: 'Tag' }
const ORDER = ['dimension', 'column', 'tag']

/** What the picker lists for a search: names that match before examples that match, dimensions first. */
export function keyOptions({
  keys,
  chosen,
  search,
}: {
  keys: readonly CatalogueKey[]
  chosen: readonly string[]
  search: string
}): CatalogueKey[] {
  const text = search.trim().toLowerCase()
  const rank = (key: CatalogueKey) => {
    if (`${key.key} ${key.label}`.toLowerCase().includes(text)) return 0
    return key.examples.some((example) => example.toLowerCase().includes(text)) ? 1 : 2
  }
  return keys
    .filter((key) => !chosen.includes(key.key) && rank(key) < 2)
    .sort(
      (a, b) => rank(a) - rank(b) || ORDER.indexOf(a.kind) - ORDER.indexOf(b.kind) || a.label.localeCompare(b.label),
    )
}

/** `3 values: prod, dev, staging`. */
export function exampleWords({ values, examples }: Pick<CatalogueKey, 'values' | 'examples'>): string {
  const count = `${values.toLocaleString('en-US')} ${values === 1 ? 'value' : 'values'}`
  const shown = examples.slice(0, 3).join(', ')
  return shown ? `${count}: ${shown}${values > 3 ? ', …' : ''}` : count
}
