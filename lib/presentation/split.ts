import type { AllocationsReport, GapPolicy, UnallocatedReason } from '@/lib/contract/allocations'
import type { ReportGranularity } from '@/lib/contract/common'
import { Exact, isZero, sumExact } from './exact'
import { unitOf } from './metrics'
import { statementDigits, type Unit } from './money'
import { isoTime, periodLabel, periodsOf } from './periods'
import { roundStatement } from './round-statement'
import { shares } from './shares'

export type SeriesKind = 'element' | 'other' | 'unallocated'

export interface SplitSeries {
  kind: SeriesKind
  name: string
  /** Place in the categorical palette; the same for an element in chart, legend and tables. */
  slot: number
  total: string
  shown: string
  share: string | null
  /** Per period, in the order of `periods`; null where there is no such cost. */
  amounts: (string | null)[]
  shownAmounts: (string | null)[]
  /** Per period: the gap policies that touched the amount. */
  gaps: GapPolicy[][]
}

export interface SplitPeriod {
  period: string
  label: string
  total: string | null
  /** The sum of the shown amounts of the row. */
  shownTotal: string | null
}

export interface Split {
  unit: Unit
  digits: number
  series: SplitSeries[]
  periods: SplitPeriod[]
  totals: { cost: string; allocated: string; unallocated: string }
  shown: { cost: string; allocated: string; unallocated: string }
  shares: { allocated: string | null; unallocated: string | null }
  /** How many elements there are, and how many of them `Other` holds. */
  elements: { all: number; inOther: number }
  reasons: { reason: UnallocatedReason; amount: string }[]
}

/**
 * Turns a report into what the overview draws and lists. Elements stand by size; those past `top` become one `Other`.
 * Everything shown is rounded once, by largest remainder, so that columns add up to the totals beneath them.
 */
export function prepareSplit({
  report,
  granularity,
  top = 7,
}: {
  report: AllocationsReport
  granularity: ReportGranularity
  top?: number
}): Split {
  const periods = periodsOf({ from: report.from, to: report.to }, granularity)
  const known = new Map(periods.map((period, at) => [period, at]))
  const placeOf = (period: string) => (granularity === 'total' ? 0 : known.get(isoTime(period)))
  const byElement = collect(report.rows, (row) => row.element, placeOf, periods.length)
  const ranked = [...byElement].sort(([a, x], [b, y]) => bySize(x.total, y.total) || a.localeCompare(b))
  const named = ranked.length > top + 1 ? ranked.slice(0, top) : ranked
  const rest = ranked.slice(named.length)

  const columns: Pick<SplitSeries, 'kind' | 'name' | 'total' | 'amounts' | 'gaps'>[] = [
    ...named.map(([name, column]) => ({ kind: 'element' as const, name, ...column })),
  ]
  if (rest.length > 0) {
    columns.push({
      kind: 'other',
      name: `Other (${rest.length} of ${ranked.length})`,
      ...merge(rest.map(([, c]) => c)),
    })
  }
  const unclaimed = collect(report.unallocated, () => '', placeOf, periods.length).get('')
  if (unclaimed) columns.push({ kind: 'unallocated', name: 'Unallocated', ...unclaimed })

  const unit = unitOf(report.metric, report.currency)
  const digits = statementDigits(report.totals.cost)
  const totals = columns.map((column) => column.total)
  // Over every element, whatever the top: an element's amount is the same wherever the report is shown.
  const whole = [...ranked.map(([, column]) => column.total), ...(unclaimed ? [unclaimed.total] : [])]
  const each = roundStatement({ amounts: whole, digits })
  const folded = plus(each.slice(named.length, ranked.length)).toFixed(digits)
  const shown = [...each.slice(0, named.length), ...(rest.length > 0 ? [folded] : []), ...each.slice(ranked.length)]
  const percents = shares(totals, report.totals.cost)
  const series = columns.map((column, at) => ({
    ...column,
    slot: at,
    shown: shown[at] ?? column.total,
    share: percents[at] ?? null,
    shownAmounts: roundColumn(column.amounts, digits, shown[at]),
  }))
  const unallocatedAt = series.findIndex((one) => one.kind === 'unallocated')
  const shownUnallocated = series[unallocatedAt]?.shown ?? new Exact(0).toFixed(digits)
  const shownAllocated = plus(series.filter((one) => one.kind !== 'unallocated').map((one) => one.shown)).toFixed(
    digits,
  )
  const [allocatedShare = null, unallocatedShare = null] = shares(
    [report.totals.allocated, report.totals.unallocated],
    report.totals.cost,
  )
  return {
    unit,
    digits,
    series,
    periods: periods.map((period, at) => ({
      period,
      label: periodLabel(period, granularity),
      ...rowTotals(series, at, digits),
    })),
    totals: report.totals,
    shown: {
      cost: plus([shownAllocated, shownUnallocated]).toFixed(digits),
      allocated: shownAllocated,
      unallocated: shownUnallocated,
    },
    shares: { allocated: allocatedShare, unallocated: unallocatedShare },
    elements: { all: ranked.length, inOther: rest.length },
    reasons: reasonsOf(report),
  }
}

