import { bucketStartSql, bucketsSql } from '../allocation/buckets-sql'
import type { StreamGranularity } from '../contract/streams'
import type { AllocationWindow } from '../costformation/tree'
import { type CellScope, matchedSql } from './coverage-sql'
import type { CoveredStream } from './covered-streams'

/** The most days of a bucket. */
const DAYS = { HOURLY: 1, DAILY: 1, MONTHLY: 31 } as const
const UNIT = { HOURLY: 'hour', DAILY: 'day', MONTHLY: 'month' } as const

/** How many days after a bucket's first one a charge may begin that looks back at it. */
function reachOf(granularity: StreamGranularity, window: AllocationWindow): number {
  const back = window.type === 'SameBucket' ? 0 : window.type === 'PreviousMonth' ? 62 : window.days + 1
  return back + DAYS[granularity]
}

/** The same of a bucket that is carried. */
const carryReachOf = (granularity: StreamGranularity, buckets: number) =>
  granularity === 'HOURLY' ? Math.ceil(buckets / 24) + 1 : (buckets + 1) * DAYS[granularity]

interface RecordScope {
  scope: CellScope
  covered: CoveredStream
}

/** The first and the last bucket that the days of a scope touch. */
function boundsOf({ scope, covered: { stream } }: RecordScope): { first: string; last: string } {
  const at = (time: string) => bucketStartSql(stream.granularity, `toDateTime('${time}', 'UTC')`)
  return { first: at(`${scope.first} 00:00:00`), last: at(`${scope.last} 23:59:59`) }
}

/** Beyond the last day of a scope; a Date32 does not end while a carry does. */
const daysAfter = ({ last }: CellScope, days: number) => `addDays(toDate32('${last}'), ${days})`

/** Every filter and bucket that a cell looks at, whichever driver took it in the end. */
function lookedAtSql({ scope, covered }: RecordScope): string {
  const { granularity } = covered.stream
  const { first, last } = boundsOf({ scope, covered })
  // A line may last for years before a bucket is its own.
  const when = `day <= ${daysAfter(scope, reachOf(granularity, covered.window))} AND (period_end > ${first} OR period_start >= ${first})`
  const cells = matchedSql({ scope, covered, when, handedOn: true })
  const buckets = bucketsSql({ granularity, window: covered.window, first, last })
  return `SELECT DISTINCT arrayJoin(filters) AS filter, arrayJoin(buckets) AS bucket FROM (SELECT DISTINCT filters, ${buckets} AS buckets FROM (${cells}))`
}

/** Every filter and bucket whose ratios a cell was given by a gap policy: the last before it that have any. */
function carriedSql({
  scope,
  covered,
  carry: { rank, buckets },
}: RecordScope & { carry: CoveredStream['carries'][number] }): string {
  const { id, granularity } = covered.stream
  const { first } = boundsOf({ scope, covered })
  const until = daysAfter(scope, carryReachOf(granularity, buckets))
  const when = `day >= toDate(${first}) AND day <= ${until} AND gap = 'carry' AND driver = ${rank}`
  const cells = `SELECT DISTINCT filters, ${bucketStartSql(granularity, 'cs')} AS own FROM (${matchedSql({ scope, covered, when })})`
  const known = `SELECT DISTINCT filter_id, bucket_start FROM telemetry FINAL WHERE stream_id = ${id} AND is_deleted = 0 AND value > 0
      AND bucket_start >= ${first} AND bucket_start <= toDateTime64(${until}, 0, 'UTC')`
  const latest = `SELECT c.own AS own, groupArray((k.filter_id, k.bucket_start)) AS found, max(k.bucket_start) AS bucket
    FROM (SELECT filters, own, arrayJoin(filters) AS filter FROM (${cells})) AS c
    ASOF INNER JOIN (${known}) AS k ON c.filter = k.filter_id AND c.own > k.bucket_start
    GROUP BY c.filters, c.own`
  return `SELECT DISTINCT arrayJoin(arrayFilter(f -> f.2 = bucket, found)).1 AS filter, bucket FROM (${latest})
    WHERE dateDiff('${UNIT[granularity]}', bucket, own) <= ${buckets}`
}

/** The filters of cells that were split evenly among all whom their records have ever named. */
function namedSql({ scope, covered }: RecordScope): string {
  const when = `gap = 'even' AND driver IN (${covered.evens.join(', ')})`
  return `SELECT DISTINCT arrayJoin(filters) FROM (${matchedSql({ scope, covered, when })})`
}

/**
 * By day (of a monthly stream: by month) of the buckets: how many records there are, are zero, and meet no cost. A
 * record meets cost that looks at its bucket, that its ratios were carried to, or that was shared by whom it names.
 */
export function recordDaysSql({ scope, covered }: RecordScope): string {
  const { stream, carries, evens } = covered
  const ofAny: RecordScope = { scope: { ...scope, currency: null }, covered }
  const { first, last } = boundsOf(ofAny)
  const used = [lookedAtSql(ofAny), ...carries.map((carry) => carriedSql({ ...ofAny, carry }))].join(' UNION ALL ')
  const isNamed = evens.length > 0 ? `value > 0 AND filter_id IN (${namedSql(ofAny)})` : '0'
  return `SELECT toString(toDate(bucket_start)) AS date, count() AS records, countIf(value = 0) AS zero_records,
      countIf((filter_id, bucket_start) NOT IN (${used}) AND NOT (${isNamed})) AS unmatched_records
    FROM (SELECT * FROM telemetry FINAL WHERE stream_id = ${stream.id} AND is_deleted = 0 AND bucket_start >= ${first} AND bucket_start <= ${last})
    GROUP BY date ORDER BY date`
}
