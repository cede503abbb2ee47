import type { DefinitionError } from '@/lib/contract/costformation'
import { findStrangeElements } from './check-elements'
import { FOCUS_TIME_COLUMNS } from './focus-columns'
import { findCycles, spellCycle } from './graph'
import { readMoment } from './moment'
import { conditionsOf, sourceReferences } from './references'
import type { Condition, Definition, Dimension } from './tree'

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
  const enabled = definition.dimensions.filter((dimension) => !dimension.disabled)
  return [
    ...findDisabledSources(definition),
    ...enabled.flatMap(findMisplacedDates),
    ...enabled.flatMap(findStrangeElements),
  ]
}

function findDisabledSources({ dimensions }: Definition): DefinitionError[] {
  const disabled = new Set(dimensions.filter((dimension) => dimension.disabled).map(({ id }) => id))
  return dimensions
    .filter((dimension) => !dimension.disabled)
    .flatMap(sourceReferences)
    .flatMap(({ source, at }) =>
      source.kind === 'dimension' && disabled.has(source.id)
        ? [{ message: `\`${source.id}\` is disabled, so that it has no value for any cost`, ...at }]
        : [],
    )
}

const DATED: ReadonlySet<string> = new Set(['UsageDay', ...FOCUS_TIME_COLUMNS])

/** A date compared with the names of services: the charge's own date was meant, and the rule would match nothing. */
function findMisplacedDates(dimension: Dimension): DefinitionError[] {
  return conditionsOf(dimension)
    .flatMap(flatten)
    .flatMap((condition) => {
      if (!('value' in condition) || readMoment(condition.value) === null) return []
      const sources = condition.sources.references.map(({ source }) => source)
      const [first] = sources.flatMap((source) =>
        (source.kind === 'native' || source.kind === 'column') && !DATED.has(source.name) ? [source.name] : [],
      )
      if (first === undefined) return []
      const { value, at } = condition.value
      const message = `\`${condition.type}\` compares the text of \`${first}\` with \`${value}\`; for the date of the charge write \`Source: UsageDay\``
      return [{ message, ...at }]
    })
}

function flatten(condition: Condition): Condition[] {
  return 'conditions' in condition ? condition.conditions.flatMap(flatten) : [condition]
}
