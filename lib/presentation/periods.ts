import { utc } from '@date-fns/utc'
import { addDays, addHours, addMonths, addWeeks, format, startOfISOWeek, startOfMonth } from 'date-fns'
import type { CostGranularity } from '@/lib/contract/explorer'
import type { DateRange } from './date-range'

const ADD = { hourly: addHours, daily: addDays, weekly: addWeeks, monthly: addMonths } as const

/** Every period that a range has at a granularity, as the API names them; those without cost stay in as gaps. */
export function periodsOf(range: DateRange, granularity: CostGranularity): string[] {
  if (granularity === 'total') return [isoTime(range.from)]
  const add = ADD[granularity]
  const end = new Date(range.to).getTime()
  const periods: string[] = []
  const start = firstPeriod(range.from, granularity)
  for (let index = 0; periods.length < 3000; index++) {
    const at = add(start, index, { in: utc })
    if (at.getTime() >= end) break
    periods.push(isoTime(at))
  }
  return periods
}

function firstPeriod(from: string, granularity: CostGranularity): string | Date {
  if (granularity === 'monthly') return startOfMonth(from, { in: utc })
  return granularity === 'weekly' ? startOfISOWeek(from, { in: utc }) : from
}

/** One spelling of an instant, `2024-09-01T00:00:00Z`, whatever form it came in. */
export function isoTime(time: string | Date): string {
  return `${new Date(time).toISOString().slice(0, 19)}Z`
}

export function periodLabel(period: string, granularity: CostGranularity): string {
  const patterns = {
    hourly: 'd MMM HH:mm',
    daily: 'd MMM',
    weekly: 'd MMM',
    monthly: 'MMM yyyy',
    total: "'Whole range'",
  }
  return format(period, patterns[granularity], { in: utc })
}

export function periodTitle(period: string, granularity: CostGranularity): string {
  const patterns = {
    hourly: "EEEE, d MMMM yyyy, HH:mm 'UTC'",
    daily: 'EEEE, d MMMM yyyy',
    weekly: "'Week of' d MMMM yyyy",
    monthly: 'MMMM yyyy',
    total: "'the whole range'",
  }
  return format(period, patterns[granularity], { in: utc })
}

/** What a row stands for, in a column's head. */
export const PERIOD_WORDS: Record<CostGranularity, string> = {
  hourly: 'Hour (UTC)',
  daily: 'Day (UTC)',
  weekly: 'Week from',
  monthly: 'Month',
  total: 'Range',
}
