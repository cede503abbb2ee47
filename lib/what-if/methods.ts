import { planSplit } from '../allocation/split-plan'
import type { Metric } from '../contract/common'
import type { SplitMethod } from '../contract/what-if'
import { dependenciesOf, findCycle, spellCycle } from '../costformation/graph'
import type { AllocationDimension, Definition, Dimension, Rule, RuleAllocation } from '../costformation/tree'
import { streamFilterKeys } from '../definitions/streams'
import { AppError } from '../errors'
import { previousRange } from '../reports/explorer/ranges'
import { findDimension } from '../reports/find-dimension'
import type { PoolRows } from '../runs/compute-split'
import { withTrial } from '../runs/trial'
import { fromUnits } from '../units'
import { Ledger, nameOf } from './ledger'
import { costDays, type WhatIfScope } from './scope'
import { addCells, addStored, type Streams } from './sides'
import { linesOfPool, storedPoolBy } from './stored-pool'
import type { Asked } from './what-if'

const SET_APART = '-set_apart'

/** Own cost is counted by the metric that is asked about, where a rule can. */
const COST_TYPE: Record<Metric, RuleAllocation['costType']> = {
  EffectiveCost: 'RealCost',
  BilledCost: 'BilledCost',
  ListCost: 'OnDemandCost',
  ContractedCost: 'DiscountedCost',
  ConsumedQuantity: 'RealCost',
  PricingQuantity: 'RealCost',
}

/** A split's own Allocation; a method is of nothing else. */
export function requireSplit(dimension: Dimension | null, key: string): AllocationDimension {
  if (dimension?.type === 'Allocation' && !dimension.disabled) return dimension
  throw new AppError(
    'unprocessable',
    `"${dimension?.name ?? key}" splits no cost: a method is of an Allocation dimension.`,
  )
}

/** Dimensions whose elements a split may go by: those that do not come out of it themselves. */
export function possibleDrivers({
  definition,
  split,
  streams,
}: {
  definition: Definition
  split: AllocationDimension
  streams: Streams
}): Dimension[] {
  const keys = streamFilterKeys(streams)
  return definition.dimensions.filter(
    ({ id, disabled }) => !disabled && id !== split.id && !dependenciesOf(definition, id, keys).has(split.id),
  )
}

/** The dimension's elements, each line's own; what has none but its DefaultValue is nobody's. */
function elementsOf(dimension: Dimension, { at }: AllocationDimension): Rule[] {
  const sources = {
    references: [{ source: { kind: 'dimension' as const, id: dimension.id }, at }],
    ...{ coalesce: false, transforms: [], at },
  }
  const { defaultValue } = dimension
  const conditions =
    defaultValue === null
      ? []
      : [
          {
            type: 'Not' as const,
            conditions: [{ type: 'Equals' as const, sources, values: [{ value: defaultValue, at }], at }],
            at,
          },
        ]
  return [{ type: 'GroupBy', sources, format: [0], conditions, at }]
}

function rulesOf({ split, ...rules }: Partial<RuleAllocation> & { split: AllocationDimension }): RuleAllocation {
  return {
    ...{ type: 'AllocateByRules', method: 'Even', fixed: null, granularity: 'UsageMonthly', costType: 'RealCost' },
    ...{ spendToAllocate: { sources: null, conditions: [] }, acrossElements: [], forEachElementOf: [], at: split.at },
    ...rules,
  }
}

function fixedOf(split: AllocationDimension, weights: readonly [element: string, value: string][]): RuleAllocation {
  if (weights.length === 0) {
    throw new AppError('unprocessable', 'The split has no elements with an amount that could be gone by.')
  }
  const { at } = split
  return rulesOf({
    split,
    method: 'Fixed',
    fixed: { isPercent: false, weights: weights.map(([value, weight]) => ({ element: { value, at }, value: weight })) },
  })
}

/** Elements with what they had in as much time before, where it is above zero: keys as they are set for a month ahead. */
export async function sharesBefore({ split, scope }: { split: AllocationDimension; scope: WhatIfScope }) {
  const ledger = new Ledger()
  const before = previousRange(scope)
  await addStored({ ledger, dimension: split, scope: { ...scope, ...before, days: await costDays(before) } })
  return ledger.keys.flatMap((key): [string, string][] => {
    const { element } = nameOf(key)
    return element !== null && ledger.of(key) > 0n ? [[element, fromUnits(ledger.of(key))]] : []
  })
}

