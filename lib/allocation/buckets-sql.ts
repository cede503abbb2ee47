import type { StreamGranularity } from '../contract/streams'

// A period of no length counts as the second that it starts with.
const END = 'greatest(ce, cs + 1)'

const UNIT = { HOURLY: 'Hour', DAILY: 'Day', MONTHLY: 'Month' } as const

/**
 * Starts of the buckets that a charge period [cs, ce) overlaps: one for a line no longer than its bucket, several for
 * a longer one, whose values then add up (DESIGN §3, 1). Only those from `first` to `last`, which are bucket starts.
 */
export function bucketsSql({
  granularity,
  first,
  last,
}: {
  granularity: StreamGranularity
  first: string
  last: string
}): string {
  const unit = UNIT[granularity]
  const startOf = (time: string) => `toDateTime(toStartOf${unit}(${time}), 'UTC')`
  const from = `greatest(${startOf('cs')}, ${first})`
  const to = `least(${startOf(`${END} - 1`)}, ${last})`
  const count = `if(${to} < ${from}, 0, toUInt64(dateDiff('${unit.toLowerCase()}', ${from}, ${to}) + 1))`
  return `arrayMap(i -> toDateTime(add${unit}s(${from}, i), 'UTC'), range(${count}))`
}
