import { fitVector, reduceVector } from './fit'
import { NO_SHARE, type Share } from './unclaimed'
import { EMPTY_VECTOR, entriesOf, sumOf, toVector, type Vector } from './vector'

/** All in parts of one whole, of which `cap` null is no cap. */
interface Part {
  element: string
  weight: bigint
  floor: bigint
  cap: bigint | null
}

/** Where the common factor λ = at ÷ weight makes a part leave its floor, or reach its cap. */
interface Turn {
  part: Part
  at: bigint
  isCap: boolean
}

function checkShare([element, { numerator, denominator }]: readonly [string, Share]): void {
  if (numerator >= 0n && denominator > 0n) return
  throw new RangeError(`not a share, that of ${JSON.stringify(element)}: ${numerator} ÷ ${denominator}`)
}

/** Everything in parts of `whole`, a common multiple of the denominators. A floor above the cap is the cap. */
function partsOf(vector: Vector, floors: ReadonlyMap<string, Share>, caps: ReadonlyMap<string, Share>, before: Share) {
  const taking = new Set(vector.elements)
  const shares = [...floors, ...caps].filter(([element]) => taking.has(element))
  for (const share of shares) checkShare(share)
  const denominators = new Set([before.denominator, ...shares.map(([, { denominator }]) => denominator)])
  const whole = [...denominators].reduce((product, denominator) => product * denominator, 1n)
  const inWhole = ({ numerator, denominator }: Share) => numerator * (whole / denominator)
  const parts = entriesOf(vector).map(([element, weight]): Part => {
    const capShare = caps.get(element)
    const cap = capShare ? inWhole(capShare) : null
    const floor = inWhole(floors.get(element) ?? NO_SHARE)
    return { element, weight, floor: cap !== null && cap < floor ? cap : floor, cap }
  })
  return { parts, whole, available: whole - inWhole(before) }
}

/** Raises λ from 0 on, from turn to turn, until the parts that are neither at floor nor cap fill what is available. */
function fill(parts: readonly Part[], available: bigint): { vector: Vector; filled: bigint } {
  const turns = parts
    .flatMap((part): Turn[] => [
      { part, at: part.floor, isCap: false },
      ...(part.cap === null ? [] : [{ part, at: part.cap, isCap: true }]),
    ])
    .sort((a, b) => {
      const [left, right] = [a.at * b.part.weight, b.at * a.part.weight]
      return left === right ? Number(a.isCap) - Number(b.isCap) : left < right ? -1 : 1
    })
  let fixed = sumOf(parts.map(({ floor }) => floor))
  let free = 0n
  const state = new Map(parts.map((part): [Part, 'floor' | 'free' | 'cap'] => [part, 'floor']))
  for (const { part, at, isCap } of turns) {
    if (fixed * part.weight + free * at >= available * part.weight) break
    fixed += isCap ? at : -part.floor
    free += isCap ? -part.weight : part.weight
    state.set(part, isCap ? 'cap' : 'free')
  }
  const unit = free === 0n ? 1n : free
  const weights = parts.map((part): [string, bigint] => {
    if (state.get(part) === 'free') return [part.element, part.weight * (available - fixed)]
    return [part.element, (state.get(part) === 'cap' ? (part.cap ?? 0n) : part.floor) * unit]
  })
  return { vector: toVector(weights), filled: free === 0n ? fixed : available }
}

/**
 * `Floor` and `Cap` of elements, as shares of the whole amount: every element that takes part gets λ × its weight, but
 * at least its floor and at most its cap, with the one λ that fills the whole. So what a cap cuts off, or a floor takes,
 * is the others' by their weights. If all are at their caps the rest stays `unclaimed`; `unclaimed` given is the share
 * that nobody has claimed before, and is part of the result.
 *
 * - An element without weight takes no part: a floor gives nothing to who is not there.
 * - Floor above cap: the cap holds.
 * - Floors that come to more than there is (amounts a month can, in a cheap one) are scaled down alike, and `cutFloors`
 *   names them: they get all, by their floors.
 *
 * Throws a RangeError on a share below 0, as an amount ÷ a pool of nothing or of credits would give: set no limits there.
 */
export function limitShares({
  vector,
  floors,
  caps,
  unclaimed = NO_SHARE,
}: {
  vector: Vector
  floors: ReadonlyMap<string, Share>
  caps: ReadonlyMap<string, Share>
  unclaimed?: Share
}): { vector: Vector; unclaimed: Share; cutFloors: readonly string[] } {
  const taking = vector.elements.some((element) => floors.has(element) || caps.has(element))
  if (!taking) return { vector: fitVector(vector), unclaimed, cutFloors: [] }
  const { parts, whole, available } = partsOf(vector, floors, caps, unclaimed)
  if (available <= 0n) return { vector: EMPTY_VECTOR, unclaimed: { numerator: 1n, denominator: 1n }, cutFloors: [] }
  const floored = parts.filter(({ floor }) => floor > 0n)
  if (sumOf(floored.map(({ floor }) => floor)) > available) {
    const scaled = toVector(floored.map(({ element, floor }) => [element, floor]))
    return { vector: fitVector(reduceVector(scaled)), unclaimed, cutFloors: scaled.elements }
  }
  const { vector: limited, filled } = fill(parts, available)
  const rest = { numerator: whole - filled, denominator: whole }
  return { vector: fitVector(reduceVector(limited)), unclaimed: filled === available ? unclaimed : rest, cutFloors: [] }
}
