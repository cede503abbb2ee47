import type { CostKey, ExplorerReport } from '@/lib/contract/explorer'
import { Exact, isZero, sumExact } from '../exact'
import { isQuantity, unitOf } from '../metrics'
import { statementDigits, type Unit } from '../money'
import { isoTime, periodLabel, periodsOf } from '../periods'
import { roundStatement } from '../round-statement'
import { shares } from '../shares'
import { groupName } from './drill'

type Values = (string | null)[]

export interface CostSeries {
  id: string
  name: string
  kind: 'group' | 'other'
  /** A series' values, parallel to the report's keys; of `other` none. */
  group: Values
  /** Place in the palette. */
  slot: number
  cost: string
  shown: string
  share: string | null
  lines: number
  /** null unless compared. */
  change: Change | null
  /** Per period; null where there is no such cost. */
  amounts: Values
  shownAmounts: Values
}

export interface Change {
  previous: string
  shownPrevious: string
  difference: string
  shownDifference: string
  /** `+12.3%`; null where there was nothing before. */
  percent: string | null
}

export interface CostPeriod {
  period: string
  label: string
  total: string | null
  shownTotal: string | null
  /** The total of the period that this one is compared with. */
  previous: string | null
  previousPeriod: string | null
}

export interface Explored {
  unit: Unit
  digits: number
  series: CostSeries[]
  periods: CostPeriod[]
  total: string
  shownTotal: string
  change: Change | null
}

/** Turns a report into what the explorer draws and lists; what is shown is rounded so that columns add up. */
export function prepareExplorer({ report, keys }: { report: ExplorerReport; keys: readonly CostKey[] }): Explored {
  const { groups, granularity, previous } = report
  const periods = periodsOf(report, granularity)
  const before = previous ? periodsOf(previous, granularity) : []
  const amounts = amountsByGroup(report, periods)
  const digits = statementDigits(isZero(report.total) && previous ? previous.total : report.total)
  const costs = groups.map(({ cost }) => cost)
  const shown = roundStatement({ amounts: costs, digits })
  const percents = shares(costs, report.total)
  const shownBefore = roundStatement({ amounts: groups.map((group) => group.previous ?? '0'), digits })
  const series = groups.map(({ group, other, cost, lines, previous: earlier }, at): CostSeries => {
    const own = amounts.get(groupId(group, other)) ?? periods.map(() => null)
    const change =
      earlier === null
        ? null
        : changeOf({ cost, shown: shown[at] ?? cost, previous: earlier, shownPrevious: shownBefore[at] ?? '0' })
    return {
      id: groupId(group, other),
      name: other ? `Other (${report.other_groups})` : groupName(group, report.group_by, keys),
      kind: other ? 'other' : 'group',
      group: other ? [] : group,
      slot: at,
      cost,
      shown: shown[at] ?? cost,
      share: percents[at] ?? null,
      lines,
      change,
      amounts: own,
      shownAmounts: roundColumn(own, digits, shown[at]),
    }
  })
  const shownTotal = new Exact(sumExact(shown)).toFixed(digits)
  const beforeBy = new Map((previous?.periods ?? []).map(({ period, cost }) => [isoTime(period), cost]))
  return {
    unit: quantityUnit(report),
    digits,
    series,
    periods: periods.map((period, at) => ({
      period,
      label: periodLabel(period, granularity),
      ...rowTotals(series, at, digits),
      previous: beforeBy.get(before[at] ?? '') ?? null,
      previousPeriod: before[at] ?? null,
    })),
    total: report.total,
    shownTotal,
    change: previous && {
      ...changeOf({
        cost: report.total,
        shown: shownTotal,
        previous: previous.total,
        shownPrevious: new Exact(sumExact(shownBefore)).toFixed(digits),
      }),
    },
  }
}

const groupId = (group: Values, other: boolean) => (other ? 'other' : JSON.stringify(group))

function quantityUnit({ metric, currency, units }: ExplorerReport): Unit {
  const [only] = units
  return isQuantity(metric) && units.length === 1 && only !== undefined ? { word: only } : unitOf(metric, currency)
}

function amountsByGroup(report: ExplorerReport, periods: readonly string[]): Map<string, Values> {
  const places = new Map(periods.map((period, at) => [period, at]))
  const columns = new Map<string, Values>()
  for (const { group, other, period, cost } of report.rows) {
    const id = groupId(group, other)
    const column = columns.get(id) ?? periods.map(() => null)
    columns.set(id, column)
    const at = places.get(isoTime(period))
    if (at !== undefined) column[at] = cost
  }
  return columns
}

function changeOf({
  cost,
  shown,
  previous,
  shownPrevious,
}: {
  cost: string
  shown: string
  previous: string
  shownPrevious: string
}): Change {
  const difference = new Exact(cost).minus(previous)
  return {
    previous,
    shownPrevious,
    difference: difference.toFixed(),
    shownDifference: new Exact(shown).minus(shownPrevious).toFixed(),
    percent: percentChange(difference, previous),
  }
}

function percentChange(difference: Exact, previous: string): string | null {
  if (isZero(previous)) return null
  const percent = difference.div(new Exact(previous).abs()).mul(100).toFixed(1)
  if (new Exact(percent).isZero()) return '0.0%'
  return percent.startsWith('-') ? `−${percent.slice(1)}%` : `+${percent}%`
}

function roundColumn(amounts: Values, digits: number, target?: string): Values {
  const present = amounts.filter((amount) => amount !== null)
  const rounded = roundStatement({ amounts: present, digits, target }).values()
  return amounts.map((amount) => (amount === null ? null : (rounded.next().value ?? null)))
}

function rowTotals(series: readonly CostSeries[], at: number, digits: number) {
  const sum = (amounts: Values) => {
    const present = amounts.filter((amount) => amount !== null)
    return present.length === 0 ? null : sumExact(present)
  }
  const shown = sum(series.map((one) => one.shownAmounts[at] ?? null))
  return {
    total: sum(series.map((one) => one.amounts[at] ?? null)),
    shownTotal: shown === null ? null : new Exact(shown).toFixed(digits),
  }
}

export const SORTS = ['cost', 'name', 'previous', 'difference', 'lines'] as const
export type Sort = (typeof SORTS)[number]

/** By a column, Other always last; names from A, amounts from the largest, unless reversed. */
export function sortSeries(
  series: readonly CostSeries[],
  { sort, reverse }: { sort: Sort; reverse: boolean },
): CostSeries[] {
  const amount = (one: CostSeries) =>
    new Exact(
      {
        cost: one.cost,
        lines: one.lines,
        previous: one.change?.previous ?? 0,
        difference: one.change?.difference ?? 0,
        name: 0,
      }[sort],
    )
  const direction = reverse ? -1 : 1
  return [...series].sort(
    (a, b) =>
      Number(a.kind === 'other') - Number(b.kind === 'other') ||
      direction * (sort === 'name' ? a.name.localeCompare(b.name) : amount(b).cmp(amount(a))) ||
      a.slot - b.slot,
  )
}
