import { utc } from '@date-fns/utc'
import { format } from 'date-fns'

const STEPS: [limit: number, seconds: number, unit: Intl.RelativeTimeFormatUnit][] = [
  [60, 1, 'second'],
  [3600, 60, 'minute'],
  [86_400, 3600, 'hour'],
  [2_592_000, 86_400, 'day'],
  [31_536_000, 2_592_000, 'month'],
  [Number.POSITIVE_INFINITY, 31_536_000, 'year'],
]
const words = new Intl.RelativeTimeFormat('en', { numeric: 'auto' })

/** `3 minutes ago`; within ten seconds, `just now`. */
export function relativeTime(time: string, now: Date): string {
  const seconds = Math.round((new Date(time).getTime() - now.getTime()) / 1000)
  const size = Math.abs(seconds)
  if (size < 10) return 'just now'
  const step = STEPS.find(([limit]) => size < limit)
  return step ? words.format(Math.trunc(seconds / step[1]), step[2]) : ''
}

export function absoluteTime(time: string): string {
  return format(time, "d MMM yyyy, HH:mm:ss 'UTC'", { in: utc })
}

/** A telemetry bucket's start: the day, and the hour only where it says something. */
export function bucketTime(time: string): string {
  return format(time, time.includes('T00:00:00') ? 'd MMM yyyy' : "d MMM yyyy HH:mm 'UTC'", { in: utc })
}
