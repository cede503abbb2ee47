import { utc } from '@date-fns/utc'
import { addDays, addMonths, differenceInCalendarDays, format, startOfMonth } from 'date-fns'

/** ISO dates, UTC; `to` is exclusive, as in the API. */
export interface DateRange {
  from: string
  to: string
}

export interface RangePreset {
  label: string
  range: DateRange
}

const iso = (date: Date) => format(date, 'yyyy-MM-dd', { in: utc })

export function shiftDay(day: string, days: number): string {
  return iso(addDays(day, days, { in: utc }))
}

export function daysIn({ from, to }: DateRange): number {
  return differenceInCalendarDays(to, from, { in: utc })
}

export function monthOf(day: string): DateRange {
  const start = startOfMonth(day, { in: utc })
  return { from: iso(start), to: iso(addMonths(start, 1, { in: utc })) }
}

/** Billing months from the first to the last day, newest first. */
export function monthsOf(firstDay: string, lastDay: string): DateRange[] {
  const months: DateRange[] = []
  for (let month = monthOf(firstDay); month.from <= lastDay; month = monthOf(month.to)) months.unshift(month)
  return months
}

/** The bill's whole range; of a longer one the last month that it covers to the end. */
export function defaultRange(firstDay: string, lastDay: string): DateRange {
  const whole = { from: firstDay, to: shiftDay(lastDay, 1) }
  if (daysIn(whole) <= 31) return whole
  const full = monthsOf(firstDay, lastDay).find((month) => month.to <= whole.to && month.from >= firstDay)
  return full ?? { from: shiftDay(whole.to, -31), to: whole.to }
}

/** What the range menu offers for a bill; the last days are counted from the bill's end, not from today. */
export function rangePresets(firstDay: string, lastDay: string): RangePreset[] {
  const to = shiftDay(lastDay, 1)
  const presets = [
    { label: 'Whole bill', range: { from: firstDay, to } },
    ...monthsOf(firstDay, lastDay)
      .slice(0, 12)
      .map((range) => ({ label: format(range.from, 'MMMM yyyy', { in: utc }), range })),
    { label: 'Last 7 days of the bill', range: { from: shiftDay(to, -7), to } },
    { label: 'Last 30 days of the bill', range: { from: shiftDay(to, -30), to } },
  ]
  // Of a short bill several are the same days, or reach back before it.
  const keys = presets.map(({ range }) => `${range.from} ${range.to}`)
  return presets.filter(({ label, range }, at) => {
    const reaches = range.from < firstDay && label.startsWith('Last')
    return !reaches && keys.indexOf(`${range.from} ${range.to}`) === at
  })
}

/** `1 – 30 Sep 2024`, the last day included, as people say it. */
export function describeRange({ from, to }: DateRange): string {
  const last = shiftDay(to, -1)
  const show = (day: string, pattern: string) => format(day, pattern, { in: utc })
  if (from >= last) return show(from, 'd MMM yyyy')
  if (from.slice(0, 7) === last.slice(0, 7)) return `${show(from, 'd')} – ${show(last, 'd MMM yyyy')}`
  if (from.slice(0, 4) === last.slice(0, 4)) return `${show(from, 'd MMM')} – ${show(last, 'd MMM yyyy')}`
  return `${show(from, 'd MMM yyyy')} – ${show(last, 'd MMM yyyy')}`
}

/** The whole months that hold a range: bills have no smaller parts. */
export function wholeMonths({ from, to }: DateRange): DateRange {
  return { from: monthOf(from).from, to: monthOf(shiftDay(to, -1)).to }
}
