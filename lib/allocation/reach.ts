import type { StreamGranularity } from '../contract/streams'
import { hasMonthlyLimits } from './shape'
import type { Driver, RulesSource, SplitPlan } from './split-plan'

/** Days as `2024-09-01`, both included. */
export interface Days {
  from: string
  to: string
}

export type RulesDriver = Driver & { source: RulesSource }

/** Where a day's charges stand: the last day that one of them lasts to, and the months of the bills that hold them. */
export interface ChargeDay {
  day: string
  last: string
  /** As `2024-09-01`. */
  months: readonly string[]
}

const DAY = 86_400_000
const EARLIEST = '1970-01-01'

const at = (day: string) => new Date(`${day}T00:00:00Z`)
const text = (date: Date) => (date.getTime() < 0 ? EARLIEST : date.toISOString().slice(0, 10))
const daysAfter = (day: string, days: number) => text(new Date(at(day).getTime() + days * DAY))

function monthsAfter(day: string, months: number): string {
  const date = at(day)
  return text(new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + months, 1)))
}

function bucketsOf(granularity: StreamGranularity) {
  const isMonthly = granularity === 'MONTHLY'
  return {
    start: (day: string) => (isMonthly ? monthsAfter(day, 0) : day),
    end: (day: string) => (isMonthly ? daysAfter(monthsAfter(day, 1), -1) : day),
    before: (day: string, count: number) => (isMonthly ? monthsAfter(day, -count) : daysAfter(day, -count)),
  }
}

/** The days of the cost that a rule looks at for a charge from `first` to `last`, or, by bill, for its billing month. */
function lookedAt({ driver, first, last }: { driver: RulesDriver; first: string; last: string }): Days {
  const { window, carry } = driver
  const buckets = bucketsOf(driver.source.granularity)
  if (carry > 0) return { from: buckets.before(first, carry), to: daysAfter(buckets.start(first), -1) }
  switch (window.type) {
    case 'SameBucket':
      return { from: buckets.start(first), to: buckets.end(last) }
    case 'PreviousMonth':
      return { from: monthsAfter(first, -1), to: daysAfter(monthsAfter(first, 0), -1) }
    case 'LastDays':
      return { from: buckets.start(daysAfter(first, -window.days)), to: buckets.end(daysAfter(first, -1)) }
  }
}

/** What a rule looks at for the charges of a day: days of cost, or with `BillingPeriod` first days of billing months. */
export function reachOf(driver: RulesDriver, { day, last, months }: ChargeDay): Days[] {
  if (driver.source.month === null) return [lookedAt({ driver, first: day, last })]
  return months.map((month) => lookedAt({ driver, first: month, last: month }))
}

/** The drivers of a plan that go by cost. */
export function rulesDrivers({ drivers, fallbacks }: SplitPlan): RulesDriver[] {
  return [...drivers, ...fallbacks].flatMap((driver) =>
    driver.source.kind === 'rules' && driver.source.rules.method !== 'Fixed'
      ? [{ ...driver, source: driver.source }]
      : [],
  )
}

/** Whether a record's usage is charged but once, to all the lines of its bucket together (decision 013). */
export const sharesUsage = ({ dimension: { allocation } }: SplitPlan): boolean =>
  allocation.type === 'AllocateByStreams' && allocation.rate !== null

/** Whether the split of a day goes by the cost of other days, so that these have to be whole before it. */
export const looksBeyondItsDay = (plan: SplitPlan) =>
  rulesDrivers(plan).length > 0 || hasMonthlyLimits(plan.dimension) || sharesUsage(plan)

/** The days of charges that share a bucket of a rate's streams with those of some days; these are among them. */
export function sharingDays({
  plan,
  days,
  charges,
}: {
  plan: SplitPlan
  days: readonly string[]
  charges: readonly ChargeDay[]
}): string[] {
  const isMonthly = plan.drivers.some(
    ({ source }) => source.kind === 'telemetry' && source.stream.granularity === 'MONTHLY',
  )
  const { start, end } = bucketsOf(isMonthly ? 'MONTHLY' : 'DAILY')
  const wanted = new Set(days)
  const own = [...days.map((day) => ({ day, last: day })), ...charges.filter(({ day }) => wanted.has(day))]
  const ranges = own.map(({ day, last }) => ({ from: start(day), to: end(last) }))
  const sharing = charges.filter(({ day, last }) =>
    ranges.some(({ from, to }) => start(day) <= to && end(last) >= from),
  )
  return [...new Set([...days, ...sharing.map(({ day }) => day)])].sort()
}

/** The days of charges in the months of some days; these are among them. */
export function daysOfMonths(days: readonly string[], charges: readonly ChargeDay[]): string[] {
  const months = new Set(days.map((day) => day.slice(0, 7)))
  return [...new Set([...days, ...charges.flatMap(({ day }) => (months.has(day.slice(0, 7)) ? [day] : []))])].sort()
}

const isWithin = (value: string, { from, to }: Days) => value >= from && value <= to

/** The days of charges whose split goes by the cost of some days that changed. These are among them. */
export function daysReached({
  plan,
  changed,
  charges,
}: {
  plan: SplitPlan
  changed: readonly string[]
  charges: readonly ChargeDay[]
}): string[] {
  const drivers = rulesDrivers(plan)
  const changedDays = new Set(changed)
  const changedMonths = new Set(changed.map((day) => day.slice(0, 7)))
  const changedBills = new Set(changed.map((day) => `${day.slice(0, 7)}-01`))
  for (const { day, months } of charges) {
    if (changedDays.has(day)) for (const month of months) changedBills.add(month)
  }
  const hasMonths = hasMonthlyLimits(plan.dimension)
  const sharing = new Set(sharesUsage(plan) ? sharingDays({ plan, days: changed, charges }) : [])
  const goesByChanged = (charge: ChargeDay) =>
    (hasMonths && changedMonths.has(charge.day.slice(0, 7))) ||
    sharing.has(charge.day) ||
    drivers.some((driver) => {
      const known = driver.source.month === null ? changed : [...changedBills]
      return reachOf(driver, charge).some((days) => known.some((day) => isWithin(day, days)))
    })
  const reached = charges.filter((charge) => !changedDays.has(charge.day) && goesByChanged(charge))
  return [...changed, ...reached.map(({ day }) => day)].sort()
}
