import type { CostKey } from '@/lib/contract/explorer'

export const KEY_KINDS: Record<CostKey['kind'], string> = {
  dimension: 'Dimension',
  column: 'FOCUS column',
  tag: 'Tag',
  attribute: 'Custom column',
}

/** A key as people read it: the label of a known one, or what its text says. */
export function keyLabel(key: string, keys: readonly CostKey[]): string {
  const known = keys.find((one) => one.key === key)
  if (known) return known.kind === 'tag' ? `tag: ${known.label}` : known.label
  return key.replace(/^custom:/, '').replace(/^tag:/, 'tag: ')
}

/** `No service`: cost that has no value for a key. */
export function noValueLabel(key: string, keys: readonly CostKey[]): string {
  return `No ${keyLabel(key, keys)}`
}

/** Keys that a search finds: those that begin with it before those that hold it. */
export function findKeys({
  keys,
  search,
  without,
}: {
  keys: readonly CostKey[]
  search: string
  without: readonly string[]
}): CostKey[] {
  const text = search.trim().toLowerCase()
  const rank = ({ key, label }: CostKey) => {
    if (label.toLowerCase().startsWith(text) || key.toLowerCase().startsWith(text)) return 0
    return label.toLowerCase().includes(text) || key.toLowerCase().includes(text) ? 1 : 2
  }
  return keys
    .filter((key) => !without.includes(key.key))
    .map((key) => ({ key, at: rank(key) }))
    .filter(({ at }) => at < 2)
    .sort((a, b) => a.at - b.at)
    .map(({ key }) => key)
}

const LADDER = ['service', 'account', 'region', 'resource', 'ChargeDescription']

/** The next level down: a dimension's own child, or else the next of the usual ones that is not fixed yet. */
export function nextKey({
  key,
  fixed,
  keys,
}: {
  key: string
  /** Keys that filters hold to a value. */
  fixed: readonly string[]
  keys: readonly CostKey[]
}): string | null {
  const child = keys.find((one) => one.key === key)?.child
  if (child && !fixed.includes(child)) return child
  const from = LADDER.indexOf(key)
  return [...LADDER.slice(from + 1), ...LADDER].find((step) => step !== key && !fixed.includes(step)) ?? null
}
