import { isSeq } from 'yaml'
import { type ReadContext, readSources, SOURCE_PROPERTIES, SOURCE_PROPERTIES_NOT_BUILT } from './parse-source'
import type { Cursor, Property } from './reader'
import { findRegexError } from './regex'
import type { Condition, SourceSet, Text } from './tree'

const COMPARISONS = ['Equals', 'Contains', 'BeginsWith', 'EndsWith', 'Matches'] as const
const JUNCTIONS = ['And', 'Or', 'Not'] as const
const OPERATORS: readonly string[] = [...COMPARISONS, 'HasValue', ...JUNCTIONS]
const NOT_BUILT = [
  ...SOURCE_PROPERTIES_NOT_BUILT,
  'Before',
  'BeforeOrEquals',
  'After',
  'AfterOrEquals',
  'ForDateRange',
] as const

/** Conditions become nested SQL, and ClickHouse's parser has a depth that it refuses. */
const MAX_DEPTH = 30

interface Scope {
  context: ReadContext
  /** The source set that a condition without its own compares. */
  inherited: SourceSet | null
  depth?: number
}

/** Reads a list of conditions; those that cannot be read are reported and left out. */
export function readConditions({ cursor, context, inherited, depth = 0 }: Scope & { cursor: Cursor }): Condition[] {
  const { reader } = context
  if (depth > MAX_DEPTH) {
    reader.fail({ at: cursor.at, message: `conditions are nested more than ${MAX_DEPTH} deep` })
    return []
  }
  const items = reader.list({ cursor, what: 'conditions' }) ?? []
  return items.flatMap((item) => readCondition({ cursor: item, context, inherited, depth }) ?? [])
}

function readCondition({ cursor, context, inherited, depth = 0 }: Scope & { cursor: Cursor }): Condition | null {
  const { reader } = context
  const properties = reader.map({ cursor, what: 'a condition, such as `Equals: value`' })
  if (properties === null) return null
  const known = [...SOURCE_PROPERTIES, ...OPERATORS]
  reader.checkNames({ properties, known, notBuilt: NOT_BUILT, owner: 'a condition' })
  const sources = readSources({ context, properties, inherited })
  const [operator, second] = [...properties].filter(([name]) => OPERATORS.includes(name))
  if (second !== undefined) {
    const message = `a condition has one operator: put \`${second[0]}\` into a condition of its own, under \`And\` if both must hold`
    return reader.fail({ at: second[1].key, message })
  }
  if (operator === undefined) {
    const isReported = [...properties.keys()].some((name) => !known.includes(name))
    return isReported
      ? null
      : reader.fail({ at: cursor.at, message: 'the condition has no operator, such as `Equals`' })
  }
  const [name, property] = operator
  const junction = JUNCTIONS.find((type) => type === name)
  if (junction !== undefined) {
    const conditions = readConditions({ cursor: property, context, inherited: sources, depth: depth + 1 })
    return { type: junction, conditions, at: cursor.at }
  }
  if (sources === null) {
    reader.fail({
      at: cursor.at,
      message: 'nothing to compare: neither the condition, its rule nor its dimension has a `Source`',
    })
    return null
  }
  if (name === 'HasValue') {
    const expected = reader.flag(property)
    return expected === null ? null : { type: 'HasValue', sources, expected, at: cursor.at }
  }
  const comparison = COMPARISONS.find((type) => type === name)
  if (comparison === undefined) return null
  const values = readValues({ property, context, isRegex: comparison === 'Matches' })
  return { type: comparison, sources, values, at: cursor.at }
}

function readValues({
  property,
  context,
  isRegex,
}: {
  property: Property
  context: ReadContext
  isRegex: boolean
}): Text[] {
  const { reader } = context
  const cursors = isSeq(property.node) ? (reader.list({ cursor: property, what: 'values' }) ?? []) : [property]
  const values: Text[] = []
  for (const cursor of cursors) {
    // An empty text is no value to a source, so it could never match; and every text contains it.
    const text = reader.text({ cursor, what: 'a value; for lines without one write `HasValue: false`' })
    if (text === null) continue
    const problem = isRegex ? findRegexError(text.value) : null
    if (problem === null) values.push(text)
    else reader.fail({ at: text.at, message: `the regular expression ${problem}` })
  }
  return values
}
