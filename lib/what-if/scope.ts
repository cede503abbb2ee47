import type { Metric } from '../contract/common'
import { sqlString } from '../costformation/sql-literal'
import { currentLinesSql } from '../costs/current-lines'
import { AppError } from '../errors'
import { billShape, currenciesOf } from '../reports/bill-shape'
import { isWholeDay, readRange } from '../reports/report-query'

/** Which cost is asked about: whole days of one currency. */
export interface WhatIfScope {
  from: Date
  to: Date
  metric: Metric
  currency: string | null
  currencies: string[]
  /** Days that have cost lines. */
  days: string[]
  /** Every cost line that counts, of whatever day. */
  current: string
  /** The lines of some of the days, in the currency. */
  whereOf: (days: readonly string[]) => string
}

const MOST_DAYS = 400

function refuse(name: string, reason: string): never {
  throw new AppError('invalid_request', `${name}: ${reason}`, [{ name, reason }])
}

/** Days of a range of whole days that have cost lines. */
export async function costDays({ from, to }: { from: Date; to: Date }): Promise<string[]> {
  const [first, end] = [from, to].map((date) => date.toISOString().slice(0, 10)) as [string, string]
  return [...new Set((await billShape()).flatMap(({ day }) => (day >= first && day < end ? [day] : [])))].sort()
}

export async function readWhatIfScope(asked: {
  from: string
  to: string
  metric: Metric
  currency?: string | undefined
}): Promise<WhatIfScope> {
  const { from, to } = readRange(asked)
  if (!isWholeDay(from)) refuse('from', 'is not the start of a day')
  if (!isWholeDay(to)) refuse('to', 'is not the start of a day')
  if (to.getTime() - from.getTime() > MOST_DAYS * 86_400_000) refuse('to', `is more than ${MOST_DAYS} days after from`)
  const [first, end] = [from, to].map((date) => date.toISOString().slice(0, 10)) as [string, string]
  const shape = (await billShape()).filter(({ day }) => day >= first && day < end)
  const currencies = currenciesOf(shape)
  const currency = asked.currency ?? currencies[0] ?? null
  const current = await currentLinesSql()
  const money = currency === null ? current : `${current} AND BillingCurrency = ${sqlString(currency)}`
  return {
    from,
    to,
    metric: asked.metric,
    currency,
    currencies,
    days: await costDays({ from, to }),
    current,
    whereOf: (days) =>
      days.length === 0
        ? '0'
        : `${money} AND toDate(ChargePeriodStart) IN (${days.map((day) => `toDate('${day}')`).join(', ')})`,
  }
}
