import { ALLOCATION_PROPERTIES, ALLOCATIONS, readAllocation } from './parse-allocation'
import { readChild, readOverride } from './parse-links'
import { RULE_FORMS, readRuleForm } from './parse-rule-forms'
import { type ReadContext, readSources, SOURCE_PROPERTIES } from './parse-source'
import type { Properties, Property } from './reader'
import type { Dimension, Rule, SourceSet } from './tree'

const DIMENSION_TYPES = ['Grouping', 'Allocation'] as const
const COMMON = ['Name', 'Type', 'Hide', 'Disable', 'Child', 'Override', 'DefaultValue'] as const
const OWN = { Grouping: [...RULE_FORMS, ...SOURCE_PROPERTIES], Allocation: ALLOCATION_PROPERTIES } as const
const OTHER = { Grouping: 'Allocation', Allocation: 'Grouping' } as const
const OWNERS = { Grouping: 'a Grouping dimension', Allocation: 'an Allocation dimension' } as const

interface DimensionParts {
  context: ReadContext
  id: string
  property: Property
}

/** Reads one dimension; null where it can be no dimension at all. What is wrong with it is reported. */
export function readDimension({ context, id, property }: DimensionParts): Dimension | null {
  const { reader } = context
  const properties = reader.map({ cursor: property, what: 'a dimension with its `Rules` or its `AllocateByStreams`' })
  if (properties === null) return null
  const type = readType({ context, properties })
  if (type === null) return null
  checkProperties({ context, properties, type })
  const base = { id, ...readCommon({ context, id, property, properties }), at: property.key }
  if (type === 'Allocation') {
    const allocation = readAllocation({ context, properties, property })
    return allocation === null ? null : { ...base, type, ...allocation }
  }
  const sources = readSources({ context, properties, inherited: null })
  const rules = readDimensionRules({ context, property, properties, sources })
  return { ...base, type, sources, rules, elementCutoff: null }
}

function readDimensionRules({
  context,
  property,
  properties,
  sources,
}: {
  context: ReadContext
  property: Property
  properties: Properties
  sources: SourceSet | null
}): Rule[] {
  const rules = readRuleForm({ context, properties, inherited: sources })
  if (rules !== null) return rules
  // What stands where the rules would be has been reported.
  if (!ALLOCATIONS.some((name) => properties.has(name))) {
    const message = 'a Grouping dimension needs `Rules`, or the shorthand `Groups` or `GroupBy`'
    context.reader.fail({ at: property.key, message })
  }
  return []
}

function checkProperties({
  context: { reader },
  properties,
  type,
}: {
  context: ReadContext
  properties: Properties
  type: Dimension['type']
}): void {
  const misplaced: readonly string[] = OWN[OTHER[type]]
  for (const name of misplaced) {
    const found = properties.get(name)
    if (found) reader.fail({ at: found.key, message: `\`${name}\` needs \`Type: ${OTHER[type]}\`` })
  }
  reader.checkNames({ properties, known: [...COMMON, ...OWN[type], ...misplaced], owner: OWNERS[type] })
}

function readType({ context: { reader }, properties }: { context: ReadContext; properties: Properties }) {
  const property = properties.get('Type')
  if (property === undefined) return 'Grouping'
  const text = reader.text({ cursor: property, what: '`Grouping` or `Allocation`' })
  if (text === null) return null
  const type = DIMENSION_TYPES.find((known) => known === text.value)
  return type ?? reader.fail({ at: text.at, message: `no dimension type \`${text.value}\`: Grouping or Allocation` })
}

function readCommon({ context, id, property, properties }: DimensionParts & { properties: Properties }) {
  const { reader } = context
  const readText = (name: string, what: string) => {
    const found = properties.get(name)
    return found ? reader.text({ cursor: found, what }) : null
  }
  const readFlag = (name: string) => {
    const found = properties.get(name)
    return found ? reader.flag(found) === true : false
  }
  const name = readText('Name', 'the name of the dimension')
  return {
    name: name?.value ?? id,
    nameAt: name?.at ?? property.key,
    hidden: readFlag('Hide'),
    disabled: readFlag('Disable'),
    defaultValue: readText('DefaultValue', 'the name of an element')?.value ?? null,
    child: readChild({ context, properties }),
    override: readOverride({ context, properties, id }),
  }
}
