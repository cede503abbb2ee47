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

function spanOf(window: AllocationWindow): Span {
  switch (window.type) {
    case 'SameBucket':
      // A period of no length counts as the second that it starts with.
      return { start: 'cs', end: 'greatest(ce, cs + 1)' }
    case 'PreviousMonth':
      return { start: utc('addMonths(toStartOfMonth(cs), -1)'), end: utc('toStartOfMonth(cs)') }
    case 'LastDays':
      return { start: utc(`addDays(toStartOfDay(cs), -${window.days})`), end: utc('toStartOfDay(cs)') }
  }
}

/** Start of the bucket that a time lies in. */
export const bucketStartSql = (granularity: StreamGranularity, time: string) =>
  utc(`toStartOf${UNIT[granularity]}(${time})`)

/** A time some buckets earlier. */
export const bucketsBeforeSql = (granularity: StreamGranularity, time: string, buckets: number) =>
  utc(`add${UNIT[granularity]}s(${time}, -${buckets})`)

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
}: {
  granularity: StreamGranularity
  window: AllocationWindow
  first: string
  last: string
}): string {
  const unit = UNIT[granularity]
  const { start, end } = spanOf(window)
  const from = `greatest(${bucketStartSql(granularity, start)}, ${first})`
  const to = `least(${bucketStartSql(granularity, `${end} - 1`)}, ${last})`
  const count = `if(${to} < ${from}, 0, toUInt64(dateDiff('${unit.toLowerCase()}', ${from}, ${to}) + 1))`
  return `arrayMap(i -> ${utc(`add${unit}s(${from}, i)`)}, range(${count}))`
}
