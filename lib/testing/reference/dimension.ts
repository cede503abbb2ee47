import { byBytes } from '../reference-allocation'
import {
  add,
  divide,
  type Fraction,
  fraction,
  isEqual,
  isLess,
  multiply,
  ONE,
  parse,
  round,
  subtract,
  sum,
  ZERO,
} from './fraction'
import { type Bucket, bucketOf, type RuleGranularity, shift, split, startOf, type Weights, type Window } from './rules'
import { adjusted, cut, fitShares, limited, type Shares, sharesOf } from './shares'

/** A cost line, or what a split has made of it. Seconds since 1970; the end is exclusive. */
export interface Row {
  start: number
  end: number
  billingPeriod: number
  currency: string
  /** In the caller's order of metrics; the first is EffectiveCost. */
  costs: readonly Fraction[]
  /** By key; '' = none. */
  values: Readonly<Record<string, string>>
}

export interface Stream {
  granularity: Bucket
  keys: readonly string[]
  records: readonly { bucket: number; filter: Record<string, readonly string[]>; element: string; value: Fraction }[]
}

export interface Rules {
  method: 'Proportional' | 'Even' | 'Fixed'
  granularity: RuleGranularity
  /** Which of a row's costs. */
  metric: number
  /** The key whose values are the elements, and the one that tells partitions apart. */
  across: string
  forEach: string | null
  fixed: { weights: Record<string, string>; isPercent: boolean } | null
}

export type GapPolicy =
  | { type: 'Unallocated' }
  | { type: 'Carry'; buckets: number }
  | { type: 'Even' }
  | { type: 'Next'; rules: Rules }
export type Limit = { percent: string } | { amount: string }

export interface Split {
  by:
    | { streams: readonly Stream[] }
    | { rules: Rules; pool: (values: Row['values']) => boolean; poolKeys: readonly string[] }
  window: Window
  gaps: readonly GapPolicy[]
  factors: ReadonlyMap<string, string>
  excluded: ReadonlySet<string>
  floors: ReadonlyMap<string, Limit>
  caps: ReadonlyMap<string, Limit>
  cutoff: { percent: string; name: string | null } | null
  /** Rows with another value than '' for it are set apart. */
  apart: string | null
}

/** A part of a row; `element` '' stays unallocated. */
export type Part = Row & { element: string; reason: string; gap: string }

const BUCKET: Record<RuleGranularity, Bucket> = { UsageDaily: 'day', UsageMonthly: 'month', BillingPeriod: 'month' }
const NEVER: Weights = new Map()

const positive = (weights: Weights): Weights => new Map([...weights].filter(([, weight]) => isLess(ZERO, weight)))

function total(entries: readonly (readonly [string, Fraction])[]): Weights {
  const weights = new Map<string, Fraction>()
  for (const [element, weight] of entries) weights.set(element, add(weights.get(element) ?? ZERO, weight))
  return weights
}

/** The time that a window is; a charge of no length counts as the second that it starts with. */
function spanOf(window: Window, start: number, end: number): [number, number] {
  if (window.type === 'SameBucket') return [start, Math.max(end, start + 1)]
  const [day, month] = [startOf(start, 'day'), startOf(start, 'month')]
  return window.type === 'PreviousMonth' ? [shift(month, 'month', -1), month] : [shift(day, 'day', -window.days), day]
}

const overlaps = (bucket: number, granularity: Bucket, [from, to]: [number, number]) =>
  bucket < to && shift(bucket, granularity, 1) > from

interface Drivers {
  granularity: Bucket
  entries: readonly { bucket: number; element: string; value: Fraction }[]
  isEven: boolean
}

const weigh = ({ entries, isEven }: Drivers): Weights => {
  const weights = total(entries.map(({ element, value }) => [element, value]))
  return isEven ? new Map([...weights].map(([element]) => [element, ONE])) : positive(weights)
}

