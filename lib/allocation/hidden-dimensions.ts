import type {
  AllocationDimension,
  Condition,
  Definition,
  Dimension,
  GroupingDimension,
  Rule,
  RuleAllocation,
} from '../costformation/tree'

/** An element of the dimensions that only tell yes from no; no is ''. */
export const YES = '1'

/** Ids of what a split reads off each line beside its own document's dimensions; no document can have such an id. */
export const poolId = (id: string) => `${id}\n#pool`
export const setApartId = (id: string) => `${id}\n#set apart`
export const acrossId = (id: string, place: number) => `${id}\n#across ${place}`
export const forEachId = (id: string, place: number) => `${id}\n#for each ${place}`

function hidden({ owner, id, rules }: { owner: Dimension; id: string; rules: Rule[] }): GroupingDimension {
  return {
    ...{ id, name: id, nameAt: owner.nameAt, hidden: true, disabled: owner.disabled, at: owner.at },
    ...{ defaultValue: null, child: null, override: null, elementCutoff: null },
    ...{ type: 'Grouping', sources: null, rules },
  }
}

function anyOf({ owner, id, conditions }: { owner: Dimension; id: string; conditions: Condition[] }) {
  const { at } = owner
  return hidden({ owner, id, rules: [{ type: 'Group', name: { value: YES, at }, conditions, at }] })
}

/** The rules that a split goes by, and those that fill its gaps: place 0, and the gap policies' own from 1. */
export function rulesOf({ allocation, gaps }: AllocationDimension): { place: number; rules: RuleAllocation }[] {
  const own = allocation.type === 'AllocateByRules' ? [{ place: 0, rules: allocation }] : []
  return [
    ...own,
    ...gaps.flatMap((gap, index) => (gap.type === 'Next' ? [{ place: index + 1, rules: gap.rules }] : [])),
  ]
}

/** What tells lines of the pool from others; null: the filters of the streams do. */
export function poolConditions({ allocation }: AllocationDimension): Condition[] | null {
  if (allocation.type === 'AllocateByStreams') return null
  return allocation.spendToAllocate.conditions
}

/** The document's dimensions, and those that its splits read off each line without having a name there. */
export function withHiddenDimensions(definition: Definition): Definition {
  const added = definition.dimensions.flatMap((owner): GroupingDimension[] => {
    if (owner.type !== 'Allocation') return []
    const pool = poolConditions(owner)
    return [
      ...(pool && pool.length > 0 ? [anyOf({ owner, id: poolId(owner.id), conditions: pool })] : []),
      ...(owner.setApart.length > 0 ? [anyOf({ owner, id: setApartId(owner.id), conditions: owner.setApart })] : []),
      ...rulesOf(owner).flatMap(({ place, rules }) => [
        ...(rules.acrossElements.length > 0
          ? [hidden({ owner, id: acrossId(owner.id, place), rules: rules.acrossElements })]
          : []),
        ...(rules.forEachElementOf.length > 0
          ? [hidden({ owner, id: forEachId(owner.id, place), rules: rules.forEachElementOf })]
          : []),
      ]),
    ]
  })
  return { dimensions: [...definition.dimensions, ...added] }
}
