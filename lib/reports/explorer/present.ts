import { z } from 'zod'
import type { ExplorerQuery, ExplorerReport } from '../../contract/explorer'
import { canonicalFilterKey } from '../../costformation/source'
import { plainDecimal } from '../../decimal'
import type { Waiting } from '../../runs/waiting'
import { fromUnits, toUnits } from '../../units'
import { isoSeconds } from '../report-query'
import type { ExplorerScope } from './scope'

export const cellRow = z.object({
  other: z.coerce.boolean(),
  groups: z.array(z.string()),
  previous: z.coerce.boolean(),
  period: z.string(),
  cost: z.string(),
  lines: z.coerce.number(),
  units: z.array(z.string()),
  /** On rows of `other`: how many groups it holds there at most. */
  folded: z.coerce.number(),
})
export type CellRow = z.infer<typeof cellRow>

/** A row with its cost as a whole number of 10^-18. */
interface Cell {
  row: CellRow
  size: bigint
  group: (string | null)[]
}

type Group = ExplorerReport['groups'][number]

const absolute = (size: bigint) => (size < 0n ? -size : size)
const descending = (a: bigint, b: bigint) => (a === b ? 0 : a > b ? -1 : 1)
const sumOf = (cells: readonly Cell[]) => cells.reduce((sum, { size }) => sum + size, 0n)
const linesOf = (cells: readonly Cell[]) => cells.reduce((sum, { row }) => sum + row.lines, 0)

/** Groups over the whole range, largest first and `other` last. */
function groupTotals({ cells, compared }: { cells: readonly Cell[]; compared: boolean }): Group[] {
  const byGroup = new Map<string, { first: Cell; name: string; now: bigint; before: bigint; lines: number }>()
  for (const cell of cells) {
    const [only = ''] = cell.row.groups
    const name = cell.row.groups.length === 1 ? only : JSON.stringify(cell.row.groups)
    const key = `${Number(cell.row.other)}${name}`
    const known = byGroup.get(key) ?? { first: cell, name, now: 0n, before: 0n, lines: 0 }
    byGroup.set(key, known)
    if (cell.row.previous) known.before += cell.size
    else {
      known.now += cell.size
      known.lines += cell.row.lines
    }
  }
  const groups = [...byGroup.values()].sort(
    (a, b) =>
      Number(a.first.row.other) - Number(b.first.row.other) ||
      descending(absolute(a.now), absolute(b.now)) ||
      descending(absolute(a.before), absolute(b.before)) ||
      (a.name < b.name ? -1 : 1),
  )
  return groups.map(({ first, now, before, lines }) => ({
    group: first.group,
    other: first.row.other,
    cost: fromUnits(now),
    lines,
    previous: compared ? fromUnits(before) : null,
    difference: compared ? fromUnits(now - before) : null,
  }))
}

/** Cost and lines of the range compared with, by period, and by period and group. */
function previousOf({
  cells,
  scope,
  total,
}: {
  cells: readonly Cell[]
  scope: ExplorerScope
  total: bigint
}): ExplorerReport['previous'] {
  if (!scope.previous) return null
  const byPeriod = new Map<string, bigint>()
  for (const { row, size } of cells) byPeriod.set(row.period, (byPeriod.get(row.period) ?? 0n) + size)
  const before = sumOf(cells)
  return {
    from: isoSeconds(scope.previous.from),
    to: isoSeconds(scope.previous.to),
    total: fromUnits(before),
    lines: linesOf(cells),
    difference: fromUnits(total - before),
    periods: [...byPeriod].map(([period, cost]) => ({ period, cost: fromUnits(cost) })),
    rows: cells.map(({ row: { period, other, cost }, group }) => ({ period, group, other, cost: plainDecimal(cost) })),
  }
}

export function presentExplorer({
  rows,
  query,
  scope,
  waiting,
}: {
  rows: readonly CellRow[]
  query: ExplorerQuery
  scope: ExplorerScope
  waiting: Waiting
}): ExplorerReport {
  const groupBy = query.group_by.map(canonicalFilterKey)
  const cells = rows.map(
    (row): Cell => ({
      row,
      size: toUnits(row.cost),
      group: groupBy.map((_, index) => row.groups[index] || null),
    }),
  )
  const now = cells.filter(({ row }) => !row.previous)
  const total = sumOf(now)
  return {
    metric: query.metric,
    currency: scope.currency,
    currencies: scope.currencies,
    granularity: query.granularity,
    basis: query.basis,
    from: isoSeconds(scope.range.from),
    to: isoSeconds(scope.range.to),
    group_by: groupBy,
    rows: now.map(({ row: { period, other, cost, lines }, group }) => ({
      period,
      group,
      other,
      cost: plainDecimal(cost),
      lines,
    })),
    groups: groupTotals({ cells, compared: scope.previous !== null }),
    other_groups: cells.reduce((most, { row }) => (row.other ? Math.max(most, row.folded) : most), 0),
    total: fromUnits(total),
    lines: linesOf(now),
    previous: previousOf({ cells: cells.filter(({ row }) => row.previous), scope, total }),
    units: [...new Set(now.flatMap(({ row }) => row.units))].filter((unit) => unit !== '').sort(),
    up_to_date: !waiting.stale,
    failure: waiting.failure,
  }
}
