import { z } from 'zod'
import type { LineFilter } from '../allocation/relation'
import type { Metric, ReportGranularity } from '../contract/common'
import type { CostsQuery } from '../contract/costs'
import { suggest } from '../costformation/nearest'
import { type FilterKey, parseFilterKey } from '../costformation/source'
import { sqlString } from '../costformation/sql-literal'
import type { Definition } from '../costformation/tree'
import { startingInSql } from '../costs/current-lines'
import { type BillDigest, currentDigest } from '../costs/digest/read'
import { AppError } from '../errors'
import { instant } from '../instant'
import { warehouse } from '../warehouse/client'
import { currenciesOf } from './bill-shape'

export function readRange({ from, to }: { from: string; to: string }): { from: Date; to: Date } {
  const range = { from: instant(from), to: instant(to) }
  if (range.from >= range.to) {
    throw new AppError('invalid_request', `to (${to}) must be after from (${from}); ends are exclusive.`, [
      { name: 'to', reason: 'must be after from' },
    ])
  }
  return range
}

/** A key of a query. Throws an AppError for one that cannot be read, or that names no dimension. */
export function readKey(name: string, text: string, definition: Definition): FilterKey {
  const key = parseFilterKey(text)
  if ('error' in key) throw new AppError('invalid_request', `${name}: ${key.error}`, [{ name, reason: key.error }])
  if (key.kind !== 'dimensionName') return key
  const names = definition.dimensions.filter(({ disabled }) => !disabled).map((dimension) => dimension.name)
  if (names.includes(key.name)) return key
  const reason = `there is no dimension named "${key.name}"${suggest({ word: key.name, candidates: names })}`
  throw new AppError('invalid_request', `${name}: ${reason}`, [{ name, reason }])
}

const FILTER = /^(?:"((?:[^"\\]|\\.)*)"|(.+?))(!?=)(.*)$/s

/**
 * `key=value` or `key!=value`; the same key several times means any of the values, and no value that there is none.
 * A key that itself holds `=`, or ends in `!`, stands in double quotes, where `\` goes before a quote or a `\`.
 */
export function readFilters(texts: readonly string[], definition: Definition): LineFilter[] {
  const filters = new Map<string, LineFilter>()
  for (const text of texts) {
    const [, quoted, plain = '', operator = '', value = ''] = FILTER.exec(text) ?? []
    const name = quoted === undefined ? plain : quoted.replace(/\\(.)/gs, '$1')
    if (!name)
      throw new AppError('invalid_request', `filter: "${text}" is not key=value or key!=value.`, [
        { name: 'filter', reason: 'write key=value' },
      ])
    const key = readKey('filter', name, definition)
    const id = `${JSON.stringify(key)}${operator}`
    const filter = filters.get(id) ?? { key, values: [], negate: operator === '!=' }
    filter.values.push(value)
    filters.set(id, filter)
  }
  return [...filters.values()]
}

/** Start of a row's period as SQL of type DateTime over a column. */
export function periodSql({
  granularity,
  column,
  from,
}: {
  granularity: ReportGranularity
  column: string
  from: Date
}): string {
  switch (granularity) {
    case 'hourly':
      return `toStartOfHour(${column})`
    case 'daily':
      return `toStartOfDay(${column})`
    case 'monthly':
      return `toDateTime(toStartOfMonth(${column}), 'UTC')`
    case 'total':
      return `toDateTime(${Math.floor(from.getTime() / 1000)}, 'UTC')`
  }
}

const currencyRow = z.object({ currency: z.string(), lines: z.coerce.number() })

/** The currencies of the lines in a range, the one with most lines first. */
export async function currenciesIn({ from, to, bill }: { from: Date; to: Date; bill: BillDigest }): Promise<string[]> {
  if (isWholeDay(from) && isWholeDay(to)) {
    const [first, end] = [from, to].map((date) => date.toISOString().slice(0, 10)) as [string, string]
    return currenciesOf(bill.shape.filter(({ day }) => day >= first && day < end))
  }
  const { query } = await warehouse()
  const rows = await query({
    query: `SELECT BillingCurrency AS currency, count() AS lines FROM cost_lines WHERE ${bill.lines} AND ${startingInSql({ from, to })} GROUP BY currency`,
    schema: currencyRow,
  })
  return currenciesOf(rows)
}

export interface ReportScope {
  from: Date
  to: Date
  metric: Metric
  granularity: ReportGranularity
  currency: string | null
  currencies: string[]
  /** Over cost_lines: current imports, range and currency. */
  where: string
}

/** Sums never cross currencies: one is asked for, or the one with most lines is taken (DESIGN §3). */
export async function readScope(
  query: Pick<CostsQuery, 'from' | 'to' | 'metric' | 'currency' | 'granularity'>,
): Promise<ReportScope> {
  const { from, to } = readRange(query)
  const bill = await currentDigest()
  const currencies = await currenciesIn({ from, to, bill })
  const currency = query.currency ?? currencies[0] ?? null
  const inRange = `${bill.lines} AND ${startingInSql({ from, to })}`
  const where = currency === null ? inRange : `${inRange} AND BillingCurrency = ${sqlString(currency)}`
  return { from, to, metric: query.metric, granularity: query.granularity, currency, currencies, where }
}

/** A date without a time, for ranges of whole days. */
export const isWholeDay = (date: Date): boolean => date.getTime() % 86_400_000 === 0

export const isoSeconds = (date: Date): string => date.toISOString().replace('.000Z', 'Z')
