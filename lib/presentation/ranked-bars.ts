import { Exact, sumExact } from './exact'
import { statementDigits } from './money'
import { roundStatement } from './round-statement'
import { shares } from './shares'

export interface RankedBar {
  key: string
  label: string
  kind: 'named' | 'none' | 'other'
  amount: string
  shown: string
  share: string | null
  /** Credits and refunds: drawn as an outline. */
  negative: boolean
  /** Percent of the longest bar, 0–100; pixel geometry only. */
  width: number
}

/**
 * Ranks amounts by size for horizontal bars. `label: null` is cost without such a value, and says `none`.
 * What is past `top` becomes one `Other (N of M)`.
 */
export function rankBars({
  items,
  none,
  top = 12,
}: {
  items: readonly { label: string | null; amount: string }[]
  none: string
  top?: number
}): { bars: RankedBar[]; digits: number; total: string; shownTotal: string; count: number } {
  const ranked = [...items].sort(
    (a, b) => new Exact(b.amount).abs().cmp(new Exact(a.amount).abs()) || (a.label ?? '').localeCompare(b.label ?? ''),
  )
  const named = ranked.length > top + 1 ? ranked.slice(0, top) : ranked
  const rest = ranked.slice(named.length)
  const bars: Pick<RankedBar, 'key' | 'label' | 'kind' | 'amount'>[] = named.map(({ label, amount }) =>
    label === null
      ? { key: 'none', label: none, kind: 'none', amount }
      : { key: `named:${label}`, label, kind: 'named', amount },
  )
  if (rest.length > 0) {
    const amount = sumExact(rest.map((item) => item.amount))
    bars.push({ key: 'other', label: `Other (${rest.length} of ${ranked.length})`, kind: 'other', amount })
  }
  const amounts = bars.map((bar) => bar.amount)
  const total = sumExact(amounts)
  const digits = statementDigits(total)
  const shown = roundStatement({ amounts, digits })
  const percents = shares(amounts, total)
  const longest = amounts.reduce((max, amount) => Exact.max(max, new Exact(amount).abs()), new Exact(0))
  return {
    digits,
    total,
    shownTotal: new Exact(sumExact(shown)).toFixed(digits),
    count: ranked.length,
    bars: bars.map((bar, at) => ({
      ...bar,
      shown: shown[at] ?? bar.amount,
      share: percents[at] ?? null,
      negative: new Exact(bar.amount).lt(0),
      width: longest.isZero() ? 0 : new Exact(bar.amount).abs().div(longest).mul(100).toNumber(),
    })),
  }
}