async function allocationOf({
  method,
  split,
  now,
  streams,
  scope,
  left,
}: Pick<Asked, 'now' | 'streams' | 'scope'> & {
  method: SplitMethod
  split: AllocationDimension
  left: Ledger
}): Promise<AllocationDimension['allocation']> {
  const { at } = split
  const across = (key: string) => elementsOf(findDimension({ definition: now, key }), split)
  switch (method.type) {
    case 'stream': {
      const { stream } = method
      if (streams.has(stream)) {
        return { type: 'AllocateByStreams', streams: [{ value: stream, at }], rate: null, at }
      }
      throw new AppError('unprocessable', `There is no stream "${stream}" that has sent anything.`)
    }
    case 'even':
      if (method.across !== undefined) return rulesOf({ split, method: 'Even', acrossElements: across(method.across) })
      return fixedOf(
        split,
        left.keys.flatMap((key): [string, string][] => {
          const { element } = nameOf(key)
          return element === null ? [] : [[element, '1']]
        }),
      )
    case 'proportional':
      return rulesOf({
        ...{ split, method: 'Proportional', granularity: method.granularity, costType: COST_TYPE[scope.metric] },
        acrossElements: across(method.across),
      })
    case 'fixed': {
      const weights = method.weights ? Object.entries(method.weights) : await sharesBefore({ split, scope })
      return fixedOf(
        split,
        weights.filter(([, value]) => !/^[0.]+$/.test(value)),
      )
    }
    case 'mutual':
      if (split.allocation.type === 'AllocateByStreams' && split.allocation.rate === null) return split.allocation
      throw new AppError(
        'unprocessable',
        `Pools hand on to each other by the values of a stream; "${split.name}" is not split by a stream’s shares.`,
      )
  }
}

/** A split by another method. The pool is not its own to say: it is that of the stored split. */
async function variantOf(asked: Parameters<typeof allocationOf>[0]): Promise<AllocationDimension> {
  const { split, method } = asked
  const variant = { ...split, allocation: await allocationOf(asked), setApart: [] }
  if (method.type === 'mutual') return { ...variant, mutual: method.mutual }
  return { ...variant, mutual: null, gaps: split.gaps.filter(({ type }) => type !== 'Next') }
}

/** Where the lines of the pool come from: the stored cells, unless the method asks what these do not tell apart. */
function poolRows({
  split,
  variant,
  asked: { now, streams, cells, scope },
}: {
  split: AllocationDimension
  variant: AllocationDimension
  asked: Asked
}): PoolRows {
  const stored = planSplit({ dimension: split, streams }).keys.map((key) => JSON.stringify(key))
  const { keys } = planSplit({ dimension: variant, streams })
  const places = keys.map((key) => stored.indexOf(JSON.stringify(key)))
  const pool = { dimensionId: split.id, cells }
  if (places.every((place) => place >= 0)) return storedPoolBy({ ...pool, places })
  // Rules that fill gaps come last: what they ask does not make the pool.
  const own = planSplit({ dimension: { ...split, gaps: [] }, streams }).keys
  return linesOfPool({ ...pool, definition: now, streams, current: scope.current, keys, own })
}

/**
 * A pool split by another method. The pool is that of the stored split, line by line, so that the sum is the same; what
 * the split sets apart stays so.
 */
export async function tryMethod({
  method,
  left,
  ...asked
}: Asked & { method: SplitMethod; left: Ledger }): Promise<Ledger> {
  const { now, before, streams, scope, cells, signal } = asked
  const split = requireSplit(before, '')
  const variant = await variantOf({ method, split, now, streams, scope, left })
  const definition = {
    dimensions: now.dimensions.map((dimension) => (dimension.id === split.id ? variant : dimension)),
  }
  const cycle = findCycle({ definition, streamFilterKeys: streamFilterKeys(streams) })
  if (cycle) throw new AppError('unprocessable', `Dimensions would depend on each other: ${spellCycle(cycle)}`)
  const others = new Set(definition.dimensions.map(({ id }) => id).filter((id) => id !== split.id))
  const ledger = new Ledger()
  await withTrial(
    {
      ...{ definition, streams, ids: [split.id], days: scope.days, where: scope.current, signal },
      kept: { ids: others, cells },
      rowsOf: poolRows({ split, variant, asked }),
    },
    (tried) => addCells({ ledger, dimension: variant, cells: tried, scope }),
  )
  const apart = left.of(SET_APART)
  if (apart !== 0n) ledger.add({ element: '', reason: 'set_apart', cost: apart })
  return ledger
}
