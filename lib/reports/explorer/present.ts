import { z } from 'zod'
import type { ExplorerQuery, ExplorerReport } from '../../contract/explorer'
import { canonicalFilterKey } from '../../costformation/source'
import { plainDecimal, subtractDecimals, sumDecimals } from '../../decimal'
import type { Waiting } from '../../runs/waiting'
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

type Group = ExplorerReport['groups'][number]

/** Groups over the whole range, largest first and `other` last. */
function groupTotals({
  rows,
  groupOf,
  compared,
}: {
  rows: readonly CellRow[]
  groupOf: (row: CellRow) => (string | null)[]
  compared: boolean
}): Group[] {
  const byGroup = new Map<string, { first: CellRow; now: CellRow[]; before: CellRow[] }>()
  for (const row of rows) {
    const key = JSON.stringify([row.other, row.groups])
    const known = byGroup.get(key) ?? { first: row, now: [], before: [] }
    byGroup.set(key, known)
    ;(row.previous ? known.before : known.now).push(row)
  }
  const groups = [...byGroup.values()].map(({ first, now, before }): Group => {
    const cost = sumDecimals(now.map((row) => row.cost))
    const previous = sumDecimals(before.map((row) => row.cost))
    return {
      group: groupOf(first),
      other: first.other,
      cost,
      lines: now.reduce((sum, row) => sum + row.lines, 0),
      previous: compared ? previous : null,
      difference: compared ? subtractDecimals(cost, previous) : null,
    }
  })
  return groups.sort(
    (a, b) =>
      Number(a.other) - Number(b.other) ||
      compareSizes(a.cost, b.cost) ||
      compareSizes(a.previous ?? '0', b.previous ?? '0') ||
      (JSON.stringify(a.group) < JSON.stringify(b.group) ? -1 : 1),
  )
}

function compareSizes(a: string, b: string): number {
  const size = (text: string) => text.replace('-', '')
  const difference = subtractDecimals(size(b), size(a))
  return difference === '0' ? 0 : difference.startsWith('-') ? -1 : 1
}

/** Cost and lines of the range compared with, by period, and by period and group. */
function previousOf({
  rows,
  scope,
  groupOf,
  total,
}: {
  rows: readonly CellRow[]
  scope: ExplorerScope
  groupOf: (row: CellRow) => (string | null)[]
  total: string
}): ExplorerReport['previous'] {
  if (!scope.previous) return null
  const byPeriod = new Map<string, string[]>()
  for (const row of rows) byPeriod.set(row.period, [...(byPeriod.get(row.period) ?? []), row.cost])
  const before = sumDecimals(rows.map((row) => row.cost))
  return {
    from: isoSeconds(scope.previous.from),
    to: isoSeconds(scope.previous.to),
    total: before,
    lines: rows.reduce((sum, row) => sum + row.lines, 0),
    difference: subtractDecimals(total, before),
    periods: [...byPeriod].map(([period, costs]) => ({ period, cost: sumDecimals(costs) })),
    rows: rows.map((row) => ({
      period: row.period,
      group: groupOf(row),
      other: row.other,
      cost: plainDecimal(row.cost),
    })),
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
  const groupOf = (row: CellRow) => groupBy.map((_, index) => row.groups[index] || null)
  const now = rows.filter((row) => !row.previous)
  const total = sumDecimals(now.map((row) => row.cost))
  const others = rows.filter((row) => row.other)
  return {
    metric: query.metric,
    currency: scope.currency,
    currencies: scope.currencies,
    granularity: query.granularity,
    basis: query.basis,
    from: isoSeconds(scope.range.from),
    to: isoSeconds(scope.range.to),
    group_by: groupBy,
    rows: now.map((row) => ({
      period: row.period,
      group: groupOf(row),
      other: row.other,
      cost: plainDecimal(row.cost),
      lines: row.lines,
    })),
    groups: groupTotals({ rows, groupOf, compared: scope.previous !== null }),
    other_groups: others.reduce((most, row) => Math.max(most, row.folded), 0),
    total,
    lines: now.reduce((sum, row) => sum + row.lines, 0),
    previous: previousOf({ rows: rows.filter((row) => row.previous), scope, groupOf, total }),
    units: [...new Set(now.flatMap((row) => row.units))].filter((unit) => unit !== '').sort(),
    up_to_date: !waiting.stale,
    failure: waiting.failure,
  }
}
