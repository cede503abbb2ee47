import type { StreamGranularity } from '../contract/streams'
import { type FilterKey, parseFilterKey } from '../costformation/source'
import type { AllocationDimension, AllocationWindow, RuleAllocation } from '../costformation/tree'
import { acrossId, forEachId, poolConditions, poolId, setApartId } from './hidden-dimensions'

/** A stream as a plan needs it. */
export interface PlanStream {
  id: number
  name: string
  granularity: StreamGranularity
  filterKeys: string[]
}

export type Gap = '' | 'carry' | 'even' | 'next'

/** Where a driver's values stand. */
export type DriverSource =
  /** The stream's telemetry; `keys`: which of the plan's keys its filters ask, in their order. */
  | { kind: 'telemetry'; stream: PlanStream; keys: readonly number[] }
  /** Every element that the stream has ever named for a matching filter, each as much as the others. */
  | { kind: 'named'; stream: PlanStream; keys: readonly number[] }
  /** What a rule has computed. */
  | RulesSource

export interface RulesSource {
  kind: 'rules'
  rules: RuleAllocation
  /** Its values' number among the plan's. */
  rule: number
  /** The dimension that gives the elements of AcrossElements. */
  across: string
  granularity: StreamGranularity
  /** The dimension that gives the partitions of ForEachElementOf. */
  partition: string
  /** The key that tells the partitions of ForEachElementOf apart. */
  part: number | null
  /** The key that holds the billing month, where the values are those of bills. */
  month: number | null
}

/** One thing that cost may be split by. Of those that have weights for a row the one of the lowest rank takes it. */
export interface Driver {
  /** From 1. */
  rank: number
  gap: Gap
  source: DriverSource
  window: AllocationWindow
  /** With `carry`: how many buckets back the last ratios may lie. */
  carry: number
}

/** What tells rows apart that are split by different weights. */
export type PlanKey =
  | { kind: 'dimension'; id: string }
  | { kind: 'filter'; key: FilterKey }
  /** The month of the bill that holds the line, as `2024-09-01`. */
  | { kind: 'billingMonth' }

export interface SplitPlan {
  dimension: AllocationDimension
  keys: PlanKey[]
  /** Which key says that a row is in the pool; null: whether a stream's filter matches says it. */
  pool: number | null
  /** Which key says that a row is set apart. */
  setApart: number | null
  /** Tried for every row. */
  drivers: Driver[]
  /** Tried, in order, for rows that none of these has weights for. */
  fallbacks: Driver[]
}

/** Of the values that make every element of a rule's month equal. */
const EVEN_RULE = 1000

const GRANULARITY = { UsageDaily: 'DAILY', UsageMonthly: 'MONTHLY', BillingPeriod: 'MONTHLY' } as const

/** The keys of a plan as they are found, each once. */
class Keys {
  readonly list: PlanKey[] = []
  readonly #places = new Map<string, number>()

  place(key: PlanKey): number {
    const text = JSON.stringify(key)
    const known = this.#places.get(text)
    if (known !== undefined) return known
    const place = this.list.length
    this.list.push(key)
    this.#places.set(text, place)
    return place
  }
}

function filterKey(text: string): FilterKey {
  const key = parseFilterKey(text)
  // A key that cannot be read has no value on any line, as a dimension that does not exist.
  return 'error' in key ? { kind: 'dimensionName', name: '' } : key
}

/** How a dimension splits: what it asks of each row, and what it goes by. Streams without granularity are left out. */
export function planSplit({
  dimension,
  streams,
}: {
  dimension: AllocationDimension
  streams: ReadonlyMap<string, PlanStream>
}): SplitPlan {
  const keys = new Keys()
  const { allocation, gaps, window } = dimension
  const conditions = poolConditions(dimension)
  const pool = conditions && conditions.length > 0 ? keys.place({ kind: 'dimension', id: poolId(dimension.id) }) : null
  const setApart =
    dimension.setApart.length > 0 ? keys.place({ kind: 'dimension', id: setApartId(dimension.id) }) : null
  const own = allocation.type === 'AllocateByStreams' ? allocation.streams : []
  const known = own.map(({ value }) => streams.get(value))
  const ofStream = (stream: PlanStream) => ({
    stream,
    keys: stream.filterKeys.map((text) => keys.place({ kind: 'filter', key: filterKey(text) })),
  })
  const ofRules = (rules: RuleAllocation, place: number): RulesSource => ({
    kind: 'rules',
    rules,
    rule: place,
    across: acrossId(dimension.id, place),
    partition: forEachId(dimension.id, place),
    granularity: rules.method === 'Fixed' ? 'MONTHLY' : GRANULARITY[rules.granularity],
    part:
      rules.forEachElementOf.length > 0 ? keys.place({ kind: 'dimension', id: forEachId(dimension.id, place) }) : null,
    month: rules.granularity === 'BillingPeriod' ? keys.place({ kind: 'billingMonth' }) : null,
  })
  const drivers: Driver[] = known.flatMap((stream, index) =>
    stream ? [{ rank: index + 1, gap: '', source: { kind: 'telemetry', ...ofStream(stream) }, window, carry: 0 }] : [],
  )
  if (allocation.type === 'AllocateByRules') {
    drivers.push({ rank: 1, gap: '', source: ofRules(allocation, 0), window, carry: 0 })
  }
  const first = Math.max(1, own.length) + 1
  const fallbacks: Driver[] = []
  for (const [index, gap] of gaps.entries()) {
    if (gap.type === 'Unallocated') break
    const rank = () => first + fallbacks.length
    if (gap.type === 'Next') {
      fallbacks.push({ rank: rank(), gap: 'next', source: ofRules(gap.rules, index + 1), window, carry: 0 })
      continue
    }
    for (const { source } of drivers) {
      if (gap.type === 'Carry') fallbacks.push({ rank: rank(), gap: 'carry', source, window, carry: gap.buckets })
      else if (source.kind === 'telemetry') {
        fallbacks.push({ rank: rank(), gap: 'even', source: { ...source, kind: 'named' }, window, carry: 0 })
      } else if (source.kind === 'rules') {
        const rules: RuleAllocation = { ...source.rules, method: 'Even', granularity: 'UsageMonthly' }
        fallbacks.push({
          ...{ rank: rank(), gap: 'even', window: { type: 'SameBucket' }, carry: 0 },
          source: { ...source, rules, rule: EVEN_RULE, granularity: 'MONTHLY', month: null },
        })
      }
    }
  }
  return { dimension, keys: keys.list, pool, setApart, drivers, fallbacks }
}

/** Whether weights pass through TypeScript before cost is split by them: adjusted, cut off, limited, handed on. */
export function isShaped({ dimension }: SplitPlan): boolean {
  const { allocation, elementCutoff, elements, mutual } = dimension
  return (
    elementCutoff !== null ||
    elements.length > 0 ||
    mutual !== null ||
    (allocation.type === 'AllocateByStreams' && allocation.rate !== null)
  )
}
