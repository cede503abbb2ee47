import type { Basis, CostGranularity } from '../../contract/explorer'
import { AppError } from '../../errors'
import { isWholeDay } from '../report-query'

export interface Range {
  from: Date
  to: Date
}

const isMonthStart = (date: Date) => date.getUTCDate() === 1 && date.getTime() % 86_400_000 === 0
const months = (date: Date) => date.getUTCFullYear() * 12 + date.getUTCMonth()

/** As much time just before: as many months before a range of whole months, or else as many seconds. */
export function previousRange({ from, to }: Range): Range {
  if (isMonthStart(from) && isMonthStart(to)) {
    const start = months(from) - (months(to) - months(from))
    return { from: new Date(Date.UTC(Math.floor(start / 12), ((start % 12) + 12) % 12)), to: from }
  }
  return { from: new Date(from.getTime() - (to.getTime() - from.getTime())), to: from }
}

/** Bills are whole months: a part of one, or its days, would leave out what it corrects of earlier ones. */
export function refuseParts({
  basis,
  granularity,
  from,
  to,
}: Range & { basis: Basis; granularity: CostGranularity }): void {
  if (basis === 'charge') return
  const wrong = [
    ...(isMonthStart(from) ? [] : [{ name: 'from', reason: 'must be the first day of a month with basis=billing' }]),
    ...(isMonthStart(to) ? [] : [{ name: 'to', reason: 'must be the first day of a month with basis=billing' }]),
    ...(granularity === 'monthly' || granularity === 'total'
      ? []
      : [{ name: 'granularity', reason: 'must be monthly or total with basis=billing: billing periods are months' }]),
  ]
  const [first] = wrong
  if (first) throw new AppError('invalid_request', `query: ${first.name}: ${first.reason}`, wrong)
}

/** Whether the hours of a day fall into different periods, or only some of them into a range. */
export function tellsHours({
  basis,
  granularity,
  ranges,
}: {
  basis: Basis
  granularity: CostGranularity
  ranges: readonly Range[]
}): boolean {
  if (basis === 'billing') return false
  return granularity === 'hourly' || ranges.some(({ from, to }) => !isWholeDay(from) || !isWholeDay(to))
}

const seconds = (date: Date) => Math.floor(date.getTime() / 1000)

/** The lines of a range as a WHERE over cost_lines. */
export function inRangeSql({ basis, from, to }: Range & { basis: Basis }): string {
  if (basis === 'billing') {
    const day = (date: Date) => `toDate('${date.toISOString().slice(0, 10)}')`
    return `BillingMonth >= ${day(from)} AND BillingMonth < ${day(to)}`
  }
  return `ChargePeriodStart >= toDateTime(${seconds(from)}, 'UTC') AND ChargePeriodStart < toDateTime(${seconds(to)}, 'UTC')`
}

/** Whether a line lies before the range, as SQL of type UInt8: it belongs to what the range is compared with. */
export function isBeforeSql({ basis, from }: { basis: Basis; from: Date }): string {
  return basis === 'billing'
    ? `BillingMonth < toDate('${from.toISOString().slice(0, 10)}')`
    : `ChargePeriodStart < toDateTime(${seconds(from)}, 'UTC')`
}

/** Start of a line's period as SQL of type DateTime over cost_lines; of `total`, the start of its range. */
export function bucketSql({
  granularity,
  basis,
  range,
  previous,
}: {
  granularity: CostGranularity
  basis: Basis
  range: Range
  previous: Range | null
}): string {
  const column = basis === 'billing' ? 'BillingMonth' : 'ChargePeriodStart'
  switch (granularity) {
    case 'hourly':
      return `toStartOfHour(${column})`
    case 'daily':
      // The days that the table is sorted by.
      return `toDateTime(toDate(${column}), 'UTC')`
    case 'weekly':
      return `toDateTime(toStartOfWeek(${column}, 1), 'UTC')`
    case 'monthly':
      return `toDateTime(toStartOfMonth(${column}), 'UTC')`
    case 'total': {
      const start = `toDateTime(${seconds(range.from)}, 'UTC')`
      if (!previous) return start
      return `if(${isBeforeSql({ basis, from: range.from })}, toDateTime(${seconds(previous.from)}, 'UTC'), ${start})`
    }
  }
}
