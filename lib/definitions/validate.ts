import type { DefinitionError, ValidationResult } from '../contract/costformation'
import { findCycle, spellCycle } from '../costformation/graph'
import { parseDefinition } from '../costformation/parse'
import type { Definition } from '../costformation/tree'
import { database } from '../db/client'
import { planStreams, streamFilterKeys } from './streams'

export interface CheckedDefinition extends ValidationResult {
  definition: Definition | null
}

/** A circle that only the streams' filter keys close: the split of a pool by telemetry that names the split itself. */
function circleThroughStreams({
  definition,
  filterKeys,
}: {
  definition: Definition
  filterKeys: Map<string, string[]>
}): DefinitionError[] {
  const cycle = findCycle({ definition, streamFilterKeys: filterKeys })
  const member = definition.dimensions.find((dimension) => cycle?.includes(dimension.id))
  if (!cycle || !member) return []
  const { path, line, column } = member.at
  return [
    {
      path,
      line,
      column,
      message: `Dimensions depend on each other, through the filter keys of a stream: ${spellCycle(cycle)}`,
    },
  ]
}

function unknownStreams({
  definition,
  known,
}: {
  definition: Definition
  known: ReadonlySet<string>
}): DefinitionError[] {
  return definition.dimensions.flatMap((dimension) => {
    if (dimension.type !== 'Allocation' || dimension.allocation.type !== 'AllocateByStreams') return []
    return dimension.allocation.streams
      .filter((stream) => !known.has(stream.value))
      .map(({ value, at: { path, line, column } }) => ({
        path,
        line,
        column,
        message: `the stream "${value}" has not sent anything yet: until it does, nothing is split`,
      }))
  })
}

/** Everything that is wrong with a document, and what is only doubtful, against the streams that exist. */
export async function validateDefinition(yaml: string): Promise<CheckedDefinition> {
  const parsed = parseDefinition(yaml)
  if (!parsed.definition) return { valid: false, definition: null, errors: parsed.errors, warnings: parsed.warnings }
  const { definition } = parsed
  const { prisma } = await database()
  const filterKeys = streamFilterKeys(await planStreams())
  const known = new Set((await prisma.stream.findMany({ select: { name: true } })).map((stream) => stream.name))
  const errors = circleThroughStreams({ definition, filterKeys })
  const warnings = [...parsed.warnings, ...unknownStreams({ definition, known })]
  return { valid: errors.length === 0, definition, errors, warnings }
}
