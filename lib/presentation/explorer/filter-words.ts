import type { CostKey } from '@/lib/contract/explorer'
import type { Filter } from './filters'
import { keyLabel, noValueLabel } from './keys'

/** `Service is Amazon RDS`, `tag: env is not prod or 2 more`. */
export function filterWords({ key, not, values }: Filter, keys: readonly CostKey[]): { name: string; rest: string } {
  const [first, ...others] = values
  const shown = first === undefined ? 'anything' : first === '' ? noValueLabel(key, keys).toLowerCase() : first
  const more = others.length === 0 ? '' : ` or ${others.length} more`
  return { name: keyLabel(key, keys), rest: `${not ? 'is not' : 'is'} ${shown}${more}` }
}
