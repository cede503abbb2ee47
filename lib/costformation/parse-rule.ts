import { readConditions } from './parse-condition'
import { readFormat } from './parse-format'
import { readMetadataValues } from './parse-metadata'
import { hasSourceProperties, type ReadContext, readSources, SOURCE_PROPERTIES } from './parse-source'
import type { Cursor, Properties } from './reader'
import type { Condition, GroupByRule, GroupRule, MetadataRule, Place, Rule, SourceSet, Text } from './tree'

const RULE_TYPES = ['Group', 'GroupBy', 'Metadata'] as const
type RuleType = (typeof RULE_TYPES)[number]
const TYPE_NAMES = 'Group, GroupBy or Metadata'
const PROPERTIES = {
  Group: ['Name', 'Conditions', ...SOURCE_PROPERTIES],
  GroupBy: ['Format', 'Conditions', ...SOURCE_PROPERTIES],
  Metadata: ['Values', 'Format', 'Conditions', ...SOURCE_PROPERTIES],
} as const satisfies Record<RuleType, readonly string[]>

interface RuleParts {
  context: ReadContext
  properties: Properties
  /** The rule's own source set, or the dimension's. */
  sources: SourceSet | null
  at: Place
}

interface RuleScope {
  cursor: Cursor
  context: ReadContext
  /** The dimension's source set. */
  inherited: SourceSet | null
}

/** Reads `Rules`; those that cannot be read are reported and left out. */
export function readRules({ cursor, context, inherited }: RuleScope): Rule[] {
  const items = context.reader.list({ cursor, what: 'rules' }) ?? []
  return items.flatMap((item) => readRule({ cursor: item, context, inherited }) ?? [])
}

/** Reads the shorthand `Groups`: the conditions of each element by its name, in their order. */
export function readGroups({ cursor, context, inherited }: RuleScope): Rule[] {
  const { reader } = context
  const groups = reader.map({ cursor, what: 'the names of elements, each with its conditions' })
  if (groups === null) return []
  if (groups.size === 0) reader.fail({ at: cursor.at, message: '`Groups` needs at least one element' })
  return [...groups].flatMap(([value, property]) => {
    if (value === '') return reader.fail({ at: property.key, message: 'an element needs a name' }) ?? []
    const conditions = readConditions({ cursor: property, context, inherited })
    return { type: 'Group', name: { value, at: property.key }, conditions, at: property.key } as const
  })
}

/** Reads the shorthand `GroupBy`: the one rule of a dimension, without its type. */
export function readGroupByShorthand({ cursor, context, inherited }: RuleScope): Rule[] {
  const { reader } = context
  const properties = reader.map({ cursor, what: 'a GroupBy rule, such as `Source: Service`' })
  if (properties === null) return []
  reader.checkNames({ properties, known: PROPERTIES.GroupBy, owner: '`GroupBy`' })
  const sources = readSources({ context, properties, inherited })
  return [readGroupBy({ context, properties, sources, at: cursor.at }) ?? []].flat()
}

function readRule({ cursor, context, inherited }: RuleScope): Rule | null {
  const { reader } = context
  const properties = reader.map({ cursor, what: 'a rule with its `Type`' })
  if (properties === null) return null
  const type = readRuleType({ context, properties, at: cursor.at })
  if (type === null) return null
  reader.checkNames({ properties, known: ['Type', ...PROPERTIES[type]], owner: `a ${type} rule` })
  const sources = readSources({ context, properties, inherited })
  const parts = { context, properties, sources, at: cursor.at }
  if (type === 'Group') return readGroup(parts)
  return type === 'GroupBy' ? readGroupBy(parts) : readMetadata(parts)
}

function readRuleType({
  context: { reader },
  properties,
  at,
}: {
  context: ReadContext
  properties: Properties
  at: Place
}): RuleType | null {
  const property = properties.get('Type')
  if (property === undefined) return reader.fail({ at, message: `the rule needs a \`Type\`: ${TYPE_NAMES}` })
  const text = reader.text({ cursor: property, what: TYPE_NAMES })
  if (text === null) return null
  const type = RULE_TYPES.find((known) => known === text.value)
  return type ?? reader.fail({ at: text.at, message: `no rule type \`${text.value}\`: ${TYPE_NAMES}` })
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

/** The conditions that a rule may have and need not. */
function readGate({ context, properties, sources }: RuleParts): Condition[] {
  const property = properties.get('Conditions')
  return property ? readConditions({ cursor: property, context, inherited: sources }) : []
}

/** Its own source set or the dimension's; null, and reported, where there is none. */
function requireSources({ parts, type }: { parts: RuleParts; type: RuleType }): SourceSet | null {
  const { context, properties, sources, at } = parts
  if (sources !== null || hasSourceProperties(properties)) return sources
  return context.reader.fail({ at, message: `a ${type} rule needs a \`Source\`, its own or its dimension’s` })
}

/** Reads a GroupBy rule off properties that have been checked. */
export function readGroupBy(parts: RuleParts): GroupByRule | null {
  const { context, properties, at } = parts
  const conditions = readGate(parts)
  const sources = requireSources({ parts, type: 'GroupBy' })
  if (sources === null) return null
  const count = sources.coalesce ? Math.min(sources.references.length, 1) : sources.references.length
  const formatProperty = properties.get('Format')
  const format = formatProperty
    ? readFormat({ context, property: formatProperty, count })
    : Array.from({ length: count }, (_, index) => (index === 0 ? [index] : [' ', index])).flat()
  return { type: 'GroupBy', sources, format, conditions, at }
}

function readMetadata(parts: RuleParts): MetadataRule | null {
  const { context, properties, at } = parts
  const { reader } = context
  const conditions = readGate(parts)
  const sources = requireSources({ parts, type: 'Metadata' })
  const valuesProperty = properties.get('Values')
  if (valuesProperty === undefined) {
    return reader.fail({ at, message: 'a Metadata rule needs `Values`: what to look for' })
  }
  const formatProperty = properties.get('Format')
  const format = formatProperty ? readFormat({ context, property: formatProperty, count: 1 }) : [0]
  const values = readMetadataValues({ cursor: valuesProperty, reader })
  if (sources === null) return null
  const named = (name: Text): Text => ({
    ...name,
    value: format.map((part) => (typeof part === 'number' ? name.value : part)).join(''),
  })
  return {
    type: 'Metadata',
    sources,
    values: values.map(({ name, alternatives }) => ({ name: named(name), alternatives })),
    conditions,
    at,
  }
}
