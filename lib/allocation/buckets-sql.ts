import type { StreamGranularity } from '../contract/streams'
import type { AllocationWindow } from '../costformation/tree'

const UNIT = { HOURLY: 'Hour', DAILY: 'Day', MONTHLY: 'Month' } as const

/** The time that drivers are looked for in, as SQL over a row's charge period [cs, ce). */
interface Span {
  start: string
  /** Exclusive. */
  end: string
}

const utc = (time: string) => `toDateTime(${time}, 'UTC')`

/** A charge period; one of no length counts as the second that it starts with. */
const CHARGE: Span = { start: 'cs', end: 'greatest(ce, cs + 1)' }

function spanOf(window: AllocationWindow, charge: Span): Span {
  const { start } = charge
  switch (window.type) {
    case 'SameBucket':
      return charge
    case 'PreviousMonth':
      return { start: utc(`addMonths(toStartOfMonth(${start}), -1)`), end: utc(`toStartOfMonth(${start})`) }
    case 'LastDays':
      return { start: utc(`addDays(toStartOfDay(${start}), -${window.days})`), end: utc(`toStartOfDay(${start})`) }
  }
}

/** The month of a bill, of a date in it, as a charge period. */
export const monthSpanSql = (date: string): Span => ({
  start: utc(`toStartOfMonth(${date})`),
  end: utc(`addMonths(toStartOfMonth(${date}), 1)`),
})

/** Start of the bucket that a time lies in. */
export const bucketStartSql = (granularity: StreamGranularity, time: string) =>
  utc(`toStartOf${UNIT[granularity]}(${time})`)

/** After every bucket, and well before a DateTime ends. */
export const BUCKETS_END = "toDateTime('2100-01-01 00:00:00', 'UTC')"

/** Starts of the buckets after one, up to so many later, from `first` to `last`; `last` need not be a bucket start. */
export function carriedToSql({
  granularity,
  buckets,
  from,
  first,
  last,
}: {
  granularity: StreamGranularity
  buckets: number
  from: string
  first: string
  last: string
}): string {
  const unit = UNIT[granularity]
  const after = (count: number) => `add${unit}s(toDateTime64(${from}, 0, 'UTC'), ${count})`
  const start = `greatest(${utc(after(1))}, ${first})`
  const end = utc(`least(${after(buckets)}, toDateTime64(${last}, 0, 'UTC'))`)
  const count = `if(${end} < ${start}, 0, toUInt64(dateDiff('${unit.toLowerCase()}', ${start}, ${end}) + 1))`
  return `arrayMap(i -> ${utc(`add${unit}s(${start}, i)`)}, range(${count}))`
}

/**
 * Starts of the buckets that a window overlaps: of the charge period itself, one for a line no longer than its bucket,
 * several for a longer one, whose values then add up (DESIGN §3, 1). Only those from `first` to `last`, which are bucket
 * starts: a line may last for years.
 */
export function bucketsSql({
  granularity,
  window,
  first,
  last,
  charge = CHARGE,
}: {
  granularity: StreamGranularity
  window: AllocationWindow
  first: string
  last: string
  charge?: Span
}): string {
  const unit = UNIT[granularity]
  const { start, end } = spanOf(window, charge)
  const from = `greatest(${bucketStartSql(granularity, start)}, ${first})`
  const to = `least(${bucketStartSql(granularity, `${end} - 1`)}, ${last})`
  const count = `if(${to} < ${from}, 0, toUInt64(dateDiff('${unit.toLowerCase()}', ${from}, ${to}) + 1))`
  return `arrayMap(i -> ${utc(`add${unit}s(${from}, i)`)}, range(${count}))`
}
