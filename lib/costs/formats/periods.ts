import type { LineGranularity } from '../../contract/import-profiles'
import type { Value } from './line-plan'
import { plain } from './sql'
import type { TimeValue } from './time'

const STEPS: Readonly<Record<LineGranularity, (start: string) => string>> = {
  hour: (start) => `addHours(${start}, 1)`,
  day: (start) => `addDays(${start}, 1)`,
  month: (start) => `addMonths(${start}, 1)`,
}

/** Of a line: `end` where it has one, else `granularity` after the start; null: a day from midnight, else an hour. */
export function endOf({
  start,
  end,
  granularity,
}: {
  start: Value
  end: Value | null
  granularity: LineGranularity | null
}): Value {
  const step = granularity
    ? STEPS[granularity](start.sql)
    : `if(toUnixTimestamp(${start.sql}) % 86400 = 0, ${STEPS.day(start.sql)}, ${STEPS.hour(start.sql)})`
  return end ? { sql: `if(toUnixTimestamp(${end.sql}) = 0, ${step}, ${end.sql})`, checks: end.checks } : plain(step)
}

/** The billing columns of a bill that is told from the usage alone. */
export function monthValues(month: TimeValue['month']): [string, Value][] {
  return [
    ['BillingMonth', plain(month)],
    ['BillingPeriodStart', plain(`toDateTime(${month}, 'UTC')`)],
    ['BillingPeriodEnd', plain(`toDateTime(addMonths(${month}, 1), 'UTC')`)],
  ]
}