const within = (drivers: Drivers, span: [number, number]): Drivers => ({
  ...drivers,
  entries: drivers.entries.filter(({ bucket }) => overlaps(bucket, drivers.granularity, span)),
})

function carried(drivers: Drivers, start: number, buckets: number): Weights {
  const own = startOf(start, drivers.granularity)
  for (let back = 1; back <= buckets; back++) {
    const bucket = shift(own, drivers.granularity, -back)
    const weights = weigh({ ...drivers, entries: drivers.entries.filter((entry) => entry.bucket === bucket) })
    if (weights.size > 0) return weights
  }
  return NEVER
}

const matches = (filter: Record<string, readonly string[]>, keys: readonly string[], values: Row['values']) =>
  keys.every((key) => (values[key] ?? '') !== '' && filter[key]?.includes(values[key] ?? ''))

/** The telemetry that a row's values match. */
function ofStream(stream: Stream, row: Row): Drivers {
  const entries = stream.records.filter(({ filter }) => matches(filter, stream.keys, row.values))
  return { granularity: stream.granularity, entries, isEven: false }
}

/** The rows of the row's currency and partition that have an element, each in the bucket that it drives in. */
function ofRules(rules: Rules, row: Row, all: readonly Row[]): Drivers {
  const partition = (of: Row) => (rules.forEach === null ? null : of.values[rules.forEach])
  const lines = rules.forEach !== null && !partition(row) ? [] : all
  const entries = lines
    .filter((line) => line.currency === row.currency && partition(line) === partition(row) && line.values[rules.across])
    .map((line) => ({
      bucket: bucketOf(line, rules.granularity),
      element: line.values[rules.across] ?? '',
      value: line.costs[rules.metric] ?? ZERO,
    }))
  return { granularity: BUCKET[rules.granularity], entries, isEven: rules.method === 'Even' }
}

const chargeOf = (rules: Rules, row: Row): [number, number] =>
  rules.granularity === 'BillingPeriod'
    ? [row.billingPeriod, shift(row.billingPeriod, 'month', 1)]
    : [row.start, row.end]

/** '' stands for the percentages that are missing to 100. */
function fixedWeights({ fixed }: Rules): Weights {
  const weights = Object.entries(fixed?.weights ?? {}).map(([element, value]): [string, Fraction] => [
    element,
    parse(value),
  ])
  const rest = subtract(parse('100'), sum(weights.map(([, weight]) => weight)))
  return positive(new Map(fixed?.isPercent ? [['', rest], ...weights] : weights))
}

function byRules(rules: Rules, window: Window, row: Row, all: readonly Row[]): Weights {
  if (rules.method === 'Fixed') return fixedWeights(rules)
  return weigh(within(ofRules(rules, row, all), spanOf(window, ...chargeOf(rules, row))))
}

interface Weighed {
  weights: Weights
  gap: string
  /** Why there are none. */
  reason: string
}

function ownWeights({ by, window }: Split, row: Row, all: readonly Row[]): Weighed {
  if ('rules' in by) return { weights: byRules(by.rules, window, row, all), gap: '', reason: 'no_drivers' }
  const seen = by.streams.map((stream) => within(ofStream(stream, row), spanOf(window, row.start, row.end)))
  const weights = seen.map(weigh).find(({ size }) => size > 0) ?? NEVER
  return { weights, gap: '', reason: seen.some(({ entries }) => entries.length > 0) ? 'zero_weights' : 'no_telemetry' }
}

