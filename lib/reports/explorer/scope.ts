import type { ExplorerQuery } from '../../contract/explorer'
import { sqlString } from '../../costformation/sql-literal'
import { currentDigest } from '../../costs/digest/read'
import { currenciesOf, type ShapeRow } from '../bill-shape'
import { readRange } from '../report-query'
import { inRangeSql, previousRange, type Range, refuseParts, tellsHours } from './ranges'

export interface ExplorerScope {
  range: Range
  /** null unless it was asked to compare. */
  previous: Range | null
  currency: string | null
  currencies: string[]
  /** Over cost_lines: current imports, both ranges and the currency. */
  where: string
  /** The same over cost_days; null where hours matter. */
  days: string | null
}

/** Days are told apart, moments within a day are not: a day that the range only touches counts. */
function within({ rows, range, byBill }: { rows: readonly ShapeRow[]; range: Range; byBill: boolean }): ShapeRow[] {
  const first = range.from.toISOString().slice(0, 10)
  const last = new Date(range.to.getTime() - 1).toISOString().slice(0, 10)
  return rows.filter((row) => {
    const day = byBill ? row.month : row.day
    return day >= first && day <= last
  })
}

/** Sums never cross currencies: one is asked for, or the one with most lines is taken (DESIGN §3). */
export async function readExplorerScope(
  query: Pick<ExplorerQuery, 'from' | 'to' | 'granularity' | 'basis' | 'currency' | 'compare'>,
): Promise<ExplorerScope> {
  const range = readRange(query)
  const { basis } = query
  refuseParts({ ...range, basis, granularity: query.granularity })
  const previous = query.compare === 'previous' ? previousRange(range) : null
  const { shape: rows, lines, days } = await currentDigest()
  const byBill = basis === 'billing'
  const now = within({ rows, range, byBill })
  const before = previous ? within({ rows, range: previous, byBill }) : []
  const currencies = currenciesOf(now)
  const currency = query.currency ?? currencies[0] ?? currenciesOf(before)[0] ?? null
  const isOnly = rows.every((row) => row.currency === currency)
  const tests = [
    inRangeSql({ basis, from: previous?.from ?? range.from, to: range.to }),
    ...(currency === null || isOnly ? [] : [`BillingCurrency = ${sqlString(currency)}`]),
  ]
  const of = (table: string) => [table, ...tests].join(' AND ')
  const isHourly = tellsHours({ basis, granularity: query.granularity, ranges: previous ? [previous, range] : [range] })
  return {
    ...{ range, previous, currency, currencies },
    where: of(lines),
    days: days === null || isHourly ? null : of(days),
  }
}
