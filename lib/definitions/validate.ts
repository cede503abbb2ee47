import type { DefinitionError, ValidationResult } from '../contract/costformation'
import { findCycle, spellCycle } from '../costformation/graph'
import type { KnownSources } from '../costformation/known-sources'
import { parseDefinition } from '../costformation/parse'
import type { Definition } from '../costformation/tree'
import { database } from '../db/client'
import { AppError } from '../errors'
import { readCostKeys } from '../reports/cost-keys'
import { unstorableIn } from '../storable-text'
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

/** The document is kept as it is written. */
function refusedText(yaml: string): DefinitionError[] {
  const found = unstorableIn(yaml)
  if (!found) return []
  const lines = yaml.split('\n')
  const line = lines.findIndex((text) => unstorableIn(text) !== null)
  const column = (lines[line] ?? '').search(/\0|\p{Surrogate}/u)
  return [{ path: '', line: line + 1, column: column + 1, message: `${found} cannot be stored: take it out` }]
}

/** Results are kept under ids, and telemetry finds dimensions by their names, however these are escaped. */
function refusedNames({ dimensions }: Definition): DefinitionError[] {
  return dimensions.flatMap(({ id, name, at, nameAt }) => {
    const [text, place] = unstorableIn(id) ? [id, at] : [name, nameAt]
    const found = unstorableIn(text)
    if (!found) return []
    const { path, line, column } = place
    return [{ path, line, column, message: `the dimension's name holds ${found}, which cannot be stored` }]
  })
}

/** What the cost lines have; undefined where there are none to compare with. */
async function knownSources(): Promise<KnownSources | undefined> {
  const { lines, keys } = await readCostKeys()
  const labels = (wanted: string) => keys.filter(({ kind }) => kind === wanted).map(({ label }) => label)
  return lines > 0 ? { tagKeys: labels('tag'), attributes: labels('attribute') } : undefined
}

/** Everything that is wrong with a document, and what is only doubtful, against the cost lines and the streams that there are. */
export async function validateDefinition(yaml: string): Promise<CheckedDefinition> {
  const refused = refusedText(yaml)
  if (refused.length > 0) return { valid: false, definition: null, errors: refused, warnings: [] }
  const known = await knownSources()
  const parsed = parseDefinition(yaml, known ? { known } : {})
  if (!parsed.definition) return { valid: false, definition: null, errors: parsed.errors, warnings: parsed.warnings }
  const { definition } = parsed
  const { prisma } = await database()
  const filterKeys = streamFilterKeys(await planStreams())
  const streams = new Set((await prisma.stream.findMany({ select: { name: true } })).map((stream) => stream.name))
  const errors = [...refusedNames(definition), ...circleThroughStreams({ definition, filterKeys })]
  const warnings = [...parsed.warnings, ...unknownStreams({ definition, known: streams })]
  return { valid: errors.length === 0, definition, errors, warnings }
}

/** The same, for a document that something is to be done with: refuses one that is not valid, every error at its place. */
export async function requireValid(
  yaml: string,
): Promise<{ definition: Definition; warnings: ValidationResult['warnings'] }> {
  const { definition, errors, warnings } = await validateDefinition(yaml)
  const [first] = errors
  if (definition && !first) return { definition, warnings }
  const more = errors.length > 1 ? ` (and ${errors.length - 1} more)` : ''
  throw new AppError(
    'unprocessable',
    first ? `line ${first.line}, column ${first.column}: ${first.message}${more}` : 'The definition cannot be read.',
    errors.map(({ path, message, line, column }) => ({ name: path, reason: message, line, column })),
  )
}
