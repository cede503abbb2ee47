import { readAcross, readForEach } from './parse-across'
import { readConditions } from './parse-condition'
import { type Method, readMethod } from './parse-method'
import { type ReadContext, readSources, SOURCE_PROPERTIES } from './parse-source'
import type { Properties, Property } from './reader'
import type { RuleAllocation } from './tree'

const PROPERTIES = [
  'AllocationMethod',
  'SpendToAllocate',
  'AcrossElements',
  'ForEachElementOf',
  'ElementCutoff',
] as const

interface Parts {
  context: ReadContext
  property: Property
  properties: Properties
  /** Whether it stands under `Next`, where it has neither a pool nor a cutoff of its own. */
  isNext?: boolean
}

/** Reads the properties of `AllocateByRules`, or of what `Next` has in its place. */
export function readRuleAllocation({ context, property, properties, isNext = false }: Parts): RuleAllocation | null {
  const { reader } = context
  reader.checkNames({ properties, known: PROPERTIES, owner: isNext ? '`Next`' : '`AllocateByRules`' })
  const owner = isNext ? 'Next' : 'AllocateByRules'
  const methodProperty = properties.get('AllocationMethod')
  if (methodProperty === undefined) {
    const message = `\`${owner}\` needs \`AllocationMethod\`: Proportional, Even or Fixed`
    reader.fail({ at: property.key, message })
  }
  const method = methodProperty ? readMethod({ reader, property: methodProperty }) : null
  const parts = { context, property, properties, isNext, owner }
  const spendToAllocate = readSpend(parts)
  const elements = readElements({ ...parts, method })
  if (method === null || spendToAllocate === null) return null
  return { type: 'AllocateByRules', ...method, spendToAllocate, ...elements, at: property.key }
}

function readSpend({
  context,
  property,
  properties,
  isNext,
}: Required<Parts>): RuleAllocation['spendToAllocate'] | null {
  const { reader } = context
  const found = properties.get('SpendToAllocate')
  if (isNext) {
    for (const name of ['SpendToAllocate', 'ElementCutoff']) {
      const own = properties.get(name)
      if (own) reader.fail({ at: own.key, message: `\`Next\` fills gaps: its \`${name}\` is the dimension’s own` })
    }
    return { sources: null, conditions: [] }
  }
  if (found === undefined) {
    return reader.fail({ at: property.key, message: '`AllocateByRules` needs `SpendToAllocate`: the pool' })
  }
  const inner = reader.map({ cursor: found, what: '`Conditions`, which choose the pool' })
  if (inner === null) return null
  reader.checkNames({ properties: inner, known: [...SOURCE_PROPERTIES, 'Conditions'], owner: '`SpendToAllocate`' })
  const sources = readSources({ context, properties: inner, inherited: null })
  const conditions = inner.get('Conditions')
  if (conditions === undefined) {
    return reader.fail({ at: found.key, message: '`SpendToAllocate` needs `Conditions`: which costs are the pool' })
  }
  return { sources, conditions: readConditions({ cursor: conditions, context, inherited: sources }) }
}

/** `method` null: it could not be read, and so forbids and requires nothing. */
function readElements({
  context,
  property,
  properties,
  owner,
  method,
}: Parts & { owner: string; method: Method | null }): Pick<RuleAllocation, 'acrossElements' | 'forEachElementOf'> {
  const { reader } = context
  const across = properties.get('AcrossElements')
  const forEach = properties.get('ForEachElementOf')
  if (forEach && method && method.method !== 'Proportional') {
    reader.fail({ at: forEach.key, message: `\`ForEachElementOf\` needs \`Proportional\`, not \`${method.method}\`` })
  }
  if (across && method?.method === 'Fixed') {
    reader.fail({
      at: across.key,
      message: '`Fixed` names its elements with their weights: leave `AcrossElements` out',
    })
  }
  if (!across && method && method.method !== 'Fixed') {
    reader.fail({ at: property.key, message: `\`${owner}\` needs \`AcrossElements\`: who gets a part` })
  }
  return {
    acrossElements: across ? readAcross({ context, property: across }) : [],
    forEachElementOf: forEach ? readForEach({ context, property: forEach }) : [],
  }
}
