import type { DefinitionError } from '@/lib/contract/costformation'
import { findCycles, sourceReferences, spellCycle } from './graph'
import type { Definition, Dimension } from './tree'

/** What is wrong between dimensions that are each well formed: names given twice, and circles. */
export function findConflicts(definition: Definition): DefinitionError[] {
  return [...findSharedNames(definition), ...findCircles(definition)]
}

/** Telemetry filters find a dimension by its name, so that two of one name would be ambiguous. */
function findSharedNames({ dimensions }: Definition): DefinitionError[] {
  const firstByName = new Map<string, Dimension>()
  return dimensions.flatMap((dimension) => {
    const first = firstByName.get(dimension.name)
    if (first === undefined) {
      firstByName.set(dimension.name, dimension)
      return []
    }
    const message = `\`${first.id}\` and \`${dimension.id}\` have the same name, \`${dimension.name}\``
    return [{ message, ...dimension.nameAt }]
  })
}

function findCircles(definition: Definition): DefinitionError[] {
  const byId = new Map(definition.dimensions.map((dimension) => [dimension.id, dimension]))
  return findCycles({ definition }).flatMap((cycle) => {
    const first = byId.get(cycle[0] ?? '')
    const next = cycle[1] ?? cycle[0]
    const reference =
      first && sourceReferences(first).find(({ source }) => source.kind === 'dimension' && source.id === next)
    return reference ? [{ message: `dimensions depend on each other: ${spellCycle(cycle)}`, ...reference.at }] : []
  })
}

/** What is allowed and most likely not meant. */
export function findDoubts(definition: Definition): DefinitionError[] {
  const disabled = new Set(definition.dimensions.filter((dimension) => dimension.disabled).map(({ id }) => id))
  return definition.dimensions
    .filter((dimension) => !dimension.disabled)
    .flatMap(sourceReferences)
    .flatMap(({ source, at }) =>
      source.kind === 'dimension' && disabled.has(source.id)
        ? [{ message: `\`${source.id}\` is disabled, so that it has no value for any cost`, ...at }]
        : [],
    )
}
