import { byBytes } from '../reference-allocation'
import { add, divide, type Fraction, isEqual, isLess, multiply, ONE, subtract, sum, ZERO } from './fraction'
import { type Shares, sharesOf } from './shares'

/** By the pool's name; no shares where it has no drivers. */
type Pools = ReadonlyMap<string, Shares>

const withoutSelf = (pools: Pools): Pools =>
  new Map([...pools].map(([name, shares]) => [name, sharesOf([...shares].filter(([element]) => element !== name))]))

/** Solves x = c + R x by elimination; null where there is no solution. */
function reciprocal(pools: Pools): Map<string, Shares> | null {
  const givers = [...pools].filter(([, shares]) => shares.size > 0).map(([name]) => name)
  const ends = [...new Set([...pools.values()].flatMap((shares) => [...shares.keys()]))].filter(
    (e) => !givers.includes(e),
  )
  const columns = [...givers, ...ends]
  // x_p − Σ_q share(p, q) · x_q = Σ_e share(p, e) · e
  const rows = givers.map((pool) =>
    columns.map((column) => {
      const share = pools.get(pool)?.get(column) ?? ZERO
      if (!givers.includes(column)) return share
      return subtract(column === pool ? ONE : ZERO, share)
    }),
  )
  for (let pivot = 0; pivot < givers.length; pivot++) {
    const found = rows.findIndex((row, index) => index >= pivot && !isEqual(row[pivot] ?? ZERO, ZERO))
    if (found === -1) return null
    const [row = []] = rows.splice(found, 1)
    const scaled = row.map((value) => divide(value, row[pivot] ?? ONE))
    rows.splice(pivot, 0, scaled)
    for (const [index, other] of rows.entries()) {
      const factor = other[pivot] ?? ZERO
      if (index === pivot || isEqual(factor, ZERO)) continue
      rows[index] = other.map((value, column) => subtract(value, multiply(factor, scaled[column] ?? ZERO)))
    }
  }
  return new Map(
    [...pools.keys()].map((pool) => {
      const row = rows[givers.indexOf(pool)]
      if (!row) return [pool, new Map([[pool, ONE]])]
      return [pool, sharesOf(ends.map((end, index) => [end, row[givers.length + index] ?? ZERO]))]
    }),
  )
}

/** Follows a cost of 1 of one pool from pool to pool, each giving once to those that have not given yet. */
function stepDown(pools: Pools, start: string): Shares {
  const toPools = (name: string) =>
    sum([...(pools.get(name) ?? [])].flatMap(([e, share]) => (pools.has(e) ? [share] : [])))
  const order = [...pools.keys()].filter((name) => pools.get(name)?.size)
  order.sort((a, b) => (isLess(toPools(b), toPools(a)) ? -1 : isLess(toPools(a), toPools(b)) ? 1 : byBytes(a, b)))
  const held = new Map<string, Fraction>([[start, ONE]])
  for (const [index, pool] of order.entries()) {
    const gone = order.slice(0, index)
    const given = sharesOf([...(pools.get(pool) ?? [])].filter(([element]) => !gone.includes(element)))
    const amount = held.get(pool) ?? ZERO
    if (given.size > 0) held.delete(pool)
    for (const [element, share] of given) held.set(element, add(held.get(element) ?? ZERO, multiply(amount, share)))
  }
  return sharesOf(held)
}

function direct(pools: Pools, start: string): Shares {
  const shares = sharesOf([...(pools.get(start) ?? [])].filter(([element]) => !pools.has(element)))
  return shares.size > 0 ? shares : new Map([[start, ONE]])
}

/** Where a cost of each pool ends up; null where Reciprocal has no solution. */
export function mutual(given: Pools, method: 'Reciprocal' | 'StepDown' | 'Direct'): Map<string, Shares> | null {
  const pools = withoutSelf(given)
  if (method !== 'Reciprocal') {
    const trace = method === 'StepDown' ? stepDown : direct
    return new Map([...pools.keys()].map((name) => [name, trace(pools, name)]))
  }
  const isSelfish = [...given].some(([name, shares]) => shares.size > 0 && pools.get(name)?.size === 0)
  return isSelfish ? null : reciprocal(pools)
}
