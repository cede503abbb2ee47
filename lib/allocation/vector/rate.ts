import { toUnits } from '../../units'
import { fitVector } from './fit'
import { entriesOf, sumOf, toVector, type Vector } from './vector'

/** Amounts have 12 fractional digits, as in round.ts. */
const QUANTUM = 10n ** 6n
const ONE = 10n ** 18n

interface Rated {
  /** What the elements used, in units of 10^-18. */
  usage: Vector
  /** What one unit costs: a plain decimal, not negative. */
  rate: string
  /** The EffectiveCost that they used it of, in units of 10^-18 of one currency. */
  cost: bigint
  defaultElement: string
}

/** rate × usage, half up to 12 digits, of everyone but the default element. */
function charges({ usage, rate, defaultElement }: Omit<Rated, 'cost'>): [element: string, amount: bigint][] {
  const units = toUnits(rate)
  if (units < 0n) throw new RangeError(`a rate is not below zero: ${rate}`)
  const divisor = ONE * QUANTUM
  return entriesOf(usage)
    .filter(([element]) => element !== defaultElement)
    .map(([element, used]) => [element, ((2n * used * units + divisor) / (2n * divisor)) * QUANTUM])
}

/**
 * `Rate` of AllocateByStreams (CloudZero docs; decision 013), for EffectiveCost: every element pays rate × usage, and
 * the balance, which may be negative, is the default element's. Amounts in units of 10^-18; they add up to the cost.
 */
export function rateAmounts({ cost, ...rated }: Rated): Map<string, bigint> {
  const amounts = new Map(charges(rated))
  const charged = sumOf([...amounts.values()])
  return amounts.set(rated.defaultElement, cost - charged)
}

/**
 * What the lines themselves are split by, in every metric: the amounts of `rateAmounts` as far as there is cost for
 * them. Where the charges exceed the cost the elements share it by their charges, and where there is no cost, or
 * credits, the default element takes all of it; what `rateAmounts` says beyond that is a balancing line.
 */
export function rateVector({ cost, ...rated }: Rated): Vector {
  if (cost <= 0n) return { elements: [rated.defaultElement], weights: [1n] }
  const charged = charges(rated)
  const balance = cost - sumOf(charged.map(([, amount]) => amount))
  return fitVector(toVector([...charged, [rated.defaultElement, balance > 0n ? balance : 0n]]))
}

/**
 * The balancing lines: what to add to the elements' EffectiveCost, where `split` is the whole cost split by
 * `rateVector`, so that they pay `rateAmounts`. They add up to zero, and there are none where the cost covers the charges.
 */
export function balanceAmounts({
  amounts,
  split,
}: {
  amounts: ReadonlyMap<string, bigint>
  split: ReadonlyMap<string, bigint>
}): Map<string, bigint> {
  const elements = new Set([...amounts.keys(), ...split.keys()])
  const differences = [...elements].map((element): [string, bigint] => [
    element,
    (amounts.get(element) ?? 0n) - (split.get(element) ?? 0n),
  ])
  return new Map(differences.filter(([, difference]) => difference !== 0n))
}
