import { z } from 'zod'
import { planSplit } from '../allocation/split-plan'
import type { CellsInForce } from '../allocation/split-relation'
import type { CoverageQuery, CoverageReport, PoolCoverage, SplitCoverage, StreamCoverage } from '../contract/coverage'
import { allocationsBehind } from '../costformation/graph'
import type { AllocationDimension, Definition } from '../costformation/tree'
import { plainDecimal, sumDecimals } from '../decimal'
import { currentDefinition } from '../definitions/current'
import { splitsBy, streamFilterKeys } from '../definitions/streams'
import { AppError } from '../errors'
import { billShape, currenciesOf } from '../reports/bill-shape'
import { findDimension } from '../reports/find-dimension'
import { isoSeconds, readRange } from '../reports/report-query'
import { currentSplits } from '../runs/current-splits'
import { readWaiting } from '../runs/waiting'
import { findStream } from '../telemetry/list-streams'
import { warehouse } from '../warehouse/client'
import { type CellScope, poolDaysSql, streamDaysSql } from './coverage-sql'
import { type CoveredStream, coveredStreams } from './covered-streams'
import { readReceipts } from './receipts'
import { recordDaysSql } from './records-sql'

const amount = z.string().transform(plainDecimal)
const count = z.coerce.number()
const poolRow = z.object({
  date: z.string(),
  cost_of_day: amount,
  covered: amount,
  filled: amount,
  missing: amount,
  zero: amount,
  other: amount,
})
const streamRow = z.object({
  date: z.string(),
  cost_of_day: amount,
  taken: amount,
  filled: amount,
  missing: amount,
  zero: amount,
})
const recordRow = z.object({ date: z.string(), records: count, zero_records: count, unmatched_records: count })

const MOST_DAYS = 400
const DAY = 86_400_000
const dayOf = (time: Date) => time.toISOString().slice(0, 10)

interface Asked {
  from: Date
  to: Date
  days: string[]
  metric: CoverageQuery['metric']
  currency: string | null
  lateHours: number
}

type Streams = Awaited<ReturnType<typeof currentSplits>>['streams']

/** The days of a range; a day that it only touches counts. */
function daysOf({ from, to }: { from: Date; to: Date }): string[] {
  const days: string[] = []
  for (let time = Math.floor(from.getTime() / DAY) * DAY; time < to.getTime(); time += DAY) {
    if (days.length === MOST_DAYS) {
      throw new AppError('invalid_request', `Coverage looks at up to ${MOST_DAYS} days: choose a shorter range.`, [
        { name: 'to', reason: `is more than ${MOST_DAYS} days after from` },
      ])
    }
    days.push(dayOf(new Date(time)))
  }
  return days
}

const bucketDay = (day: string, { granularity }: CoveredStream['stream']) =>
  granularity === 'MONTHLY' ? `${day.slice(0, 7)}-01` : day

async function coverStream({
  scope,
  covered,
  asked,
}: {
  scope: CellScope
  covered: CoveredStream
  asked: Asked
}): Promise<StreamCoverage> {
  const { query } = await warehouse()
  const { stream } = covered
  // Two engines: the one that holds the batches answers while the other counts.
  const [costs, records, receipts] = await Promise.all([
    query({ query: streamDaysSql({ scope, covered }), schema: streamRow }),
    query({ query: recordDaysSql({ scope, covered }), schema: recordRow }),
    readReceipts({
      streamId: stream.id,
      granularity: stream.granularity,
      from: new Date(`${bucketDay(scope.first, stream)}T00:00:00Z`),
      to: new Date(new Date(`${scope.last}T00:00:00Z`).getTime() + DAY),
      lateHours: asked.lateHours,
    }),
  ])
  const costOf = new Map(costs.map((row) => [row.date, row]))
  const recordsOf = new Map(records.map((row) => [row.date, row]))
  const days = asked.days.flatMap((day): StreamCoverage['days'] => {
    const cost = costOf.get(day)
    const found = recordsOf.get(bucketDay(day, stream))
    const received = receipts.get(bucketDay(day, stream))
    if (!cost && !found) return []
    return [
      {
        day,
        cost: cost?.cost_of_day ?? '0',
        taken: cost?.taken ?? '0',
        filled: cost?.filled ?? '0',
        missing: cost?.missing ?? '0',
        zero: cost?.zero ?? '0',
        records: found?.records ?? 0,
        zero_records: found?.zero_records ?? 0,
        unmatched_records: found?.unmatched_records ?? 0,
        late_records: found && received ? received.lateRecords : 0,
        received: found && received ? received.received : null,
        delay_seconds: found && received ? received.delaySeconds : null,
      },
    ]
  })
  return { stream: stream.name, granularity: stream.granularity, days }
}

