import type { Driver } from '../allocation/split-plan'
import type { StreamGranularity } from '../contract/streams'
import type { Cell } from './cells'

/** Buckets that values are looked for in: starts from `from` to below `until`; `last`: only in the last that has some. */
export interface Span {
  from: Date
  until: Date
  last: boolean
}

const HOUR = 3_600_000
const DAY = 24 * HOUR

const monthStart = (time: number, months = 0) => {
  const date = new Date(time)
  return Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + months, 1)
}

/** Start of the bucket that a time lies in, or of one some buckets later. */
export function bucketOf(granularity: StreamGranularity, time: number, later = 0): number {
  if (granularity === 'MONTHLY') return monthStart(time, later)
  const size = granularity === 'HOURLY' ? HOUR : DAY
  return Math.floor(time / size) * size + later * size
}

export const granularityOf = ({ source }: Driver): StreamGranularity =>
  source.kind === 'rules' ? source.granularity : source.stream.granularity

/** The time that a driver looks at for a charge period, end exclusive: as buckets-sql.ts has it. */
function windowOf({ window }: Driver, start: number, end: number): [from: number, until: number] {
  switch (window.type) {
    case 'SameBucket':
      return [start, Math.max(end, start + 1000)]
    case 'PreviousMonth':
      return [monthStart(start, -1), monthStart(start)]
    case 'LastDays':
      return [bucketOf('DAILY', start, -window.days), bucketOf('DAILY', start)]
  }
}

/** Null: its values hold always, or are no values of any time. */
export function spanOf(driver: Driver, cell: Pick<Cell, 'start' | 'end' | 'keys'>): Span | null {
  const { source, window, carry } = driver
  const granularity = granularityOf(driver)
  const [start, end] = [Date.parse(cell.start), Date.parse(cell.end)]
  if (source.kind === 'named' || (source.kind === 'rules' && source.rules.method === 'Fixed')) return null
  if (carry > 0) {
    const until = bucketOf(granularity, start)
    return { from: new Date(bucketOf(granularity, until, -carry)), until: new Date(until), last: true }
  }
  if (source.kind === 'rules' && source.month !== null) {
    const month = Date.parse(`${cell.keys[source.month]}T00:00:00Z`)
    const from = window.type === 'SameBucket' ? month : monthStart(month, -1)
    return { from: new Date(from), until: new Date(monthStart(from, 1)), last: false }
  }
  const [from, until] = windowOf(driver, start, end)
  return {
    from: new Date(bucketOf(granularity, from)),
    until: new Date(bucketOf(granularity, bucketOf(granularity, until - 1000), 1)),
    last: false,
  }
}

const counted = (count: number, unit: string) => (count === 1 ? `1 ${unit}` : `${count} ${unit}s`)
const UNIT = { HOURLY: 'hour', DAILY: 'day', MONTHLY: 'month' } as const

/** What a driver looks at, in words. */
export function windowWords(driver: Driver): string {
  const { source, window, carry } = driver
  if (source.kind === 'named') return 'every element that the stream has ever named, each as much as the others'
  if (source.kind === 'rules' && source.rules.method === 'Fixed') return 'fixed values'
  const unit = UNIT[granularityOf(driver)]
  if (carry > 0) return `the last ${unit} with values, at most ${counted(carry, unit)} before`
  if (window.type === 'PreviousMonth') return 'the month before'
  if (window.type === 'LastDays') return `the last ${counted(window.days, 'day')} before`
  return `the ${unit} of the charge`
}
