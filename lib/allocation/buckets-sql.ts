import type { StreamGranularity } from '../contract/streams'

// A period of no length counts as the second that it starts with.
const END = 'greatest(ce, cs + 1)'

/**
 * Starts of the buckets that a charge period [cs, ce) overlaps: one for a line no longer than its bucket, several for
 * a longer one, whose values then add up (DESIGN §3, 1).
 */
export function bucketsSql(granularity: StreamGranularity): string {
  switch (granularity) {
    case 'HOURLY':
      return `arrayMap(i -> toStartOfHour(cs) + i * 3600, range(toUInt64(dateDiff('hour', toStartOfHour(cs), ${END} - 1) + 1)))`
    case 'DAILY':
      return `arrayMap(i -> toDateTime(toDate(cs) + i, 'UTC'), range(toUInt64(dateDiff('day', toDate(cs), toDate(${END} - 1)) + 1)))`
    case 'MONTHLY':
      return `arrayMap(i -> toDateTime(addMonths(toStartOfMonth(cs), i), 'UTC'), range(toUInt64(dateDiff('month', cs, ${END} - 1) + 1)))`
  }
}
