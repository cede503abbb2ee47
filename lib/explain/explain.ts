import type { z } from 'zod'
import { cumulativeShare } from '../allocation/round'
import type { PlanStream } from '../allocation/split-plan'
import type { Explanation, explainQuery } from '../contract/allocations'
import { unallocatedReason } from '../contract/allocations'
import { allocationsBehind } from '../costformation/graph'
import { type FilterKey, parseFilterKey } from '../costformation/source'
import type { Dimension } from '../costformation/tree'
import { sumDecimals } from '../decimal'
import { currentDefinition } from '../definitions/current'
import { streamFilterKeys, streamsOf } from '../definitions/streams'
import { AppError } from '../errors'
import { instant } from '../instant'
import { findDimension } from '../reports/find-dimension'
import { isoSeconds, readScope } from '../reports/report-query'
import { currentSplits } from '../runs/current-splits'
import { fromUnits, toUnits } from '../units'
import { type Cell, readCells } from './cells'
import { type Drivers, readDrivers } from './drivers'
import { readTopLines } from './top-lines'

type Part = Explanation['parts'][number]

/** Parts shown in full; the rest is one exact sum. */
const SHOWN = 12

const NO_DRIVERS: Drivers = { weights: [], records: [] }

/** The one amount, as the rule makes it: the running share up to the element less that before it (DESIGN §3, 3). */
function arithmetic({
  cell,
  element,
  drivers,
}: {
  cell: Cell
  element: string | null
  drivers: Drivers
}): Pick<Part, 'weight' | 'total_weight' | 'arithmetic'> {
  const index = drivers.weights.findIndex((driver) => driver.element === element)
  const total = drivers.weights.reduce((sum, { weight }) => sum + weight, 0n)
  const weight = drivers.weights[index]?.weight ?? 0n
  if (element === null || index < 0 || total === 0n) {
    return { weight: '0', total_weight: fromUnits(total), arithmetic: `${cell.amount} stays unallocated` }
  }
  const before = drivers.weights.slice(0, index).reduce((sum, driver) => sum + driver.weight, 0n)
  const cost = toUnits(cell.cost)
  const upTo = cumulativeShare({ cost, running: before + weight, total })
  const previous = cumulativeShare({ cost, running: before, total })
  const share = (running: bigint) => `round(${cell.cost} × ${fromUnits(running)} ÷ ${fromUnits(total)})`
  const text = `${share(before + weight)} − ${share(before)} = ${fromUnits(upTo)} − ${fromUnits(previous)} = ${fromUnits(upTo - previous)}`
  return { weight: fromUnits(weight), total_weight: fromUnits(total), arithmetic: text }
}

/** A stream's own key; unlike a query's it may name a dimension that does not exist, and then has no value anywhere. */
function storedKey(text: string): FilterKey {
  const key = parseFilterKey(text)
  if ('error' in key) throw new Error(`unreadable filter key "${text}": ${key.error}`)
  return key
}

interface Explained {
  dimension: Dimension
  element: string | null
  streams: PlanStream[]
  /** The keys that cells are told apart by, as they were asked for. */
  keys: string[]
  input: Parameters<typeof readCells>[0]['input']
  metric: Explanation['metric']
}

/** The first stream that has weights for the cell took it; with none, what was seen of all. */
async function driversOf({
  cell,
  streams,
  keys,
}: {
  cell: Cell
  streams: readonly PlanStream[]
  keys: readonly string[]
}): Promise<{ stream: PlanStream | null; drivers: Drivers }> {
  let seen: { stream: PlanStream | null; drivers: Drivers } = { stream: streams[0] ?? null, drivers: NO_DRIVERS }
  for (const stream of streams) {
    const values = stream.filterKeys.map((key) => cell.groups[keys.indexOf(key)] ?? '')
    const drivers = await readDrivers({ stream, values, start: new Date(cell.start), end: new Date(cell.end) })
    if (drivers.weights.length > 0) return { stream, drivers }
    if (drivers.records.length > seen.drivers.records.length) seen = { stream, drivers }
  }
  return seen
}

