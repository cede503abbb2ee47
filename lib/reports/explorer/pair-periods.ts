import type { CostGranularity, ExplorerReport } from '../../contract/explorer'
import { subtractDecimals } from '../../decimal'

const HOUR = 3_600_000
const DAY = 24 * HOUR
/** The first Monday after 1970 began. */
const MONDAY = 4 * DAY

/** Counts periods through all time. */
function periodNumber(time: string, granularity: CostGranularity): number {
  const date = new Date(time)
  switch (granularity) {
    case 'hourly':
      return Math.floor(date.getTime() / HOUR)
    case 'daily':
      return Math.floor(date.getTime() / DAY)
    case 'weekly':
      return Math.floor((date.getTime() - MONDAY) / (7 * DAY))
    case 'monthly':
      return date.getUTCFullYear() * 12 + date.getUTCMonth()
    case 'total':
      return 0
  }
}

export interface PeriodPair {
  group: (string | null)[]
  other: boolean
  /** null: the group has no cost then, or the range has no such period. */
  period: string | null
  cost: string | null
  lines: number | null
  previousPeriod: string | null
  previous: string | null
  /** cost − previous, of which none counts as nothing. */
  difference: string
}

type Compared = Pick<ExplorerReport, 'rows' | 'from' | 'granularity'> & {
  previous: NonNullable<ExplorerReport['previous']>
}

/**
 * A range's periods beside those of the range before: the first with the first, and so on, by group. Every row of either
 * is in one pair: where one range has more periods (August's 31 days before September), its last ones stand alone.
 */
export function pairPeriods({ rows, from, granularity, previous }: Compared): PeriodPair[] {
  const pairs = new Map<string, PeriodPair & { at: number }>()
  const pairOf = (
    { period, group, other }: Pick<PeriodPair, 'group' | 'other'> & { period: string },
    start: string,
  ) => {
    const at = periodNumber(period, granularity) - periodNumber(start, granularity)
    const key = JSON.stringify([at, other, group])
    const empty = { period: null, cost: null, lines: null, previousPeriod: null, previous: null, difference: '0' }
    const pair = pairs.get(key) ?? { group, other, ...empty, at }
    pairs.set(key, pair)
    return pair
  }
  for (const row of rows) {
    const pair = pairOf(row, from)
    pair.period = row.period
    pair.cost = row.cost
    pair.lines = row.lines
  }
  for (const row of previous.rows) {
    const pair = pairOf(row, previous.from)
    pair.previousPeriod = row.period
    pair.previous = row.cost
  }
  return [...pairs.values()]
    .sort((a, b) => a.at - b.at)
    .map(({ at: _, ...pair }) => ({ ...pair, difference: subtractDecimals(pair.cost ?? '0', pair.previous ?? '0') }))
}
