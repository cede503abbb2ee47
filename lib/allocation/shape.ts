import type { AllocationDimension, Limit } from '../costformation/tree'
import { toUnits } from '../units'
import { cumulativeShare } from './round'
import { adjustWeights } from './vector/adjust-weights'
import { cutOff } from './vector/cut-off'
import { limitShares } from './vector/limit-shares'
import { rateVector } from './vector/rate'
import { NO_SHARE, type Share, takeOut, withUnclaimed } from './vector/unclaimed'
import { EMPTY_VECTOR, entriesOf, sumOf, type Vector } from './vector/vector'

/** What is split together, as far as the shaping of its weights asks. */
export interface Shapeable {
  vector: Vector
  /** EffectiveCost, in units of 10^-18. */
  cost: bigint
  /** What elements with a limit a month would have without it in the cell's month and currency: `amountsBeforeLimits`. */
  month: ReadonlyMap<string, bigint>
}

export interface Shaped {
  /** With '' for what stays unallocated. */
  vector: Vector
  /** Why a part stays unallocated, or all of it. */
  reason: string
}

const HUNDRED = 100n * 10n ** 18n

/** Weights before limits, and how much of the whole nobody claims. */
interface Unlimited {
  vector: Vector
  /** By element, and the sum of all. */
  weights: ReadonlyMap<string, bigint>
  total: bigint
  unclaimed: Share
  /** Why that is so. */
  why: 'no_telemetry' | 'not_claimed'
}

/** An element's share of the whole; null: it takes no part. */
function shareOf({ weights, total, unclaimed }: Unlimited, element: string): Share | null {
  const weight = weights.get(element)
  if (weight === undefined) return null
  const claimed = unclaimed.denominator - unclaimed.numerator
  return { numerator: weight * claimed, denominator: total * unclaimed.denominator }
}

/**
 * An amount a month limits every cell of the month in the same proportion to what the element would have of it, so that
 * the month comes to the amount, in however few cells the element takes part. null: it limits nothing here.
 */
function limitOf({ limit, own, before }: { limit: Limit; own: Share; before: bigint }): Share | null {
  const value = toUnits(limit.value)
  if (limit.type === 'Percent') return { numerator: value, denominator: HUNDRED }
  return before > 0n ? { numerator: own.numerator * value, denominator: own.denominator * before } : null
}

function limitsOf({
  dimension,
  kind,
  unlimited,
  month,
}: {
  dimension: AllocationDimension
  kind: 'floor' | 'cap'
  unlimited: Unlimited
  month: Shapeable['month']
}): Map<string, Share> {
  const limits = new Map<string, Share>()
  for (const rule of dimension.elements) {
    const limit = rule[kind]
    const element = rule.element.value
    const own = limit && shareOf(unlimited, element)
    if (!limit || !own) continue
    const share = limitOf({ limit, own, before: month.get(element) ?? 0n })
    if (share) limits.set(element, share)
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

/** Without what nobody claims and what pools without drivers would get, and after the cut-off. */
function unlimitedOf({
  dimension: { elementCutoff },
  vector,
  pools,
}: {
  dimension: AllocationDimension
  vector: Vector
  pools: ReadonlySet<string>
}): Unlimited {
  const claimed = takeOut({ vector, elements: UNCLAIMED })
  const ended = takeOut({ vector: claimed.vector, elements: pools })
  const isEnded = ended.unclaimed.numerator > 0n
  const kept = elementCutoff ? cutOff({ vector: ended.vector, ...elementCutoff }) : ended.vector
  return {
    vector: kept,
    weights: new Map(entriesOf(kept)),
    total: sumOf(kept.weights),
    unclaimed: isEnded ? ended.unclaimed : claimed.unclaimed,
    why: isEnded ? 'no_telemetry' : 'not_claimed',
  }
}

const NO_POOLS: ReadonlySet<string> = new Set()

/** Whether some limit is an amount a month. */
export const hasMonthlyLimits = ({ elements }: Pick<AllocationDimension, 'elements'>): boolean =>
  elements.some(({ floor, cap }) => floor?.type === 'Amount' || cap?.type === 'Amount')

/** What elements with a limit a month would have of a cell without it: rounded to 12 digits, in units of 10^-18. */
export function amountsBeforeLimits({
  dimension,
  cell: { vector, cost },
  pools = NO_POOLS,
}: {
  dimension: AllocationDimension
  cell: Omit<Shapeable, 'month'>
  pools?: ReadonlySet<string>
}): [element: string, amount: bigint][] {
  if (vector.elements.length === 0) return []
  const unlimited = unlimitedOf({ dimension, vector, pools })
  return dimension.elements.flatMap((rule): [string, bigint][] => {
    const element = rule.element.value
    const own = hasMonthlyLimits({ elements: [rule] }) ? shareOf(unlimited, element) : null
    return own ? [[element, cumulativeShare({ cost, running: own.numerator, total: own.denominator })]] : []
  })
}

/**
 * What a cell is split by at last: its weights after rate, cut-off, floors and caps, in this order. `pools`: elements
 * that are pools without drivers of their own; what mutual services hand on to them stays unallocated.
 */
export function shapeCell({
  dimension,
  cell: { vector, cost, month },
  pools = NO_POOLS,
}: {
  dimension: AllocationDimension
  cell: Shapeable
  pools?: ReadonlySet<string>
}): Shaped {
  const { allocation } = dimension
  if (allocation.type === 'AllocateByStreams' && allocation.rate !== null) {
    // Where nothing was used the rate leaves all of it.
    const { value, defaultElement } = allocation.rate
    return { vector: rateVector({ usage: vector, rate: value, cost, defaultElement }), reason: '' }
  }
  if (vector.elements.length === 0) return { vector: EMPTY_VECTOR, reason: 'excluded' }
  const unlimited = unlimitedOf({ dimension, vector, pools })
  const before = unlimited.unclaimed
  const limited = limitShares({
    vector: unlimited.vector,
    floors: limitsOf({ dimension, kind: 'floor', unlimited, month }),
    caps: limitsOf({ dimension, kind: 'cap', unlimited, month }),
    unclaimed: before,
  })
  const isCapped = limited.unclaimed.numerator * before.denominator > before.numerator * limited.unclaimed.denominator
  return {
    vector: withUnclaimed(limited),
    reason:
      limited.unclaimed.numerator > NO_SHARE.numerator || limited.vector.elements.length === 0
        ? isCapped
          ? 'capped'
          : unlimited.why
        : '',
  }
}
