import type { AllocationDimension, Limit } from '../costformation/tree'
import { toUnits } from '../units'
import { adjustWeights } from './vector/adjust-weights'
import { cutOff } from './vector/cut-off'
import { limitShares } from './vector/limit-shares'
import { rateVector } from './vector/rate'
import { NO_SHARE, type Share, takeOut, withUnclaimed } from './vector/unclaimed'
import { EMPTY_VECTOR, type Vector } from './vector/vector'

/** What is split together, as far as the shaping of its weights asks. */
export interface Shapeable {
  vector: Vector
  /** EffectiveCost, in units of 10^-18. */
  cost: bigint
  /** EffectiveCost of the dimension's pool in the month and currency of the cell, in units of 10^-18. */
  monthCost: bigint
}

export interface Shaped {
  /** With '' for what stays unallocated. */
  vector: Vector
  /** Why a part stays unallocated, or all of it. */
  reason: string
}

const HUNDRED = 100n * 10n ** 18n

/** An amount a month is the same share of everything that is split in the month, so that the month comes to it. */
function shareOf(limit: Limit, monthCost: bigint): Share | null {
  const value = toUnits(limit.value)
  if (limit.type === 'Percent') return { numerator: value, denominator: HUNDRED }
  return monthCost > 0n ? { numerator: value, denominator: monthCost } : null
}

function limitsOf(dimension: AllocationDimension, kind: 'floor' | 'cap', monthCost: bigint): Map<string, Share> {
  const limits = new Map<string, Share>()
  for (const rule of dimension.elements) {
    const limit = rule[kind]
    const share = limit && shareOf(limit, monthCost)
    if (share) limits.set(rule.element.value, share)
  }
  return limits
}

const UNCLAIMED = new Set([''])

/** Factors and exclusions come first: what is handed on between services goes by them. */
export function adjusted(dimension: AllocationDimension, vector: Vector): Vector {
  const factors = new Map(
    dimension.elements.flatMap(({ element, weight }) => (weight === null ? [] : [[element.value, weight] as const])),
  )
  const excluded = new Set(dimension.elements.filter(({ exclude }) => exclude).map(({ element }) => element.value))
  return factors.size + excluded.size > 0 ? adjustWeights({ vector, factors, excluded }) : vector
}

/**
 * What a cell is split by at last: its weights after rate, cut-off, floors and caps, in this order. `pools`: elements
 * that are pools without drivers of their own; what mutual services hand on to them stays unallocated.
 */
export function shapeCell({
  dimension,
  cell: { vector, cost, monthCost },
  pools = new Set<string>(),
}: {
  dimension: AllocationDimension
  cell: Shapeable
  pools?: ReadonlySet<string>
}): Shaped {
  const { allocation, elementCutoff } = dimension
  if (allocation.type === 'AllocateByStreams' && allocation.rate !== null) {
    // Where nothing was used the rate leaves all of it.
    const { value, defaultElement } = allocation.rate
    return { vector: rateVector({ usage: vector, rate: value, cost, defaultElement }), reason: '' }
  }
  if (vector.elements.length === 0) return { vector: EMPTY_VECTOR, reason: 'excluded' }
  const claimed = takeOut({ vector, elements: UNCLAIMED })
  const ended = takeOut({ vector: claimed.vector, elements: pools })
  const kept = elementCutoff ? cutOff({ vector: ended.vector, ...elementCutoff }) : ended.vector
  const before = ended.unclaimed.numerator > 0n ? ended : claimed
  const limited = limitShares({
    vector: kept,
    floors: limitsOf(dimension, 'floor', monthCost),
    caps: limitsOf(dimension, 'cap', monthCost),
    unclaimed: before.unclaimed,
  })
  const isCapped =
    limited.unclaimed.numerator * before.unclaimed.denominator >
    before.unclaimed.numerator * limited.unclaimed.denominator
  const why = isCapped ? 'capped' : ended.unclaimed.numerator > 0n ? 'no_telemetry' : 'not_claimed'
  return {
    vector: withUnclaimed(limited),
    reason: limited.unclaimed.numerator > NO_SHARE.numerator || limited.vector.elements.length === 0 ? why : '',
  }
}
