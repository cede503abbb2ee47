import { ROUNDED_TOTAL } from './fit'
import { inSlot, pack, readSlot, unpack } from './pack'
import { sumOf } from './vector'

/**
 * Pools that hand on what they get: `toPools[i]` has what pool i gives to each pool (nothing to itself), `toEnds[i]`
 * what it gives to each end. Whole numbers, above 0 in sum for every pool, and from each of them some end is reached.
 */
export interface HandOn {
  toPools: readonly (readonly bigint[])[]
  toEnds: readonly (readonly bigint[])[]
}

/**
 * How much of what starts in pool i leaves the pools from pool j: that is all that their relations say. The ends come
 * in afterwards, when each pool's part is multiplied with what it gives to them.
 */
type Exits = bigint[][]

const bitsOf = (value: bigint) => value.toString(2).length

/** Row i: what pool i gives to pools, and then what it gives to ends, in column i. */
function rowsOf({ toPools, toEnds }: HandOn): bigint[][] {
  return toPools.map((row, index) => [...row, ...toEnds.map((ends, other) => (other === index ? sumOf(ends) : 0n))])
}

/** Σ factor[i][j] × vectors[j], of which no number gets longer than `width` bits. */
function combine({
  factors,
  vectors,
  width,
}: {
  factors: Exits
  vectors: readonly (readonly bigint[])[]
  width: number
}) {
  const packed = vectors.map((vector) => pack(vector, width))
  return factors.map((row) => {
    const sum = row.reduce((all, factor, index) => (factor === 0n ? all : all + (packed[index] ?? 0n) * factor), 0n)
    return unpack(sum, width, vectors[0]?.length ?? 0)
  })
}

/**
 * The weights of every pool to the ends alone, exact: pools are eliminated one by one (what goes to a pool goes on by
 * its weights), without fractions (Bareiss 1968). No weight exceeds the product of the sums of the pools' weights.
 */
export function handOnExactly({ toPools, toEnds }: HandOn): bigint[][] {
  const rows = rowsOf({ toPools, toEnds })
  const totals = rows.map(sumOf)
  const bits = totals.reduce((sum, total) => sum + bitsOf(total), 0)
  const width = 2 * bits + 2
  const packed = rows.map((row) => pack(row, width))
  let before = 1n
  for (const [pool, from] of packed.entries()) {
    const pivot = totals[pool] ?? 1n
    for (const [index, row] of packed.entries()) {
      if (index === pool) continue
      const given = readSlot(row, width, pool)
      const returned = given * readSlot(from, width, index)
      const sum = (row - inSlot(given, width, pool)) * pivot + from * given - inSlot(returned, width, index)
      packed[index] = sum / before
      totals[index] = ((totals[index] ?? 0n) * pivot - returned) / before
    }
    before = pivot
  }
  const count = packed.length
  const given = toEnds.map(sumOf)
  const factors = packed.map((row) =>
    unpack(row, width, 2 * count)
      .slice(count)
      .map((exit, index) => (exit === 0n ? 0n : exit / (given[index] ?? 1n))),
  )
  return combine({ factors, vectors: toEnds, width: bits })
}

/** In parts of 2^precision, each at most the exact one: every step adds, multiplies and rounds down. */
function exitsBelow({ toPools, toEnds, precision }: HandOn & { precision: number }): Exits {
  const width = 2 * precision + 2
  const [bits, one] = [BigInt(precision), 1n << BigInt(precision)]
  const count = toPools.length
  const mask = pack(new Array<bigint>(2 * count).fill((1n << BigInt(width - precision)) - 1n), width)
  const scaleDown = (products: bigint) => (products >> bits) & mask
  const packed = rowsOf({ toPools, toEnds }).map((row) => {
    const total = sumOf(row)
    return pack(
      row.map((weight) => (weight << bits) / total),
      width,
    )
  })
  for (let pool = 0; pool < count; pool++) {
    const row = packed[pool] ?? 0n
    const returned = readSlot(row, width, pool)
    const onward = (one << bits) / (one - returned)
    const from = returned === 0n ? row : scaleDown((row - inSlot(returned, width, pool)) * onward)
    packed[pool] = from
    for (const [index, to] of packed.entries()) {
      const given = index === pool ? 0n : readSlot(to, width, pool)
      if (given > 0n) packed[index] = to - inSlot(given, width, pool) + scaleDown(from * given)
    }
  }
  return packed.map((row) => unpack(row, width, 2 * count).slice(count))
}

/**
 * The shares of the ends, rounded as `roundWeights` rounds the exact ones, from numbers of `precision` bits; null for a
 * pool of which they do not tell how to round. No share is above the exact one, so that what all of them lack of 1 is
 * as far as they can be wrong.
 */
export function handOnRounded({ toPools, toEnds, precision }: HandOn & { precision: number }): (bigint[] | null)[] {
  const bits = BigInt(precision)
  const factors = exitsBelow({ toPools, toEnds, precision })
  const vectors = toEnds.map((ends) => {
    const total = sumOf(ends)
    return total === 0n ? ends : ends.map((weight) => (weight << bits) / total)
  })
  return combine({ factors, vectors, width: 2 * precision + 2 }).map((shares) => roundShares(shares, 2n * bits))
}

function roundShares(shares: readonly bigint[], bits: bigint): bigint[] | null {
  const lacking = ((1n << bits) - sumOf(shares)) * ROUNDED_TOTAL
  let running = 1n << (bits - 1n)
  let before = 0n
  const rounded: bigint[] = []
  for (const share of shares) {
    running += share * ROUNDED_TOTAL
    const upTo = running >> bits
    if ((running + lacking) >> bits !== upTo) return null
    rounded.push(upTo - before)
    before = upTo
  }
  return rounded
}
