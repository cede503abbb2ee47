import type { ExplainRange } from './range'

const DAY = 86_400_000
const day = (time: number) => new Date(time).toISOString().slice(0, 10)

/** A key that would be misread stands in quotes, as the filters of a query have it. */
const filterText = ([key, value, negate = false]: LinkFilter) =>
  `${/[=]|!$|^"/.test(key) ? `"${key.replaceAll(/["\\]/g, '\\$&')}"` : key}${negate ? '!=' : '='}${value}`

export type LinkFilter = readonly [key: string, value: string, negate?: boolean]

const endOfMonth = (month: string) => {
  const start = new Date(`${month}T00:00:00Z`)
  return day(Date.UTC(start.getUTCFullYear(), start.getUTCMonth() + 1, 1))
}

/** What the explorer is to show: lines that have these values. */
interface Shown {
  range: Pick<ExplainRange, 'metric' | 'currency'>
  values: readonly LinkFilter[]
}

/** The explorer over whole days, `to` exclusive, narrowed to lines that have these values. */
export function explorerLink({ from, to, ...shown }: Shown & Pick<ExplainRange, 'from' | 'to'>): string {
  return linkOf({ from: day(from.getTime()), to: day(Math.ceil(to.getTime() / DAY) * DAY) }, shown)
}

/** The explorer over the lines of one charge period, or of those the ones that stand in a month's bill. */
export function chargeLink({
  charge: { start, end },
  billingMonth,
  values,
  range,
}: Shown & {
  charge: { start: string; end: string }
  /** `2024-09-01`; null: of whatever bill. */
  billingMonth: string | null
}): string {
  const exact = [['ChargePeriodStart', start] as const, ['ChargePeriodEnd', end] as const, ...values]
  const from = start.slice(0, 10)
  return billingMonth === null
    ? linkOf({ from, to: day(Date.parse(`${from}T00:00:00Z`) + DAY) }, { range, values: exact })
    : linkOf({ from: billingMonth, to: endOfMonth(billingMonth), basis: 'billing' }, { range, values: exact })
}

function linkOf(period: Record<string, string>, { range, values }: Shown): string {
  const query = new URLSearchParams({ ...period, metric: range.metric })
  if (range.currency !== null) query.set('currency', range.currency)
  for (const key of ['service', 'resource']) query.append('group', key)
  for (const value of values) query.append('filter', filterText(value))
  return `/explorer?${query}`
}

/** The overview of a split, with the drawer that tells why some of it is unallocated. */
export function unallocatedLink({
  id,
  from,
  to,
  metric,
  currency,
}: { id: string } & Pick<ExplainRange, 'from' | 'to' | 'metric' | 'currency'>) {
  const query = new URLSearchParams({ dimension: id, metric, granularity: 'total' })
  query.set('from', day(from.getTime()))
  query.set('to', day(Math.ceil(to.getTime() / DAY) * DAY))
  if (currency !== null) query.set('currency', currency)
  query.set('explain', 'unallocated')
  return `/?${query}`
}