function totalOf(days: readonly PoolCoverage[]): PoolCoverage {
  const sum = (name: keyof PoolCoverage) => sumDecimals(days.map((day) => day[name]))
  return {
    cost: sum('cost'),
    covered: sum('covered'),
    filled: sum('filled'),
    missing: sum('missing'),
    zero: sum('zero'),
    other: sum('other'),
  }
}

async function coverSplit({
  dimension,
  definition,
  streams,
  cells,
  asked,
  only,
}: {
  dimension: AllocationDimension
  definition: Definition
  streams: Streams
  cells: CellsInForce
  asked: Asked
  /** The one stream that is asked about. */
  only: string | null
}): Promise<SplitCoverage> {
  const { query } = await warehouse()
  const scope: CellScope = {
    dimensionId: dimension.id,
    cells,
    metric: asked.metric,
    currency: asked.currency,
    first: asked.days[0] ?? '',
    last: asked.days.at(-1) ?? '',
  }
  const rows = await query({ query: poolDaysSql(scope), schema: poolRow })
  const days = rows.map(({ date, cost_of_day, ...sums }) => ({ day: date, cost: cost_of_day, ...sums }))
  const covered: StreamCoverage[] = []
  for (const stream of coveredStreams(planSplit({ dimension, streams }))) {
    if (only === null || stream.stream.name === only) covered.push(await coverStream({ scope, covered: stream, asked }))
  }
  const behind = allocationsBehind(definition, dimension.id, streamFilterKeys(streams))
  const waiting = await readWaiting({ ...asked, ids: behind })
  return {
    dimension: dimension.name,
    dimension_id: dimension.id,
    by: dimension.allocation.type === 'AllocateByStreams' ? 'streams' : 'rules',
    up_to_date: !waiting.stale,
    failure: waiting.failure,
    total: totalOf(days),
    days,
    streams: covered,
  }
}

async function splitsAsked(query: CoverageQuery, definition: Definition): Promise<AllocationDimension[]> {
  if (query.stream !== undefined) {
    const { name } = await findStream(query.stream)
    return splitsBy({ definition, stream: name })
  }
  const dimension = findDimension({ definition, key: query.dimension ?? '' })
  if (dimension.type === 'Allocation' && !dimension.disabled) return [dimension]
  throw new AppError('unprocessable', `"${dimension.name}" splits no cost: coverage is of Allocation dimensions.`)
}

/** The cost of pools, day by day, against the telemetry that is there to split it. */
export async function readCoverage(query: CoverageQuery): Promise<CoverageReport> {
  const range = readRange(query)
  const days = daysOf(range)
  const { definition } = await currentDefinition()
  const dimensions = await splitsAsked(query, definition)
  const shape = (await billShape()).filter(({ day }) => day >= (days[0] ?? '') && day <= (days.at(-1) ?? ''))
  const currencies = currenciesOf(shape)
  const currency = query.currency ?? currencies[0] ?? null
  const { streams, cells } = await currentSplits()
  const asked: Asked = { ...range, days, metric: query.metric, currency, lateHours: query.late_hours }
  const splits: SplitCoverage[] = []
  for (const dimension of dimensions) {
    splits.push(await coverSplit({ dimension, definition, streams, cells, asked, only: query.stream ?? null }))
  }
  return {
    metric: query.metric,
    currency,
    currencies,
    from: isoSeconds(range.from),
    to: isoSeconds(range.to),
    late_hours: query.late_hours,
    splits,
  }
}
