const QUANTUM = 1_000_000n

const absolute = (value: bigint) => (value < 0n ? -value : value)

/** The same rule as `cumulativeShareSql`, over units of 10^-18: what explains and tests a split. */
export function cumulativeShare({ cost, running, total }: { cost: bigint; running: bigint; total: bigint }): bigint {
  if (running === total) return cost
  const share = (2n * absolute(cost) * running + total * QUANTUM) / (2n * total * QUANTUM)
  return (cost < 0n ? -share : share) * QUANTUM
}

/**
 * Splits a cost by weights, in the order given, without losing a digit (DESIGN §3, 3).
 * Units of 10^-18 throughout; weights are not negative, and not all zero.
 */
export function splitCost({ cost, weights }: { cost: bigint; weights: readonly bigint[] }): bigint[] {
  const total = weights.reduce((sum, weight) => sum + weight, 0n)
  if (total <= 0n) throw new RangeError(`weights must add up to more than zero, got ${total}`)
  let running = 0n
  return weights.map((weight) => {
    const before = cumulativeShare({ cost, running, total })
    running += weight
    return cumulativeShare({ cost, running, total }) - before
  })
}
