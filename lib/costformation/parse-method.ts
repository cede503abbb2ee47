import { isMap } from 'yaml'
import { toUnits } from '../units'
import { readChoice } from './parse-choice'
import { HUNDRED, readDecimal } from './parse-number'
import type { Properties, Property, Reader } from './reader'
import type { RuleAllocation } from './tree'

export type Method = Pick<RuleAllocation, 'method' | 'fixed' | 'granularity' | 'costType'>

const METHODS = ['Proportional', 'Even', 'Fixed'] as const
const GRANULARITIES = ['UsageDaily', 'UsageMonthly', 'BillingPeriod'] as const
const COST_TYPES = [
  'RealCost',
  'BilledCost',
  'DiscountedCost',
  'AmortizedCost',
  'DiscountedAmortizedCost',
  'OnDemandCost',
  'UsageAmount',
] as const
const WEIGHTS = ['Weights', 'Percentages'] as const
const DEFAULTS = { granularity: 'UsageDaily', costType: 'RealCost' } as const

/** Reads `AllocationMethod`: the word alone, or a map with what belongs to it. */
export function readMethod({ reader, property }: { reader: Reader; property: Property }): Method | null {
  if (isMap(property.node)) return readMethodMap({ reader, property })
  const method = readChoice({ reader, cursor: property, choices: METHODS, what: 'allocation method' })
  if (method === 'Fixed') {
    const message = '`Fixed` needs its weights: `{Method: Fixed, Weights: {A: 1, B: 2}}`, or `Percentages`'
    return reader.fail({ at: property.at, message })
  }
  return method === null ? null : { method, fixed: null, ...DEFAULTS }
}

function readMethodMap({ reader, property }: { reader: Reader; property: Property }): Method | null {
  const properties = reader.map({ cursor: property, what: '`Method`' })
  if (properties === null) return null
  const known = ['Method', 'Granularity', 'CostType', ...WEIGHTS]
  reader.checkNames({ properties, known, owner: '`AllocationMethod`' })
  const methodProperty = properties.get('Method')
  if (methodProperty === undefined) {
    return reader.fail({ at: property.at, message: '`AllocationMethod` needs `Method`: Proportional, Even or Fixed' })
  }
  const method = readChoice({ reader, cursor: methodProperty, choices: METHODS, what: 'allocation method' })
  const granularity = readOptional({
    reader,
    property: properties.get('Granularity'),
    choices: GRANULARITIES,
    what: 'granularity',
  })
  const costType = readOptional({
    reader,
    property: properties.get('CostType'),
    choices: COST_TYPES,
    what: 'cost type',
  })
  if (method === null) return null
  refuseStrangers({ reader, properties, method })
  const fixed = method === 'Fixed' ? readFixed({ reader, properties, property }) : null
  return { method, fixed, granularity: granularity ?? DEFAULTS.granularity, costType: costType ?? DEFAULTS.costType }
}

function readOptional<Choice extends string>({
  reader,
  property,
  choices,
  what,
}: {
  reader: Reader
  property: Property | undefined
  choices: readonly Choice[]
  what: string
}): Choice | null {
  return property ? readChoice({ reader, cursor: property, choices, what }) : null
}

/** What says nothing with a method. */
function refuseStrangers({
  reader,
  properties,
  method,
}: {
  reader: Reader
  properties: Properties
  method: Method['method']
}): void {
  const refuse = (name: string, why: string) => {
    const found = properties.get(name)
    if (found) reader.fail({ at: found.key, message: `\`${name}\` says nothing with \`${method}\`: ${why}` })
  }
  if (method !== 'Fixed') {
    for (const name of WEIGHTS) refuse(name, 'it needs `Method: Fixed`')
  } else refuse('Granularity', 'its weights are the same at all times')
  if (method !== 'Proportional') refuse('CostType', 'it does not go by cost')
}

/** `Weights` of any sum above 0, or `Percentages` that come to at most 100. */
function readFixed({
  reader,
  properties,
  property,
}: {
  reader: Reader
  properties: Properties
  property: Property
}): Method['fixed'] {
  const [found, second] = WEIGHTS.flatMap((name) => {
    const cursor = properties.get(name)
    return cursor ? [{ name, cursor }] : []
  })
  if (found === undefined) {
    return reader.fail({ at: property.at, message: '`Fixed` needs `Weights` or `Percentages`: what each element gets' })
  }
  if (second) reader.fail({ at: second.cursor.key, message: 'write either `Weights` or `Percentages`, not both' })
  const { name, cursor } = found
  const isPercent = name === 'Percentages'
  const named = reader.map({ cursor, what: 'the names of elements, each with a number' })
  if (named === null) return null
  let sum = 0n
  let failures = 0
  const weights = [...named].flatMap(([value, weight]) => {
    if (value === '') return reader.fail({ at: weight.key, message: 'an element needs a name' }) ?? []
    const what = isPercent ? 'a percentage from 0 to 100' : 'a weight from 0 on'
    const isAllowed = (units: bigint) => !isPercent || units <= HUNDRED
    const number = readDecimal({ reader, cursor: weight, what, isAllowed })
    if (number === null) {
      failures += 1
      return []
    }
    const before = sum
    sum += toUnits(number.value)
    if (isPercent && before <= HUNDRED && sum > HUNDRED) {
      reader.fail({ at: number.at, message: 'the percentages come to more than 100 with this one' })
    }
    return [{ element: { value, at: weight.key }, value: number.value }]
  })
  if (sum === 0n && failures === 0) {
    return reader.fail({ at: cursor.at, message: `\`${name}\` need at least one element with more than 0` })
  }
  return { weights, isPercent }
}
