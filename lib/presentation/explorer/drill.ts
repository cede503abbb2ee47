import { z } from 'zod'
import type { CostKey } from '@/lib/contract/explorer'
import { type Filter, narrowTo, parseFilters, writeFilters } from './filters'
import { keyLabel, nextKey, noValueLabel } from './keys'

/** What drilling changes, as it stands in the address. */
export interface DrillState {
  group: string[]
  filter: string[]
  /** The levels above, the outermost first. */
  trail: string[]
}

/** A level above: what it was called from here, and what it showed. */
export interface Level {
  label: string
  group: string[]
  filter: string[]
}

const level = z.tuple([z.string(), z.array(z.string()), z.array(z.string())])

export function readTrail(trail: readonly string[]): Level[] {
  return trail.flatMap((text) => {
    try {
      const [label, group, filter] = level.parse(JSON.parse(text))
      return [{ label, group, filter }]
    } catch {
      // An address that someone edited: without this step of the way.
      return []
    }
  })
}

const writeLevel = ({ label, group, filter }: Level) => JSON.stringify([label, group, filter])

/** A group's name in one line: `Amazon RDS · prod`. */
export function groupName(
  group: readonly (string | null)[],
  groupBy: readonly string[],
  keys: readonly CostKey[],
): string {
  if (group.length === 0) return 'All cost'
  return group.map((value, at) => value ?? noValueLabel(groupBy[at] ?? '', keys)).join(' · ')
}

/** One level down: the group's values become filters, and its cost is cut by the next key. */
export function drillInto({
  state,
  group,
  keys,
}: {
  state: DrillState
  group: readonly (string | null)[]
  keys: readonly CostKey[]
}): DrillState {
  const filters = state.group.reduce<Filter[]>(
    (sofar, key, at) => narrowTo(sofar, { key, value: group[at] ?? null }),
    parseFilters(state.filter),
  )
  const fixed = filters.filter(({ not, values }) => !not && values.length === 1).map(({ key }) => key)
  const last = state.group.at(-1)
  const next = last === undefined ? null : nextKey({ key: last, fixed, keys })
  return {
    group: next === null ? [] : [next],
    filter: writeFilters(filters),
    trail: [
      ...state.trail,
      writeLevel({
        label: state.group.map((key) => keyLabel(key, keys)).join(', ') || 'All cost',
        group: state.group,
        filter: state.filter,
      }),
    ],
  }
}

/** Back to a level of the trail. */
export function backTo(trail: readonly string[], at: number): DrillState | null {
  const found = readTrail(trail)[at]
  return found ? { group: found.group, filter: found.filter, trail: trail.slice(0, at) } : null
}
