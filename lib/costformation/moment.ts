import type { Moment, Text } from './tree'

const MOMENT = /^(\d{4})-(\d\d)-(\d\d)(?:[T ](\d\d):(\d\d)(?::(\d\d))?(Z|[-+]\d\d:?\d\d)?)?$/i

const DAY = 86_400

/** Minutes that an offset such as `+02:00` is ahead of UTC; null where there is no such offset. */
function offsetMinutes(text: string): number | null {
  const [, sign, hours, minutes] = /^([-+])(\d\d):?(\d\d)$/.exec(text) ?? []
  if (hours === undefined || minutes === undefined) return 0
  if (Number(hours) > 14 || Number(minutes) > 59) return null
  return (sign === '-' ? -1 : 1) * (Number(hours) * 60 + Number(minutes))
}

/** A date, which stands for its day, or a date and time to the second; UTC without an offset. null for anything else. */
export function readMoment(text: Text): Moment | null {
  const [, year, month, day, hour, minute, second = '0', offset = 'Z'] = MOMENT.exec(text.value) ?? []
  if (year === undefined || month === undefined || day === undefined) return null
  const start = Date.UTC(Number(year), Number(month) - 1, Number(day)) / 1000
  // 30 February would silently be the 1st of March.
  if (new Date(start * 1000).toISOString().slice(0, 10) !== `${year}-${month}-${day}`) return null
  if (hour === undefined || minute === undefined) return { ...text, start, end: start + DAY }
  const ahead = offsetMinutes(offset)
  if (ahead === null || Number(hour) > 23 || Number(minute) > 59 || Number(second) > 59) return null
  const at = start + Number(hour) * 3600 + Number(minute) * 60 + Number(second) - ahead * 60
  return { ...text, start: at, end: at + 1 }
}
