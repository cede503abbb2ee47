import { readConditions } from './parse-condition'
import { type ReadContext, readSources, SOURCE_PROPERTIES, SOURCE_PROPERTIES_NOT_BUILT } from './parse-source'
import type { Cursor, Properties, Property } from './reader'
import type { GroupByRule, GroupRule, Place, Rule, SourceSet } from './tree'

const RULE_TYPES = ['Group', 'GroupBy'] as const
const PROPERTIES = {
  Group: ['Type', 'Name', 'Conditions', ...SOURCE_PROPERTIES],
  GroupBy: ['Type', 'Format', 'Conditions', ...SOURCE_PROPERTIES],
} as const

interface RuleParts {
  context: ReadContext
  properties: Properties
  /** The rule's own source set, or the dimension's. */
  sources: SourceSet | null
  at: Place
}

/** Reads `Rules`; those that cannot be read are reported and left out. */
export function readRules({
  cursor,
  context,
  inherited,
}: {
  cursor: Cursor
  context: ReadContext
  inherited: SourceSet | null
}): Rule[] {
  const items = context.reader.list({ cursor, what: 'rules' }) ?? []
  return items.flatMap((item) => readRule({ cursor: item, context, inherited }) ?? [])
}

function readRule({
  cursor,
  context,
  inherited,
}: {
  cursor: Cursor
  context: ReadContext
  inherited: SourceSet | null
}): Rule | null {
  const { reader } = context
  const properties = reader.map({ cursor, what: 'a rule with its `Type`' })
  if (properties === null) return null
  const type = readRuleType({ context, properties, at: cursor.at })
  if (type === null) return null
  const notBuilt = SOURCE_PROPERTIES_NOT_BUILT
  reader.checkNames({ properties, known: PROPERTIES[type], notBuilt, owner: `a ${type} rule` })
  const sources = readSources({ context, properties, inherited })
  const parts = { context, properties, sources, at: cursor.at }
  return type === 'Group' ? readGroup(parts) : readGroupBy(parts)
}

function readRuleType({
  context: { reader },
  properties,
  at,
}: {
  context: ReadContext
  properties: Properties
  at: Place
}): (typeof RULE_TYPES)[number] | null {
  const property = properties.get('Type')
  if (property === undefined) return reader.fail({ at, message: 'the rule needs a `Type`: Group or GroupBy' })
  const text = reader.text({ cursor: property, what: '`Group` or `GroupBy`' })
  if (text === null) return null
  if (text.value === 'Metadata') return reader.fail({ at: text.at, message: '`Metadata` is not built yet' })
  const type = RULE_TYPES.find((known) => known === text.value)
  return type ?? reader.fail({ at: text.at, message: `no rule type \`${text.value}\`: Group or GroupBy` })
}

function readGroup({ context, properties, sources, at }: RuleParts): GroupRule | null {
  const { reader } = context
  const nameProperty = properties.get('Name')
  const conditionsProperty = properties.get('Conditions')
  if (nameProperty === undefined) reader.fail({ at, message: 'a Group rule needs a `Name`: its element' })
  if (conditionsProperty === undefined) reader.fail({ at, message: 'a Group rule needs `Conditions`' })
  const name = nameProperty && reader.text({ cursor: nameProperty, what: 'the name of an element' })
  const conditions = conditionsProperty && readConditions({ cursor: conditionsProperty, context, inherited: sources })
  if (!name || !conditions) return null
  return { type: 'Group', name, conditions, at }
}

function readGroupBy({ context, properties, sources, at }: RuleParts): GroupByRule | null {
  const { reader } = context
  const conditionsProperty = properties.get('Conditions')
  const conditions = conditionsProperty
    ? readConditions({ cursor: conditionsProperty, context, inherited: sources })
    : []
  if (sources === null)
    return reader.fail({ at, message: 'a GroupBy rule needs a `Source`, its own or its dimension’s' })
  const count = sources.references.length
  const formatProperty = properties.get('Format')
  const format = formatProperty
    ? readFormat({ context, property: formatProperty, count })
    : Array.from({ length: count }, (_, index) => (index === 0 ? [index] : [' ', index])).flat()
  return { type: 'GroupBy', sources, format, conditions, at }
}

/** `{0}` is the first source. A brace that is not around a number is literal text. */
function readFormat({
  context: { reader },
  property,
  count,
}: {
  context: ReadContext
  property: Property
  count: number
}): (string | number)[] {
  const text = reader.text({ cursor: property, what: 'a format such as `{0} ({1})`' })
  if (text === null) return []
  const pieces = text.value.split(/\{(\d+)\}/)
  const format = pieces.map((piece, index) => (index % 2 === 1 ? Number(piece) : piece)).filter((part) => part !== '')
  for (const part of format) {
    if (typeof part === 'number' && part >= count) {
      const range = count === 1 ? 'only {0}' : `{0} to {${count - 1}}`
      reader.fail({ at: text.at, message: `\`{${part}}\` has no source: there is ${range}` })
    }
  }
  if (!format.some((part) => typeof part === 'number')) {
    reader.fail({ at: text.at, message: 'the format uses no source: write `{0}` for the first' })
  }
  return format
}
