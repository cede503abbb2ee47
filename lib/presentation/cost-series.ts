import type { CostsReport } from '@/lib/contract/costs'
import { Exact, sumExact } from './exact'
import { statementDigits } from './money'
import { isoTime, periodLabel, periodsOf } from './periods'
import { roundStatement } from './round-statement'

export interface CostPoint {
  period: string
  label: string
  /** Null where there is no cost line. */
  cost: string | null
  shown: string | null
  lines: number
}

/** Cost by day over the whole range; days without a line stay gaps. The shown costs add up to the shown total. */
export function prepareCostSeries(report: CostsReport): {
  points: CostPoint[]
  digits: number
  total: string
  shownTotal: string
} {
  const byPeriod = new Map<string, { cost: string; lines: number }>()
  for (const row of report.rows) {
    const period = isoTime(row.period)
    const known = byPeriod.get(period)
    byPeriod.set(period, {
      cost: sumExact([known?.cost ?? '0', row.cost]),
      lines: (known?.lines ?? 0) + row.lines,
    })
  }
  const digits = statementDigits(report.total)
  const periods = periodsOf({ from: report.from, to: report.to }, 'daily')
  const present = periods.flatMap((period) => byPeriod.get(period)?.cost ?? [])
  const shown = roundStatement({ amounts: present, digits })
  const rest = shown.values()
  return {
    digits,
    total: report.total,
    shownTotal: new Exact(sumExact(shown)).toFixed(digits),
    points: periods.map((period) => {
      const row = byPeriod.get(period)
      return {
        period,
        label: periodLabel(period, 'daily'),
        cost: row?.cost ?? null,
        shown: row ? (rest.next().value ?? null) : null,
        lines: row?.lines ?? 0,
      }
    }),
  }
}