interface Column {
  total: string
  amounts: (string | null)[]
  gaps: GapPolicy[][]
}

const distinct = (gaps: readonly GapPolicy[]) => [...new Set(gaps)].sort()

function collect<Row extends { period: string; amount: string; gaps?: GapPolicy[] | undefined }>(
  rows: readonly Row[],
  nameOf: (row: Row) => string,
  placeOf: (period: string) => number | undefined,
  length: number,
): Map<string, Column> {
  const columns = new Map<string, Column>()
  for (const row of rows) {
    const column = columns.get(nameOf(row)) ?? {
      total: '0',
      amounts: Array.from({ length }, () => null),
      gaps: Array.from({ length }, () => []),
    }
    columns.set(nameOf(row), column)
    column.total = sumExact([column.total, row.amount])
    const at = placeOf(row.period)
    if (at === undefined) continue
    column.amounts[at] = sumExact([column.amounts[at] ?? '0', row.amount])
    if (row.gaps) column.gaps[at] = distinct([...(column.gaps[at] ?? []), ...row.gaps])
  }
  return columns
}

function merge(columns: readonly Column[]): Column {
  const length = columns[0]?.amounts.length ?? 0
  return {
    total: sumExact(columns.map((column) => column.total)),
    amounts: Array.from({ length }, (_, at) => sumPresent(columns.map((column) => column.amounts[at] ?? null))),
    gaps: Array.from({ length }, (_, at) => distinct(columns.flatMap((column) => column.gaps[at] ?? []))),
  }
}

function sumPresent(amounts: readonly (string | null)[]): string | null {
  const present = amounts.filter((amount) => amount !== null)
  return present.length === 0 ? null : sumExact(present)
}

function roundColumn(amounts: readonly (string | null)[], digits: number, target?: string): (string | null)[] {
  const rounded = roundStatement({ amounts: amounts.filter((amount) => amount !== null), digits, target }).values()
  return amounts.map((amount) => (amount === null ? null : (rounded.next().value ?? null)))
}

function rowTotals(series: readonly SplitSeries[], at: number, digits: number) {
  const shown = sumPresent(series.map((one) => one.shownAmounts[at] ?? null))
  return {
    total: sumPresent(series.map((one) => one.amounts[at] ?? null)),
    shownTotal: shown === null ? null : new Exact(shown).toFixed(digits),
  }
}

function reasonsOf(report: AllocationsReport): Split['reasons'] {
  const reasons = new Map<UnallocatedReason, string>()
  for (const { reason, amount } of report.unallocated) {
    reasons.set(reason, sumExact([reasons.get(reason) ?? '0', amount]))
  }
  return [...reasons].map(([reason, amount]) => ({ reason, amount })).filter(({ amount }) => !isZero(amount))
}

const plus = (amounts: readonly string[]) => new Exact(sumExact(amounts))
const bySize = (a: string, b: string) => new Exact(b).abs().cmp(new Exact(a).abs())
