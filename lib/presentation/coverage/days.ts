import type { CoverageReport, SplitCoverage, StreamCoverage, StreamDay } from '@/lib/contract/coverage'
import { shiftDay } from '../date-range'
import { Exact, isZero, sumExact } from '../exact'
import { counted } from '../explain-words'

export type DayStatus = 'missing' | 'zero' | 'unmatched' | 'late' | 'filled' | 'other' | 'covered' | 'none'

/** What a day of a strip shows: one square. */
export interface CoverageDay {
  day: string
  status: DayStatus
  /** Cost that the status is about. */
  atStake: string
  /** The day's whole cost. */
  cost: string
  /** 0 to 1, of the largest at stake in the strip; geometry only. */
  weight: number
  /** What is known of it, as sentences. */
  facts: string[]
  /** Where it is explained, or what is missing can be sent; null where nothing is wrong. */
  href: string | null
}

export interface CoverageStrip {
  key: string
  /** The stream's name; null: of the pool. */
  stream: string | null
  days: CoverageDay[]
  /** Days that something is wrong with. */
  bad: number
}

type Found = Omit<CoverageDay, 'weight'>
type Pool = SplitCoverage['days'][number]

export const BAD: readonly DayStatus[] = ['missing', 'zero', 'unmatched', 'late']

function poolStatus(day: Pool): Pick<CoverageDay, 'status' | 'atStake'> {
  if (!isZero(day.missing)) return { status: 'missing', atStake: day.missing }
  if (!isZero(day.zero)) return { status: 'zero', atStake: day.zero }
  if (!isZero(day.filled)) return { status: 'filled', atStake: day.filled }
  if (isZero(day.covered) && !isZero(day.other)) return { status: 'other', atStake: day.other }
  return { status: 'covered', atStake: day.covered }
}

function streamStatus(day: StreamDay): Pick<CoverageDay, 'status' | 'atStake'> {
  if (!isZero(day.missing)) return { status: 'missing', atStake: day.missing }
  if (!isZero(day.zero)) return { status: 'zero', atStake: day.zero }
  if (day.unmatched_records > 0) return { status: 'unmatched', atStake: day.cost }
  if (day.received === 'late') return { status: 'late', atStake: day.taken }
  if (!isZero(day.filled)) return { status: 'filled', atStake: day.filled }
  if (!isZero(day.taken)) return { status: 'covered', atStake: day.taken }
  return { status: isZero(day.cost) ? 'covered' : 'other', atStake: day.cost }
}

/** `3 hours`, `2 days`; of a time before, `0 hours`. */
export function delayWords(seconds: number): string {
  const hours = Math.max(0, Math.floor(seconds / 3600))
  if (hours < 48) return `${hours} ${hours === 1 ? 'hour' : 'hours'}`
  return `${Math.floor(hours / 24)} days`
}

function streamFacts(day: StreamDay): string[] {
  const count = (records: number, what: string) => (records > 0 ? [`${counted(records, 'record')} ${what}`] : [])
  const { received, delay_seconds: delay, late_records: late } = day
  return [
    ...(day.records === 0 ? ['no record'] : count(day.records, 'in')),
    ...count(day.zero_records, 'of zero'),
    ...count(day.unmatched_records, day.unmatched_records === 1 ? 'that meets no cost' : 'that meet no cost'),
    ...(received === 'late' && delay !== null
      ? [`late: ${late.toLocaleString('en-US')} of ${counted(day.records, 'record')}, by up to ${delayWords(delay)}`]
      : []),
    ...(received === 'backfilled' ? ['of a day before the stream began'] : []),
  ]
}

function streamHref(stream: string, status: DayStatus): string | null {
  const tab = { missing: 'send', zero: 'records', unmatched: 'records', late: 'batches' }[status as string]
  return tab === undefined ? null : `/streams/${encodeURIComponent(stream)}?tab=${tab}`
}

function poolHref({ split, day, report }: { split: SplitCoverage; day: string; report: CoverageReport }): string {
  const { metric, currency } = report
  return `/?${new URLSearchParams({
    ...{ dimension: split.dimension_id, from: day, to: shiftDay(day, 1), metric, explain: 'unallocated' },
    ...(currency === null ? {} : { currency }),
  })}`
}

