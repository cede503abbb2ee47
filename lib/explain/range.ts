import type { z } from 'zod'
import type { explainQuery } from '../contract/allocations'
import type { Metric } from '../contract/common'
import { sqlString } from '../costformation/sql-literal'
import { startingInSql } from '../costs/current-lines'
import { currentDigest } from '../costs/digest/read'
import { instant } from '../instant'
import { currenciesIn, readRange } from '../reports/report-query'

type ExplainQuery = z.infer<typeof explainQuery>

export interface ExplainRange {
  from: Date
  to: Date
  metric: Metric
  currency: string | null
  /** Over cost_lines: current imports, range and currency. */
  where: string
}

/** A period narrows the range to the one bar that was asked about. */
export function narrow(query: ExplainQuery): { from: Date; to: Date } {
  const { from, to } = readRange(query)
  if (query.period === undefined || query.granularity === 'total') return { from, to }
  const start = instant(query.period)
  const end = new Date(start)
  if (query.granularity === 'hourly') end.setUTCHours(end.getUTCHours() + 1)
  if (query.granularity === 'daily') end.setUTCDate(end.getUTCDate() + 1)
  if (query.granularity === 'monthly') end.setUTCMonth(end.getUTCMonth() + 1)
  return {
    from: new Date(Math.max(start.getTime(), from.getTime())),
    to: new Date(Math.min(end.getTime(), to.getTime())),
  }
}

/** What an explanation looks at; sums never cross currencies (DESIGN §3). */
export async function readExplainRange(query: ExplainQuery): Promise<ExplainRange> {
  const bill = await currentDigest()
  // That of the report over the same range.
  const currency = query.currency ?? (await currenciesIn({ ...readRange(query), bill }))[0] ?? null
  const range = narrow(query)
  const money = currency === null ? '' : ` AND BillingCurrency = ${sqlString(currency)}`
  return { ...range, metric: query.metric, currency, where: `${bill.lines} AND ${startingInSql(range)}${money}` }
}
