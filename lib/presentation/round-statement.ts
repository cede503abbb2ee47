import { Exact, sumExact } from './exact'

/**
 * Rounds the lines of one displayed statement so that what is shown adds up (largest remainder; DESIGN §3.7).
 * Amounts are exact decimals of one unit; `target` is the total as shown, by default the rounded exact total.
 * Returns plain decimals with `digits` fractional digits, in the order they came.
 */
export function roundStatement({
  amounts,
  digits,
  target,
}: {
  amounts: readonly string[]
  digits: number
  target?: string
}): string[] {
  const step = new Exact(10).pow(-digits)
  const lines = amounts.map((amount, index) => {
    const units = new Exact(amount).div(step)
    const floor = units.floor()
    return { index, floor, remainder: units.minus(floor) }
  })
  const goal = new Exact(target ?? roundAmount(sumExact(amounts), digits)).div(step).round()
  const missing = goal.minus(sumExact(lines.map((line) => line.floor.toFixed())))

  // Within a step a line unless the caller's target is far from the sum; then every line takes its part of that too.
  const each = lines.length === 0 ? new Exact(0) : missing.div(lines.length).floor()
  const extra = missing.minus(each.mul(lines.length)).toNumber()
  const byRemainder = [...lines].sort((a, b) => b.remainder.cmp(a.remainder) || a.index - b.index)
  for (const [rank, line] of byRemainder.entries()) {
    line.floor = line.floor.plus(each).plus(rank < extra ? 1 : 0)
  }
  return lines.map((line) => line.floor.mul(step).toFixed(digits))
}

/** Half away from zero, as people round money. */
export function roundAmount(amount: string, digits: number): string {
  return new Exact(amount).toFixed(digits, Exact.ROUND_HALF_UP)
}
