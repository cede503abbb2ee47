import { add, divide, type Fraction, fraction, isLess, multiply, ONE, round, subtract, sum, ZERO } from './fraction'
import { type Shares, sharesOf } from './shares'

export type Bucket = 'hour' | 'day' | 'month'
export type RuleGranularity = 'UsageDaily' | 'UsageMonthly' | 'BillingPeriod'

/** A line that drives a split: what it cost, which of `AcrossElements` it has, and of `ForEachElementOf`. */
export interface DriverLine {
  /** Seconds since 1970. */
  start: number
  billingPeriod: number
  element: string
  /** '' = none, as without `ForEachElementOf`. */
  partition: string
  cost: Fraction
}

/** By element; sums that are not above zero weigh nothing. */
export type Weights = ReadonlyMap<string, Fraction>

export function startOf(seconds: number, bucket: Bucket): number {
  const date = new Date(seconds * 1000)
  if (bucket === 'month') return Date.UTC(date.getUTCFullYear(), date.getUTCMonth(), 1) / 1000
  return seconds - (seconds % (bucket === 'day' ? 86_400 : 3600))
}

/** The bucket so many steps after (or before, where negative) the one that starts then. */
export function shift(start: number, bucket: Bucket, steps: number): number {
  if (bucket !== 'month') return start + steps * (bucket === 'day' ? 86_400 : 3600)
  const date = new Date(start * 1000)
  return Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + steps, 1) / 1000
}

/** A line drives, and is split, in the bucket in which its charge period starts, or in its billing period. */
export function bucketOf(line: { start: number; billingPeriod: number }, granularity: RuleGranularity): number {
  if (granularity === 'BillingPeriod') return line.billingPeriod
  return startOf(line.start, granularity === 'UsageDaily' ? 'day' : 'month')
}

interface Drivers {
  drivers: readonly DriverLine[]
  granularity: RuleGranularity
  bucket: number
  /** That of the line that is split. */
  partition?: string
}

const within = ({ drivers, granularity, bucket, partition = '' }: Drivers) =>
  drivers.filter(
    (line) => bucketOf(line, granularity) === bucket && line.partition === partition && line.element !== '',
  )

/** Proportional: by what the lines of each element cost together. */
export function proportional(given: Drivers): Weights {
  const weights = new Map<string, Fraction>()
  for (const { element, cost } of within(given)) weights.set(element, add(weights.get(element) ?? ZERO, cost))
  return positive(weights)
}

/** Even: by the elements that have lines, whatever these cost. */
export const even = (given: Drivers): Weights => new Map(within(given).map(({ element }) => [element, ONE]))

/** Fixed: amounts of any sum, or percentages, of which what is missing to 100 is not claimed. */
export function fixed(weights: Weights, isPercent: boolean): { weights: Weights; unclaimed: Fraction } {
  const claimed = divide(sum([...weights.values()]), fraction(100n))
  return { weights, unclaimed: isPercent ? subtract(ONE, claimed) : ZERO }
}

const positive = (weights: Weights): Weights => new Map([...weights].filter(([, weight]) => isLess(ZERO, weight)))

export type Window = { type: 'SameBucket' } | { type: 'PreviousMonth' } | { type: 'LastDays'; days: number }

/**
 * The weights of a window: of every bucket of the drivers that overlaps the month before that of the charge, or the
 * days before the day of the charge.
 */
export function inWindow({
  window,
  bucket,
  granularity,
  at,
}: {
  window: Window
  bucket: number
  granularity: Bucket
  at: (bucket: number) => Weights
}): Weights {
  if (window.type === 'SameBucket') return at(bucket)
  const day = startOf(bucket, 'day')
  const month = startOf(bucket, 'month')
  const [from, to] =
    window.type === 'PreviousMonth' ? [shift(month, 'month', -1), month] : [shift(day, 'day', -window.days), day]
  const weights = new Map<string, Fraction>()
  for (let start = startOf(from, granularity); start < to; start = shift(start, granularity, 1)) {
    for (const [element, weight] of at(start)) weights.set(element, add(weights.get(element) ?? ZERO, weight))
  }
  return weights
}

export type Gap = { type: 'unallocated' } | { type: 'carry'; buckets: number } | { type: 'even' } | { type: 'next' }

/** Where a bucket has no weights, the first policy that has some; `gap` names it, '' where none was needed or helped. */
export function fillGap({
  own,
  bucket,
  granularity,
  at,
  policies,
  known,
  next,
}: {
  bucket: number
  granularity: Bucket
  /** The weights of the bucket's window. */
  own: Weights
  /** The weights of a bucket itself, which is what `carry` looks for. */
  at: (bucket: number) => Weights
  policies: readonly Gap[]
  /** Every element that the drivers know, for `even`. */
  known: readonly string[]
  /** What the next rule says of the bucket. */
  next: Weights
}): { weights: Weights; gap: '' | 'carry' | 'even' | 'next' } {
  if (own.size > 0) return { weights: own, gap: '' }
  for (const policy of policies) {
    if (policy.type === 'unallocated') break
    if (policy.type === 'even' && known.length > 0) {
      return { weights: new Map(known.map((element) => [element, ONE])), gap: 'even' }
    }
    if (policy.type === 'next' && next.size > 0) return { weights: next, gap: 'next' }
    for (let back = 1; policy.type === 'carry' && back <= policy.buckets; back++) {
      const earlier = at(shift(bucket, granularity, -back))
      if (earlier.size > 0) return { weights: earlier, gap: 'carry' }
    }
  }
  return { weights: own, gap: '' }
}

/** Shares that leave a part for nobody, which is called ''. */
export function withUnclaimed(shares: Shares, unclaimed: Fraction): Shares {
  const claimed = subtract(ONE, unclaimed)
  return sharesOf([
    ['', unclaimed],
    ...[...shares].map(([e, share]): [string, Fraction] => [e, multiply(share, claimed)]),
  ])
}

/** Cumulative rounding to 12 digits; all of it is unallocated, '', where there are no shares. */
export function split(cost: Fraction, shares: Shares): Map<string, Fraction> {
  const amounts = new Map<string, Fraction>()
  let running = ZERO
  let before = ZERO
  for (const [index, [element, share]] of [...shares].entries()) {
    running = add(running, share)
    const upTo = index === shares.size - 1 ? cost : round(multiply(cost, running), 12)
    amounts.set(element, subtract(upTo, before))
    before = upTo
  }
  return shares.size === 0 ? new Map([['', cost]]) : amounts
}

/** AllocateByRules over lines of a pool: each by the weights of its own bucket and partition. */
export function allocateByRules({
  pool,
  granularity,
  weigh,
}: {
  pool: readonly Omit<DriverLine, 'element'>[]
  granularity: RuleGranularity
  weigh: (bucket: number, partition: string) => Weights
}): Map<string, Fraction> {
  const totals = new Map<string, Fraction>()
  for (const line of pool) {
    const weights = weigh(bucketOf(line, granularity), line.partition)
    for (const [element, amount] of split(line.cost, sharesOf(weights))) {
      totals.set(element, add(totals.get(element) ?? ZERO, amount))
    }
  }
  return totals
}