function weighed(days: readonly Found[]): CoverageDay[] {
  const size = (amount: string) => new Exact(amount).abs()
  const most = days.reduce((max, { atStake }) => (size(atStake).gt(max) ? size(atStake) : max), new Exact(0))
  return days.map((day) => ({ ...day, weight: most.isZero() ? 0 : size(day.atStake).div(most).toNumber() }))
}

function strip(key: string, stream: string | null, days: readonly Found[]): CoverageStrip {
  return { key, stream, days: weighed(days), bad: days.filter(({ status }) => BAD.includes(status)).length }
}

const NONE = { status: 'none', atStake: '0', cost: '0', facts: [], href: null } as const

/** Every day of a range; those without cost stay in as gaps. */
export function daysBetween({ from, to }: { from: string; to: string }): string[] {
  const days: string[] = []
  const end = new Date(to).getTime()
  for (let day = from.slice(0, 10); new Date(day).getTime() < end && days.length < 400; day = shiftDay(day, 1)) {
    days.push(day)
  }
  return days
}

/** The strips of a split: its pool, and each of its streams. */
export function prepareCoverage({ report, split }: { report: CoverageReport; split: SplitCoverage }): CoverageStrip[] {
  const days = daysBetween(report)
  const pool = new Map(split.days.map((day) => [day.day, day]))
  const ofStream = ({ stream, days: known }: StreamCoverage) => {
    const found = new Map(known.map((day) => [day.day, day]))
    return strip(
      stream,
      stream,
      days.map((day): Found => {
        const one = found.get(day)
        if (!one) return { ...NONE, day, facts: [...NONE.facts] }
        const told = streamStatus(one)
        return { day, cost: one.cost, ...told, facts: streamFacts(one), href: streamHref(stream, told.status) }
      }),
    )
  }
  const ofPool = strip(
    'pool',
    null,
    days.map((day): Found => {
      const one = pool.get(day)
      if (!one) return { ...NONE, day, facts: [...NONE.facts] }
      const told = poolStatus(one)
      const href = told.status === 'missing' || told.status === 'zero' ? poolHref({ split, day, report }) : null
      return { day, cost: one.cost, ...told, facts: [], href }
    }),
  )
  return [ofPool, ...split.streams.map(ofStream)]
}

/** Days in a row that the same is wrong with. */
export interface DaysToLookAt {
  stream: string | null
  status: DayStatus
  /** Both included. */
  first: string
  last: string
  atStake: string
  /** What is known of each of them alike. */
  facts: string[]
  href: string | null
}

function inARow(stream: string | null, days: readonly CoverageDay[]): DaysToLookAt[] {
  const rows: DaysToLookAt[] = []
  for (const { day, status, atStake, facts, href } of days) {
    if (!BAD.includes(status)) continue
    const before = rows.at(-1)
    if (before?.status === status && shiftDay(before.last, 1) === day) {
      before.last = day
      before.atStake = sumExact([before.atStake, atStake])
      before.facts = before.facts.filter((fact) => facts.includes(fact))
    } else rows.push({ stream, status, first: day, last: day, atStake, facts: [...facts], href })
  }
  return rows
}

/** Days to look at, the most at stake first; of a pool and its streams each once, as the streams say more. */
export function worstDays(strips: readonly CoverageStrip[]): DaysToLookAt[] {
  const told = new Set(
    strips.flatMap(({ stream, days }) => (stream === null ? [] : days.map(({ day, status }) => `${day} ${status}`))),
  )
  return strips
    .flatMap(({ stream, days }) =>
      inARow(
        stream,
        days.filter(({ day, status }) => stream !== null || !told.has(`${day} ${status}`)),
      ),
    )
    .sort(
      (a, b) =>
        BAD.indexOf(a.status) - BAD.indexOf(b.status) ||
        new Exact(b.atStake).abs().cmp(new Exact(a.atStake).abs()) ||
        (a.first < b.first ? -1 : 1),
    )
}

/** Unallocated for want of telemetry, over the whole range. */
export const lackingOf = ({ total }: SplitCoverage): string => sumExact([total.missing, total.zero])
