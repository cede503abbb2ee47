import { z } from 'zod'
import { planSplit } from '../allocation/split-plan'
import type { MethodsReport, methodsRequest, SplitMethod } from '../contract/what-if'
import type { AllocationDimension } from '../costformation/tree'
import { currentDefinition } from '../definitions/current'
import { planStreams, streamsOf } from '../definitions/streams'
import { AppError } from '../errors'
import { findDimension } from '../reports/find-dimension'
import { isoSeconds } from '../reports/report-query'
import { cellsInForce } from '../runs/cells-in-force'
import { readWaiting } from '../runs/waiting'
import { fromUnits } from '../units'
import { warehouse } from '../warehouse/client'
import { type Ledger, nameOf, rankedKeys } from './ledger'
import { possibleDrivers, requireSplit, sharesBefore, tryMethod } from './methods'
import { readWhatIfScope, type WhatIfScope } from './scope'
import { type Streams, throwIfGone } from './sides'
import { type Asked, ledgerNow } from './what-if'

type Input = z.infer<typeof methodsRequest>

const streamRow = z.object({ stream_id: z.number() })

const MUTUAL = ['Reciprocal', 'StepDown', 'Direct'] as const

/** As many streams are tried that the split does not go by. */
const MOST_OTHERS = 4

/** Streams that have records in the range, the split's own first, then such as ask the same of a line. */
async function streamsWithTelemetry({
  split,
  streams,
  scope,
}: {
  split: AllocationDimension
  streams: Streams
  scope: WhatIfScope
}): Promise<string[]> {
  const seconds = (date: Date) => `toDateTime(${Math.floor(date.getTime() / 1000)}, 'UTC')`
  const { query } = await warehouse()
  const rows = await query({
    query: `SELECT DISTINCT stream_id FROM telemetry
      WHERE is_deleted = 0 AND bucket_start >= toStartOfMonth(${seconds(scope.from)}) AND bucket_start < ${seconds(scope.to)}`,
    schema: streamRow,
  })
  const known = new Set(rows.map((row) => row.stream_id))
  const names = [...streams.values()].filter(({ id }) => known.has(id)).map(({ name }) => name)
  const own = streamsOf(split)
  // What tells lines apart by other keys has to be asked for by name: the cost lines are read again for it.
  const keys = new Set(planSplit({ dimension: split, streams }).keys.map((key) => JSON.stringify(key)))
  const isKnown = (name: string) => {
    const allocation = { type: 'AllocateByStreams' as const, streams: [{ value: name, at: split.at }], rate: null }
    const asked = planSplit({ dimension: { ...split, allocation: { ...allocation, at: split.at }, gaps: [] }, streams })
    return asked.drivers.every(
      ({ source }) =>
        source.kind === 'telemetry' && source.keys.every((place) => keys.has(JSON.stringify(asked.keys[place]))),
    )
  }
  const others = names.filter((name) => !own.includes(name) && isKnown(name)).sort()
  return [...own.filter((name) => names.includes(name)), ...others.slice(0, MOST_OTHERS)]
}

async function methodsFor({
  input,
  split,
  streams,
  scope,
}: {
  input: Input
  split: AllocationDimension
  streams: Streams
  scope: WhatIfScope
}): Promise<SplitMethod[]> {
  if (input.methods) return input.methods
  const names = await streamsWithTelemetry({ split, streams, scope })
  const own = streamsOf(split)
  return [
    ...(split.mutual === null
      ? []
      : MUTUAL.filter((mutual) => mutual !== split.mutual).map((mutual) => ({ type: 'mutual' as const, mutual }))),
    { type: 'even' },
    ...((await sharesBefore({ split, scope })).length > 0 ? [{ type: 'fixed' as const }] : []),
    ...(input.across === undefined
      ? []
      : [{ type: 'proportional' as const, across: input.across, granularity: 'UsageMonthly' as const }]),
    // By its only stream it is split already.
    ...names
      .filter((name) => own.length !== 1 || name !== own[0])
      .map((stream) => ({ type: 'stream' as const, stream })),
  ]
}

interface Column {
  method: SplitMethod | null
  ledger: Ledger | null
  error: string | null
}

async function column({ asked, method, left }: { asked: Asked; method: SplitMethod; left: Ledger }): Promise<Column> {
  try {
    return { method, ledger: await tryMethod({ ...asked, method, left }), error: null }
  } catch (error) {
    if (!(error instanceof AppError) || error.code === 'unavailable') throw error
    return { method, ledger: null, error: error.message }
  }
}

/** One pool split by several methods beside what is now; every column adds up to the pool. Nothing is stored. */
export async function compareMethods({ input, signal }: { input: Input; signal: AbortSignal }): Promise<MethodsReport> {
  const { definition, version } = await currentDefinition()
  const split = requireSplit(findDimension({ definition, key: input.dimension }), input.dimension)
  const streams = await planStreams()
  const scope = await readWhatIfScope(input)
  const waiting = await readWaiting({ ...scope, ids: [split.id] })
  const asked: Asked = {
    ...{ now: definition, next: definition, before: split, after: split, streams, scope, signal },
    cells: await cellsInForce(),
    stale: waiting.stale,
  }
  const left = await ledgerNow(asked)
  const columns: Column[] = [{ method: null, ledger: left, error: null }]
  for (const method of await methodsFor({ input, split, streams, scope })) {
    throwIfGone(signal)
    const tried = await column({ asked, method, left })
    // Not asked for by name: a stream that knows nothing of this pool is no choice.
    const isIdle = !input.methods && method.type === 'stream' && tried.ledger?.totals().allocated === '0'
    if (!isIdle) columns.push(tried)
  }
  const sides = columns.flatMap(({ ledger }) => ledger ?? [])
  return {
    dimension: split.name,
    dimension_id: split.id,
    metric: scope.metric,
    currency: scope.currency,
    currencies: scope.currencies,
    from: isoSeconds(scope.from),
    to: isoSeconds(scope.to),
    definition_version: version,
    up_to_date: !waiting.stale,
    failure: waiting.failure,
    total: left.totals().cost,
    columns: columns.map(({ method, ledger, error }) => ({ method, error, totals: ledger?.totals() ?? null })),
    elements: rankedKeys(sides).map((key) => ({
      ...nameOf(key),
      amounts: columns.map(({ ledger }) => (ledger === null ? null : fromUnits(ledger.of(key)))),
    })),
    dimensions: possibleDrivers({ definition, split, streams }).map(({ id, name }) => ({ id, name })),
  }
}
