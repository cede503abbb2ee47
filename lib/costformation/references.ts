import type { Source } from './source'
import type { AllocationDimension, Condition, Dimension, Rule, RuleAllocation, SourceReference } from './tree'

function referencesOf(condition: Condition): SourceReference[] {
  if ('conditions' in condition) return condition.conditions.flatMap(referencesOf)
  return 'sources' in condition && condition.sources !== null ? condition.sources.references : []
}

/** The rules that an allocation splits by, and those that fill its gaps. */
export function ruleAllocations({ allocation, gaps }: AllocationDimension): RuleAllocation[] {
  const next = gaps.flatMap((gap) => (gap.type === 'Next' ? [gap.rules] : []))
  return allocation.type === 'AllocateByRules' ? [allocation, ...next] : next
}

/** The rules that give elements; of an allocation those of its drivers and of their partitions. */
function rulesOf(dimension: Dimension): Rule[] {
  if (dimension.type === 'Grouping') return dimension.rules
  return ruleAllocations(dimension).flatMap(({ acrossElements, forEachElementOf }) => [
    ...acrossElements,
    ...forEachElementOf,
  ])
}

/** The conditions of a pool and of what is set apart from it. */
function poolConditions(dimension: Dimension): Condition[] {
  if (dimension.type === 'Grouping') return []
  const spend = ruleAllocations(dimension).flatMap(({ spendToAllocate }) => spendToAllocate.conditions)
  return [...spend, ...dimension.setApart]
}

/** Every condition that a dimension has anywhere; those within others are not listed beside them. */
export function conditionsOf(dimension: Dimension): Condition[] {
  return [...poolConditions(dimension), ...rulesOf(dimension).flatMap(({ conditions }) => conditions)]
}

/** Every source that a dimension uses, with where it was written; an inherited one once. */
export function sourceReferences(dimension: Dimension): SourceReference[] {
  const used = [
    ...poolConditions(dimension).flatMap(referencesOf),
    ...rulesOf(dimension).flatMap((rule) => [
      ...(rule.type === 'Group' ? [] : rule.sources.references),
      ...rule.conditions.flatMap(referencesOf),
    ]),
  ]
  return [...new Map(used.map((reference) => [reference.at.path, reference])).values()]
}

/** The distinct sources that a dimension uses; those of an allocation's streams are known only with their filter keys. */
export function directSources(dimension: Dimension): Source[] {
  return [...new Map(sourceReferences(dimension).map(({ source }) => [JSON.stringify(source), source])).values()]
}

function comparesChargeStart(condition: Condition): boolean {
  if ('conditions' in condition) return condition.conditions.some(comparesChargeStart)
  return condition.type === 'ForDateRange' || 'date' in condition
}

/** Whether a condition compares the start of the line's charge itself, which is no source: `chargeStart` of the compiler. */
export function readsChargeStart(dimension: Dimension): boolean {
  return conditionsOf(dimension).some(comparesChargeStart)
}
