import { readMoment } from './moment'
import { hasSourceProperties, type ReadContext, readSources, SOURCE_PROPERTIES } from './parse-source'
import type { Cursor, Properties, Property } from './reader'
import { findRegexError } from './regex'
import type { Condition, Moment, OrderComparison, SourceSet, Text } from './tree'

const COMPARISONS = ['Equals', 'Contains', 'BeginsWith', 'EndsWith', 'Matches'] as const
const ORDERS = ['Before', 'BeforeOrEquals', 'After', 'AfterOrEquals'] as const
const JUNCTIONS = ['And', 'Or', 'Not'] as const
const OPERATORS: readonly string[] = [...COMPARISONS, 'HasValue', ...ORDERS, 'ForDateRange', ...JUNCTIONS]

/** Conditions become nested SQL, and ClickHouse's parser has a depth that it refuses. */
const MAX_DEPTH = 30

const A_DATE = 'a date such as 2024-03-01 or a time such as 2024-03-01T12:00:00Z'

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
  reader.checkNames({ properties, known, owner: 'a condition' })
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
  if (name === 'ForDateRange') return readDateRange({ cursor, context, properties, property })
  const order = ORDERS.find((type) => type === name)
  if (order !== undefined) return readOrder({ cursor, context, type: order, property, sources })
  if (sources === null) {
    // A source that was written and could not be read has been reported.
    if (hasSourceProperties(properties)) return null
    return reader.fail({
      at: cursor.at,
      message: 'nothing to compare: neither the condition, its rule nor its dimension has a `Source`',
    })
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

/**
 * CloudZero compares the source with the value, as texts. Without any source there is nothing but the charge itself
 * to compare: its date.
 */
function readOrder({
  cursor: { at },
  context: { reader },
  type,
  property,
  sources,
}: {
  cursor: Cursor
  context: ReadContext
  type: OrderComparison['type']
  property: Property
  sources: SourceSet | null
}): Condition | null {
  const value = reader.text({ cursor: property, what: sources ? 'a value to compare with' : A_DATE })
  if (value === null) return null
  if (sources !== null) return { type, sources, value, at }
  const date = readMoment(value)
  if (date !== null) return { type, sources, date, at }
  const message = `\`${value.value}\` is no date; without a \`Source\`, \`${type}\` compares the start of the charge with ${A_DATE}`
  return reader.fail({ at: value.at, message })
}

function readDateRange({
  cursor,
  context,
  properties,
  property,
}: {
  cursor: Cursor
  context: ReadContext
  properties: Properties
  property: Property
}): Condition | null {
  const { reader } = context
  const source = SOURCE_PROPERTIES.map((name) => properties.get(name)).find((found) => found !== undefined)
  if (source !== undefined) {
    return reader.fail({ at: source.key, message: '`ForDateRange` looks at the date of the charge, and at no source' })
  }
  const range = reader.map({ cursor: property, what: '`From` and `Until`, the first and the last day' })
  if (range === null) return null
  reader.checkNames({ properties: range, known: ['From', 'Until'], owner: '`ForDateRange`' })
  const from = readLimit({ context, property: range.get('From') })
  const until = readLimit({ context, property: range.get('Until') })
  if (!range.has('From') && !range.has('Until')) {
    return reader.fail({ at: property.key, message: '`ForDateRange` needs `From`, `Until` or both' })
  }
  if (from !== null && until !== null && until.end <= from.start) {
    return reader.fail({ at: until.at, message: `\`Until\` (${until.value}) is before \`From\` (${from.value})` })
  }
  return { type: 'ForDateRange', from, until, at: cursor.at }
}

function readLimit({
  context: { reader },
  property,
}: {
  context: ReadContext
  property: Property | undefined
}): Moment | null {
  if (property === undefined) return null
  const text = reader.text({ cursor: property, what: A_DATE })
  if (text === null) return null
  return readMoment(text) ?? reader.fail({ at: text.at, message: `\`${text.value}\` is no date; write ${A_DATE}` })
}

export function readValues({
  property,
  context: { reader },
  isRegex,
}: {
  property: Property
  context: ReadContext
  isRegex: boolean
}): Text[] {
  const values: Text[] = []
  for (const cursor of reader.oneOrMore({ cursor: property, what: 'values' })) {
    // An empty text is no value to a source, so it could never match; and every text contains it.
    const text = reader.text({ cursor, what: 'a value; for lines without one write `HasValue: false`' })
    if (text === null) continue
    const problem = isRegex ? findRegexError(text.value) : null
    if (problem === null) values.push(text)
    else reader.fail({ at: text.at, message: `the regular expression ${problem}` })
  }
  return values
}
