import { Exact, sumExact } from './exact'
import { roundStatement } from './round-statement'

/** Percentages of a total that add up to 100.0, or null where the total is zero. */
export function shares(amounts: readonly string[], total: string): (string | null)[] {
  if (new Exact(total).isZero()) return amounts.map(() => null)
  const percents = amounts.map((amount) => new Exact(amount).div(total).mul(100).toFixed())
  const whole = new Exact(sumExact(amounts)).eq(total)
  const rounded = roundStatement({ amounts: percents, digits: 1, ...(whole && { target: '100' }) })
  return rounded.map((percent, index) => {
    const exact = new Exact(percents[index] ?? 0)
    return new Exact(percent).isZero() && exact.gt(0) ? '<0.1%' : `${percent.replace('-', '−')}%`
  })
}

/** One ratio, `9.09%`; for sentences, where nothing has to add up. */
export function percentOf(part: string, total: string, digits = 2): string | null {
  return new Exact(total).isZero() ? null : `${new Exact(part).div(total).mul(100).toFixed(digits)}%`
}