async function explainCell({
  cell,
  dimension,
  element,
  streams,
  keys,
  input,
  metric,
}: Explained & { cell: Cell }): Promise<Part> {
  const start = new Date(cell.start)
  const end = new Date(cell.end)
  const filters = keys.map((key, index) => ({
    key: storedKey(key),
    values: [cell.groups[index] ?? ''],
    negate: false,
  }))
  const topLines = await readTopLines({ input, start, end, filters, metric })
  const { stream, drivers } = await driversOf({ cell, streams, keys })
  const fromRules = `${cell.amount} of ${cell.cost}, by the rules of ${dimension.name}`
  const sums =
    dimension.type === 'Allocation'
      ? arithmetic({ cell, element, drivers })
      : { weight: '0', total_weight: '0', arithmetic: fromRules }
  return {
    charge_period: { start: isoSeconds(start), end: isoSeconds(end) },
    matched_on: Object.fromEntries(keys.map((key, index) => [key, cell.groups[index] || null])),
    cost: cell.cost,
    lines: cell.lines,
    reason: cell.reason === '' ? null : unallocatedReason.parse(cell.reason),
    stream: dimension.type === 'Allocation' ? (stream?.name ?? null) : null,
    ...sums,
    amount: cell.amount,
    records: drivers.records,
    top_lines: topLines,
  }
}

/** A period narrows the range to the one bar that was asked about. */
function narrow(query: z.infer<typeof explainQuery>): { from: string; to: string } {
  if (query.period === undefined || query.granularity === 'total') return { from: query.from, to: query.to }
  const start = instant(query.period)
  const end = new Date(start)
  if (query.granularity === 'hourly') end.setUTCHours(end.getUTCHours() + 1)
  if (query.granularity === 'daily') end.setUTCDate(end.getUTCDate() + 1)
  if (query.granularity === 'monthly') end.setUTCMonth(end.getUTCMonth() + 1)
  const earlier = (a: Date, b: string) => (a < instant(b) ? a.toISOString() : b)
  const later = (a: Date, b: string) => (a > instant(b) ? a.toISOString() : b)
  return { from: later(start, query.from), to: earlier(end, query.to) }
}

/**
 * Why an amount is what it is: the cells it is made of, the records that split each, their batches, and the
 * arithmetic. The parts and the rest add up to the amount exactly (DESIGN §3, 8).
 */
export async function explainAllocation({
  key,
  query,
}: {
  key: string
  query: z.infer<typeof explainQuery>
}): Promise<Explanation> {
  const { definition, version } = await currentDefinition()
  const dimension = findDimension({ definition, key })
  const { streams, cells: stored } = await currentSplits()
  const behind = allocationsBehind(definition, dimension.id, streamFilterKeys(streams))
  if (behind.length === 0) throw new AppError('unprocessable', `No split reaches the dimension "${dimension.name}".`)
  const scope = await readScope({ ...query, ...narrow(query) })
  const own = streamsOf(dimension)
    .map((name) => streams.get(name))
    .filter((stream) => stream !== undefined)
  const names = definition.dimensions.filter(({ id }) => behind.includes(id)).map(({ name }) => `custom:${name}`)
  // A key that cannot be read has no value on any line, and tells no cells apart.
  const readable = own.flatMap((stream) => stream.filterKeys).filter((key) => !('error' in parseFilterKey(key)))
  const keys = dimension.type === 'Allocation' ? [...new Set(readable)] : names
  const element = query.element ?? null
  const input = {
    definition,
    streams,
    cells: stored,
    target: dimension.id,
    groupBy: keys.map((key) => storedKey(key)),
    filters: [],
    where: scope.where,
  }
  const { cells, count, amount } = await readCells({ input, element, metric: scope.metric, limit: SHOWN })
  const parts: Part[] = []
  for (const cell of cells) {
    parts.push(
      await explainCell({
        cell,
        dimension,
        element,
        streams: dimension.type === 'Allocation' ? own : [],
        keys,
        input,
        metric: scope.metric,
      }),
    )
  }
  const shown = sumDecimals(parts.map((part) => part.amount))
  return {
    dimension: dimension.name,
    element,
    metric: scope.metric,
    currency: scope.currency,
    from: isoSeconds(scope.from),
    to: isoSeconds(scope.to),
    definition_version: version,
    amount,
    parts,
    rest: { parts: count - parts.length, amount: fromUnits(toUnits(amount) - toUnits(shown)) },
  }
}
