import type { DefinitionError } from '@/lib/contract/costformation'
import { findNearest, suggest } from './nearest'
import { ruleAllocations } from './references'
import type { AllocationDimension, Dimension, Rule, RuleAllocation } from './tree'

/** What a rule can give; null where only the cost lines tell. */
function elementsOfRule(rule: Rule): string[] | null {
  if (rule.type === 'GroupBy') return null
  return rule.type === 'Group' ? [rule.name.value] : rule.values.map(({ name }) => name.value)
}

function elementsOf({ fixed, acrossElements }: RuleAllocation): (string[] | null)[] {
  return fixed ? [fixed.weights.map(({ element }) => element.value)] : acrossElements.map(elementsOfRule)
}

/** Every element that the document says a split can give; null where streams or cost lines have a say. */
function knownElements(dimension: AllocationDimension): Set<string> | null {
  if (dimension.allocation.type === 'AllocateByStreams') return null
  const known = new Set<string>(dimension.elementCutoff?.name ? [dimension.elementCutoff.name] : [])
  for (const elements of ruleAllocations(dimension).flatMap(elementsOf)) {
    if (elements === null) return null
    for (const element of elements) known.add(element)
  }
  return known
}

/** A misspelt name in `Elements` would leave its weight or its cap without effect, and nobody would see it. */
export function findStrangeElements(dimension: Dimension): DefinitionError[] {
  if (dimension.type !== 'Allocation') return []
  const known = knownElements(dimension)
  if (known === null) return []
  return dimension.elements.flatMap(({ element: { value, at } }) => {
    if (known.has(value)) return []
    const suggestion = findNearest({ word: value, candidates: known })
    const message = `the split gives nothing to an element \`${value}\`${suggest({ word: value, candidates: known })}`
    return [{ message, ...at, ...(suggestion !== null && { suggestion }) }]
  })
}