function filled(given: Split, row: Row, all: readonly Row[]): Weighed {
  const own = ownWeights(given, row, all)
  const { by, gaps, window } = given
  for (const gap of own.weights.size > 0 ? [] : gaps) {
    if (gap.type === 'Unallocated') break
    let found: Weights = NEVER
    if (gap.type === 'Next') found = byRules(gap.rules, window, row, all)
    else if ('streams' in by) {
      const each = by.streams.map((stream) => ofStream(stream, row))
      const known = each.map(
        ({ entries }) =>
          new Map(entries.flatMap(({ element, value }) => (isLess(ZERO, value) ? [[element, ONE]] : []))),
      )
      const list = gap.type === 'Carry' ? each.map((drivers) => carried(drivers, row.start, gap.buckets)) : known
      found = list.find(({ size }) => size > 0) ?? NEVER
    } else if (gap.type === 'Carry') {
      found = carried(ofRules(by.rules, row, all), chargeOf(by.rules, row)[0], gap.buckets)
    } else {
      const even: Rules = { ...by.rules, method: 'Even', granularity: 'UsageMonthly' }
      found = byRules(even, { type: 'SameBucket' }, row, all)
    }
    if (found.size > 0) return { weights: found, gap: gap.type.toLowerCase(), reason: '' }
  }
  return own
}

/** Shares after Weight, Exclude and the cutoff; `unclaimed` is the share of the whole that none of `named` has. */
function beforeLimits({ factors, excluded, cutoff }: Split, weights: Weights) {
  let shares = sharesOf(weights)
  if (factors.size + excluded.size > 0) shares = fitShares(adjusted(shares, factors, excluded))
  const unclaimed = shares.get('') ?? ZERO
  let named = sharesOf([...shares].filter(([element]) => element !== ''))
  if (cutoff) named = fitShares(cut(named, cutoff.percent, cutoff.name))
  return { shares, unclaimed, named, available: subtract(ONE, unclaimed) }
}

/** What an element would have of a cost without limits, to 12 digits. */
function wouldHave(cost: Fraction, share: Fraction): Fraction {
  return isEqual(share, ONE) ? cost : round(multiply(cost, share), 12)
}

/** Weight and Exclude, the cutoff, Floor and Cap: in this order. `month`: what elements would have of it without limits. */
function shaped(given: Split, weights: Weights, month: Shares): { shares: Shares; reason: string } {
  const { cutoff } = given
  const { shares, unclaimed, named, available } = beforeLimits(given, weights)
  if (shares.size === 0) return { shares, reason: 'excluded' }
  const limits = (of: ReadonlyMap<string, Limit>) =>
    new Map(
      [...of].flatMap(([element, limit]): [string, Fraction][] => {
        const share = named.get(element)
        if (!share) return []
        if ('percent' in limit) return [[element, divide(parse(limit.percent), parse('100'))]]
        // In the proportion in which the month is to be raised or cut.
        const before = month.get(element) ?? ZERO
        if (!isLess(ZERO, before)) return []
        return [[element, multiply(multiply(share, available), divide(parse(limit.amount), before))]]
      }),
    )
  const [floors, caps] = [limits(given.floors), limits(given.caps)]
  if (floors.size + caps.size === 0 || named.size === 0)
    return { shares, reason: unclaimed.above > 0n ? 'not_claimed' : '', ...(cutoff ? whole(named, unclaimed) : {}) }
  const { amounts, claimed } = limited(named, floors, caps, available)
  const reason = isLess(claimed, available) ? 'capped' : unclaimed.above > 0n ? 'not_claimed' : ''
  return { reason, ...whole(fitShares(sharesOf(amounts)), subtract(ONE, claimed)) }
}

function whole(named: Shares, unclaimed: Fraction): { shares: Shares } {
  const claimed = subtract(ONE, unclaimed)
  const parts = [...named].map(([element, share]): [string, Fraction] => [
    element,
    fraction(share.above * claimed.above, share.below * claimed.below),
  ])
  return { shares: fitShares(sharesOf([['', unclaimed], ...parts])) }
}

/** Which rows are the dimension's to split. */
export function isInPool({ by }: Split, row: Row): boolean {
  if ('rules' in by) return by.pool(row.values)
  return by.streams.some((stream) => stream.records.some(({ filter }) => matches(filter, stream.keys, row.values)))
}

