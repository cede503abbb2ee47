import { refuseCombinations } from './parse-allocation-checks'
import { readChoice } from './parse-choice'
import { readConditions } from './parse-condition'
import { readCutoff } from './parse-cutoff'
import { readElements } from './parse-elements'
import { readGaps, readWindow } from './parse-gaps'
import { readRuleAllocation } from './parse-rule-allocation'
import type { ReadContext } from './parse-source'
import { readStreams } from './parse-streams'
import type { Properties, Property } from './reader'
import type { AllocationDimension } from './tree'

export const ALLOCATIONS = ['AllocateByStreams', 'AllocateByRules'] as const
export const ALLOCATION_PROPERTIES = [
  ...ALLOCATIONS,
  'ElementCutoff',
  'Window',
  'Gaps',
  'Elements',
  'SetApart',
  'Mutual',
] as const

const MUTUAL = ['Reciprocal', 'StepDown', 'Direct'] as const

type Allocation = Pick<
  AllocationDimension,
  'allocation' | 'elementCutoff' | 'window' | 'gaps' | 'elements' | 'setApart' | 'mutual'
>

interface Parts {
  context: ReadContext
  property: Property
  properties: Properties
}

/** Reads what an Allocation dimension has beside the properties of every dimension; null where it cannot be split. */
export function readAllocation({ context, property, properties }: Parts): Allocation | null {
  const { reader } = context
  const split = readSplit({ context, property, properties })
  const cutoffProperty = properties.get('ElementCutoff') ?? split?.cutoff
  const windowProperty = properties.get('Window')
  const gapsProperty = properties.get('Gaps')
  const elementsProperty = properties.get('Elements')
  const setApart = properties.get('SetApart')
  const mutualProperty = properties.get('Mutual')
  const elementCutoff = cutoffProperty ? readCutoff({ reader, cursor: cutoffProperty }) : null
  const window = windowProperty ? readWindow({ reader, cursor: windowProperty }) : null
  const gaps = gapsProperty ? readGaps({ context, cursor: gapsProperty }) : []
  const rest = {
    elementCutoff,
    window: window ?? { type: 'SameBucket' as const },
    elements: elementsProperty ? readElements({ reader, cursor: elementsProperty }) : [],
    setApart: setApart ? readConditions({ cursor: setApart, context, inherited: null }) : [],
    mutual: mutualProperty
      ? readChoice({ reader, cursor: mutualProperty, choices: MUTUAL, what: 'way to share among pools' })
      : null,
  }
  if (split?.allocation == null) return null
  const { allocation } = split
  refuseCombinations({ reader, properties, cutoff: cutoffProperty, allocation, gaps, ...rest })
  return { allocation, gaps: gaps.map(({ policy }) => policy), ...rest }
}

/** What the pool is split by, and the cutoff that stands inside of it. */
function readSplit({
  context,
  property,
  properties,
}: Parts): { allocation: Allocation['allocation'] | null; cutoff: Property | undefined } | null {
  const { reader } = context
  const [form, other] = ALLOCATIONS.flatMap((name) => {
    const cursor = properties.get(name)
    return cursor ? [{ name, cursor }] : []
  })
  if (form === undefined) {
    const message = 'an Allocation dimension needs `AllocateByStreams` or `AllocateByRules`'
    return reader.fail({ at: property.key, message })
  }
  if (other) {
    const message = `\`${other.name}\` stands in place of \`${form.name}\`: write one of them`
    reader.fail({ at: other.cursor.key, message })
  }
  const isStreams = form.name === 'AllocateByStreams'
  const what = isStreams ? '`Streams` and their names' : '`AllocationMethod`, `SpendToAllocate` and `AcrossElements`'
  const inner = reader.map({ cursor: form.cursor, what })
  if (inner === null) return null
  const cutoff = inner.get('ElementCutoff')
  if (cutoff && properties.has('ElementCutoff')) {
    reader.fail({ at: cutoff.key, message: '`ElementCutoff` is there twice: the dimension has one of its own' })
  }
  const scope = { context, property: form.cursor, properties: inner }
  return { allocation: isStreams ? readStreams(scope) : readRuleAllocation(scope), cutoff }
}
