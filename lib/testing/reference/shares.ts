import { byBytes } from '../reference-allocation'
import { add, divide, type Fraction, fraction, isLess, multiply, ONE, parse, subtract, sum, ZERO } from './fraction'

/** What a cost is split by, in the order of the elements' bytes; no share is 0, and together they are 1 or nothing. */
export type Shares = ReadonlyMap<string, Fraction>

/** Shares in proportion to numbers; who has none takes no part. */
export function sharesOf(weights: Iterable<readonly [string, Fraction]>): Shares {
  const positive = [...weights].filter(([, weight]) => isLess(ZERO, weight)).sort(([a], [b]) => byBytes(a, b))
  const total = sum(positive.map(([, weight]) => weight))
  return new Map(positive.map(([element, weight]) => [element, divide(weight, total)]))
}

/** Running shares rounded to 18 digits, and their differences. */
export function roundShares(shares: Shares): Shares {
  let exact = ZERO
  let before = ZERO
  const rounded = [...shares].map(([element, share]): [string, Fraction] => {
    exact = add(exact, share)
    const upTo = fraction((2n * exact.above * 10n ** 18n + exact.below) / (2n * exact.below), 10n ** 18n)
    const difference = subtract(upTo, before)
    before = upTo
    return [element, difference]
  })
  return sharesOf(rounded)
}

/** The shares themselves, or rounded where their smallest whole numbers are too large for the engine. */
export function fitShares(shares: Shares): Shares {
  let common = 1n
  for (const { below } of shares.values()) common = fraction(common, below).above * below
  const isSmall = [...shares.values()].every(({ above, below }) => above * (common / below) < 2n ** 120n)
  return isSmall && common < 2n ** 126n ? shares : roundShares(shares)
}

/** Weight and Exclude. */
export function adjusted(shares: Shares, factors: ReadonlyMap<string, string>, excluded: ReadonlySet<string>): Shares {
  const kept = [...shares].filter(([element]) => !excluded.has(element))
  return sharesOf(kept.map(([element, share]) => [element, multiply(share, parse(factors.get(element) ?? '1'))]))
}

/** ElementCutoff. */
export function cut(shares: Shares, thresholdPercent: string, name: string | null): Shares {
  const allowed = subtract(ONE, divide(parse(thresholdPercent), parse('100')))
  const list = [...shares].sort(([a, x], [b, y]) => (isLess(y, x) ? -1 : isLess(x, y) ? 1 : byBytes(a, b)))
  const result = new Map<string, Fraction>()
  let isOver = false
  let running = ZERO
  for (const [element, share] of list) {
    running = add(running, share)
    isOver ||= result.size > 0 && isLess(allowed, running)
    if (!isOver) result.set(element, share)
    else if (name !== null) result.set(name, add(result.get(name) ?? ZERO, share))
  }
  return sharesOf(result)
}

/**
 * Floor and Cap. Everyone gets λ × share, held between floor and cap, with the λ for which that comes to what there is:
 * the sum is linear between those λ at which someone leaves the floor or comes to the cap, so it is one of these or
 * lies in proportion between two. `claimed` is less than what there is if all are capped.
 */
export function limited(
  shares: Shares,
  floors: ReadonlyMap<string, Fraction>,
  caps: ReadonlyMap<string, Fraction>,
  available: Fraction = ONE,
): { amounts: ReadonlyMap<string, Fraction>; claimed: Fraction } {
  const least = (a: Fraction, b: Fraction) => (isLess(a, b) ? a : b)
  // Nobody can get more than there is, so that this is a cap for those who have none.
  const cap = (element: string) => least(caps.get(element) ?? available, available)
  const floor = (element: string) => {
    const floorOf = floors.get(element) ?? ZERO
    return least(floorOf, caps.get(element) ?? floorOf)
  }
  const wanted = [...shares.keys()].map((element): [string, Fraction] => [element, floor(element)])
  if (isLess(available, sum(wanted.map(([, amount]) => amount)))) {
    const scaled = [...sharesOf(wanted)].map(([e, part]): [string, Fraction] => [e, multiply(part, available)])
    return { amounts: new Map(scaled), claimed: available }
  }
  const held = (factor: Fraction) =>
    [...shares].map(([element, share]): [string, Fraction] => {
      const amount = multiply(factor, share)
      return [element, isLess(amount, floor(element)) ? floor(element) : least(amount, cap(element))]
    })
  const total = (factor: Fraction) => sum(held(factor).map(([, amount]) => amount))
  const turns = [...shares].flatMap(([e, share]) => [divide(floor(e), share), divide(cap(e), share)])
  const sorted = [ZERO, ...turns].sort((a, b) => (isLess(a, b) ? -1 : 1))
  const upper = sorted.find((factor) => !isLess(total(factor), available))
  const last = sorted.at(-1) ?? ZERO
  if (!upper) return { amounts: new Map(held(last)), claimed: total(last) }
  const lower = sorted.filter((factor) => isLess(factor, upper)).at(-1) ?? upper
  const [from, to] = [total(lower), total(upper)]
  const part = isLess(from, to) ? divide(subtract(available, from), subtract(to, from)) : ZERO
  return { amounts: new Map(held(add(lower, multiply(part, subtract(upper, lower))))), claimed: available }
}
