import type { ExplainRange } from './range'

const DAY = 86_400_000
const day = (time: number) => new Date(time).toISOString().slice(0, 10)

/** A key that would be misread stands in quotes, as the filters of a query have it. */
const filterText = (key: string, value: string) =>
  `${/[=]|!$|^"/.test(key) ? `"${key.replaceAll(/["\\]/g, '\\$&')}"` : key}=${value}`

/** The explorer over whole days, narrowed to lines that have these values. */
export function explorerLink({
  from,
  to,
  range,
  values,
}: {
  from: Date
  /** Exclusive. */
  to: Date
  range: Pick<ExplainRange, 'metric' | 'currency'>
  values: readonly (readonly [key: string, value: string])[]
}): string {
  const query = new URLSearchParams({ from: day(from.getTime()), to: day(Math.ceil(to.getTime() / DAY) * DAY) })
  query.set('metric', range.metric)
  if (range.currency !== null) query.set('currency', range.currency)
  for (const key of ['service', 'resource']) query.append('group', key)
  for (const [key, value] of values) query.append('filter', filterText(key, value))
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
