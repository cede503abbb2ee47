import { isScalar } from 'yaml'
import { readValues } from './parse-condition'
import { readGroupBy } from './parse-rule'
import { RULE_FORMS, readRuleForm } from './parse-rule-forms'
import { hasSourceProperties, type ReadContext, readReference, readSources, SOURCE_PROPERTIES } from './parse-source'
import type { Property } from './reader'
import type { Rule } from './tree'

interface Parts {
  context: ReadContext
  property: Property
}

/**
 * Reads `AcrossElements`: rules in one of their forms, or sources alone, which stand for a GroupBy of them
 * (CloudZero: Allocation Short Form Rules).
 */
export function readAcross(parts: Parts): Rule[] {
  return readElementRules({ ...parts, name: 'AcrossElements', more: [] })
}

/** Reads `ForEachElementOf`: as `AcrossElements`, one source as a text, or sources with the `Values` that count. */
export function readForEach({ context, property }: Parts): Rule[] {
  if (!isScalar(property.node))
    return readElementRules({ context, property, name: 'ForEachElementOf', more: ['Values'] })
  const reference = readReference({ context, cursor: property })
  if (reference === null) return []
  const { at } = reference
  const sources = { references: [reference], coalesce: false, transforms: [], at }
  return [{ type: 'GroupBy', sources, format: [0], conditions: [], at }]
}

function readElementRules({
  context,
  property,
  name,
  more,
}: Parts & { name: string; more: readonly string[] }): Rule[] {
  const { reader } = context
  const properties = reader.map({ cursor: property, what: '`GroupBy`, `Groups` or `Rules`' })
  if (properties === null) return []
  const known = [...RULE_FORMS, ...SOURCE_PROPERTIES, ...more]
  reader.checkNames({ properties, known, owner: `\`${name}\`` })
  const sources = readSources({ context, properties, inherited: null })
  const values = more.includes('Values') ? properties.get('Values') : undefined
  const rules = readRuleForm({ context, properties, inherited: sources })
  if (rules !== null) {
    if (values)
      reader.fail({ at: values.key, message: '`Values` are of a plain `Source`: here conditions choose them' })
    return rules
  }
  if (sources === null) {
    // A source that was written and could not be read has been reported.
    if (hasSourceProperties(properties)) return []
    reader.fail({ at: property.key, message: `\`${name}\` needs \`GroupBy\`, \`Groups\` or \`Rules\`` })
    return []
  }
  const rule = readGroupBy({ context, properties, sources, at: property.at })
  if (rule === null || values === undefined) return rule === null ? [] : [rule]
  const only = readValues({ property: values, context, isRegex: false })
  return [{ ...rule, conditions: [{ type: 'Equals', sources, values: only, at: values.key }] }]
}