/** The keys by whose values rows are told apart. */
function keysOf({ by, gaps, apart }: Split): { keys: string[]; byBill: boolean } {
  const rules = [
    ...('rules' in by ? [by.rules] : []),
    ...gaps.flatMap((gap) => (gap.type === 'Next' ? [gap.rules] : [])),
  ]
  return {
    keys: [
      ...('streams' in by ? by.streams.flatMap(({ keys }) => keys) : by.poolKeys),
      ...(apart === null ? [] : [apart]),
      ...rules.flatMap(({ forEach }) => forEach ?? []),
    ],
    byBill: rules.some(({ granularity }) => granularity === 'BillingPeriod'),
  }
}

/**
 * Adds up rows that are equal: of the same charge period and currency, and alike in the values of `keys` (and, with
 * `byBill`, in the billing period). Nothing else of a line matters from there on.
 */
export function grouped(rows: readonly Row[], keys: readonly string[], byBill: boolean): Row[] {
  const cells = new Map<string, Row>()
  for (const row of rows) {
    const values = Object.fromEntries(keys.map((key) => [key, row.values[key] ?? '']))
    const billingPeriod = byBill ? row.billingPeriod : 0
    const id = JSON.stringify([row.start, row.end, row.currency, billingPeriod, ...keys.map((key) => values[key])])
    const before = cells.get(id)
    const costs = row.costs.map((cost, index) => add(cost, before?.costs[index] ?? ZERO))
    cells.set(id, { ...row, billingPeriod, values, costs })
  }
  return [...cells.values()]
}

const NOBODY: Shares = new Map()
const monthOf = (row: Row) => `${startOf(row.start, 'month')} ${row.currency}`

/**
 * A dimension's split of its pool. Equal rows are added up before they are split: `further` and `byBill` tell apart
 * what somebody goes by after it. `all`: the rows that rules look at.
 */
export function splitPool({
  given,
  rows,
  all = rows,
  further = [],
  byBill = false,
}: {
  given: Split
  rows: readonly Row[]
  all?: readonly Row[]
  further?: readonly string[]
  byBill?: boolean
}): Part[] {
  const own = keysOf(given)
  const keys = [...new Set([...own.keys, ...further])]
  const pool = rows.filter((row) => isInPool(given, row))
  const isApart = (row: Row) => given.apart !== null && (row.values[given.apart] ?? '') !== ''
  const months = new Map<string, Map<string, Fraction>>()
  for (const cell of grouped(pool, own.keys, own.byBill)) {
    const { weights } = filled(given, cell, all)
    if (isApart(cell) || weights.size === 0) continue
    const { named, available } = beforeLimits(given, weights)
    const sums = months.get(monthOf(cell)) ?? new Map<string, Fraction>()
    for (const [element, share] of named) {
      const amount = wouldHave(cell.costs[0] ?? ZERO, multiply(share, available))
      sums.set(element, add(sums.get(element) ?? ZERO, amount))
    }
    months.set(monthOf(cell), sums)
  }
  return grouped(pool, keys, own.byBill || byBill).flatMap((cell): Part[] => {
    if (isApart(cell)) return [{ ...cell, element: '', reason: 'set_apart', gap: '' }]
    const { weights, gap, reason } = filled(given, cell, all)
    if (weights.size === 0) return [{ ...cell, element: '', reason, gap: '' }]
    const result = shaped(given, weights, months.get(monthOf(cell)) ?? NOBODY)
    const amounts = cell.costs.map((cost) => split(cost, result.shares))
    const names = result.shares.size === 0 ? [''] : [...result.shares.keys()].sort(byBytes)
    return names.map((element) => ({
      ...{ ...cell, element, gap, reason: element === '' ? result.reason : '' },
      costs: amounts.map((list) => list.get(element) ?? ZERO),
    }))
  })
}
