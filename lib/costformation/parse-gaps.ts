import { isMap } from 'yaml'
import { readChoice } from './parse-choice'
import { readCount } from './parse-number'
import { readRuleAllocation } from './parse-rule-allocation'
import type { ReadContext } from './parse-source'
import type { Cursor, Properties, Property, Reader } from './reader'
import type { AllocationWindow, GapPolicy, Place } from './tree'

const WINDOWS = ['SameBucket', 'PreviousMonth'] as const
const POLICIES = ['Unallocated', 'Even'] as const
const A_WINDOW = 'SameBucket, PreviousMonth or `{LastDays: 30}`'
const A_POLICY = 'Unallocated, Even, `{Carry: 24}` or `{Next: …}`'

const MAX_DAYS = 366
const MAX_BUCKETS = 1000

/** The one property of a map that may have only one of them. */
function only({
  reader,
  properties,
  known,
  owner,
  what,
  at,
}: {
  reader: Reader
  properties: Properties
  known: readonly string[]
  owner: string
  what: string
  at: Place
}): { name: string; property: Property } | null {
  reader.checkNames({ properties, known, owner })
  const [found, second] = [...properties].filter(([name]) => known.includes(name))
  if (second) return reader.fail({ at: second[1].key, message: `${owner} is one of ${what}` })
  if (found) return { name: found[0], property: found[1] }
  return properties.size > 0 ? null : reader.fail({ at, message: `expected ${what}; it is an empty map` })
}

/** Reads `Window`; null where it could not be. */
export function readWindow({ reader, cursor }: { reader: Reader; cursor: Cursor }): AllocationWindow | null {
  if (!isMap(cursor.node)) {
    const text = reader.text({ cursor, what: A_WINDOW })
    if (text?.value === 'LastDays') {
      return reader.fail({ at: text.at, message: '`LastDays` needs a number of days: `{LastDays: 30}`' })
    }
    const type = text && readChoice({ reader, cursor, choices: WINDOWS, what: 'window', all: A_WINDOW })
    return type ? { type } : null
  }
  const properties = reader.map({ cursor, what: A_WINDOW })
  if (properties === null) return null
  const found = only({ reader, properties, known: ['LastDays'], owner: '`Window`', what: A_WINDOW, at: cursor.at })
  if (found === null) return null
  const days = readCount({ reader, cursor: found.property, what: 'a number of days', most: MAX_DAYS })
  return days === null ? null : { type: 'LastDays', days }
}

export interface PlacedPolicy {
  policy: GapPolicy
  at: Place
}

/** Reads `Gaps`: one policy, or several that are tried in order. */
export function readGaps({ context, cursor }: { context: ReadContext; cursor: Cursor }): PlacedPolicy[] {
  const { reader } = context
  const placed = reader.oneOrMore({ cursor, what: 'policies' }).flatMap((item) => {
    const policy = readPolicy({ context, cursor: item })
    return policy === null ? [] : [{ policy, at: item.at }]
  })
  const seen = new Set<GapPolicy['type']>()
  for (const [index, { policy, at }] of placed.entries()) {
    const before = placed[index - 1]?.policy
    if (before && endsAll(before)) {
      const name = before.type === 'Next' ? '`Next` by `Fixed`' : '`Unallocated`'
      reader.fail({ at, message: `nothing is tried after ${name}, which leaves no gap: put it last` })
    } else if (policy.type !== 'Next' && seen.has(policy.type)) {
      reader.fail({ at, message: `\`${policy.type}\` is listed twice` })
    }
    seen.add(policy.type)
  }
  return placed
}

function endsAll(policy: GapPolicy): boolean {
  return policy.type === 'Unallocated' || (policy.type === 'Next' && policy.rules.method === 'Fixed')
}

function readPolicy({ context, cursor }: { context: ReadContext; cursor: Cursor }): GapPolicy | null {
  const { reader } = context
  if (!isMap(cursor.node)) {
    const text = reader.text({ cursor, what: A_POLICY })
    if (text?.value === 'Carry' || text?.value === 'Next') {
      const example = text.value === 'Carry' ? '`{Carry: 24}`, a number of buckets' : '`{Next: {AllocationMethod: …}}`'
      return reader.fail({ at: text.at, message: `\`${text.value}\` is a map: ${example}` })
    }
    const type = text && readChoice({ reader, cursor, choices: POLICIES, what: 'gap policy', all: A_POLICY })
    return type ? { type } : null
  }
  const properties = reader.map({ cursor, what: A_POLICY })
  if (properties === null) return null
  const known = ['Carry', 'Next']
  const found = only({ reader, properties, known, owner: 'a gap policy', what: A_POLICY, at: cursor.at })
  if (found === null) return null
  const { name, property } = found
  if (name === 'Carry') {
    const buckets = readCount({ reader, cursor: property, what: 'a number of buckets', most: MAX_BUCKETS })
    return buckets === null ? null : { type: 'Carry', buckets }
  }
  const inner = reader.map({ cursor: property, what: '`AllocationMethod` and `AcrossElements`' })
  const rules = inner && readRuleAllocation({ context, property, properties: inner, isNext: true })
  return rules === null ? null : { type: 'Next', rules }
}
