/**
 * What DESIGN §3 says, as slowly and plainly as it can be said: no SQL, no grouping tricks, whole numbers of 10^-18.
 * The engine is compared with this, so nothing here may be taken from it.
 */

export type Granularity = 'HOURLY' | 'DAILY' | 'MONTHLY'

export interface ReferenceLine {
  /** Seconds since 1970; the end is exclusive. */
  start: number
  end: number
  currency: string
  /** Whole numbers of 10^-18, in the caller's order of metrics. */
  costs: readonly bigint[]
  /** Values by filter key; '' = none. */
  values: Readonly<Record<string, string>>
}

export interface ReferenceRecord {
  /** Start of its bucket in seconds. */
  bucket: number
  filter: Readonly<Record<string, readonly string[]>>
  element: string
  value: bigint
}

export interface ReferenceStream {
  granularity: Granularity
  keys: readonly string[]
  records: readonly ReferenceRecord[]
}

/** One element's share of one cell; `element` null = unallocated. */
export interface ReferenceShare {
  start: number
  /** The values by which the cell is told apart. */
  values: Readonly<Record<string, string>>
  element: string | null
  reason: '' | 'no_telemetry' | 'zero_weights' | 'not_in_dimension'
  costs: readonly bigint[]
}

const QUANTUM = 10n ** 6n

/** Half away from zero, to 12 fractional digits. */
function roundedQuotient(numerator: bigint, denominator: bigint): bigint {
  const sign = numerator < 0n ? -1n : 1n
  const scaled = numerator * sign
  const divisor = denominator * QUANTUM
  const down = scaled / divisor
  const isUp = (scaled - down * divisor) * 2n >= divisor
  return sign * (isUp ? down + 1n : down) * QUANTUM
}

function bucketEnd(bucket: number, granularity: Granularity): number {
  if (granularity === 'HOURLY') return bucket + 3600
  if (granularity === 'DAILY') return bucket + 86_400
  const month = new Date(bucket * 1000)
  return Date.UTC(month.getUTCFullYear(), month.getUTCMonth() + 1, 1) / 1000
}

const matches = (record: ReferenceRecord, line: ReferenceLine, keys: readonly string[]) =>
  keys.every((key) => {
    const value = line.values[key] ?? ''
    return value !== '' && (record.filter[key] ?? []).includes(value)
  })

/** A period of no length counts as the second that it starts with. */
const overlaps = (record: ReferenceRecord, line: ReferenceLine, granularity: Granularity) =>
  record.bucket < Math.max(line.end, line.start + 1) && bucketEnd(record.bucket, granularity) > line.start

export function byBytes(a: string, b: string): number {
  return Buffer.compare(Buffer.from(a, 'utf8'), Buffer.from(b, 'utf8'))
}

/** The weights of a stream for a line, and how many records they come from. */
function weigh(stream: ReferenceStream, line: ReferenceLine): { weights: [string, bigint][]; records: number } {
  const seen = stream.records.filter(
    (record) => matches(record, line, stream.keys) && overlaps(record, line, stream.granularity),
  )
  const elements = [...new Set(seen.map((record) => record.element))].sort(byBytes)
  const weights = elements.map((element): [string, bigint] => [
    element,
    seen.filter((record) => record.element === element).reduce((sum, record) => sum + record.value, 0n),
  ])
  return { weights: weights.filter(([, weight]) => weight > 0n), records: seen.length }
}

/** `amount_i = round(cost · c_i ÷ T) − round(cost · c_(i−1) ÷ T)`; the last element takes exactly what remains. */
export function splitOne(cost: bigint, weights: readonly bigint[]): bigint[] {
  const total = weights.reduce((sum, weight) => sum + weight, 0n)
  let running = 0n
  let given = 0n
  return weights.map((weight, index) => {
    running += weight
    const upTo = index === weights.length - 1 ? cost : roundedQuotient(cost * running, total)
    const amount = upTo - given
    given = upTo
    return amount
  })
}

/**
 * The split of the pool: of every line that some record's filter could match. Equal lines are added up before they are
 * split: those with the same charge period, currency, and values of every stream's keys (and of `furtherKeys`).
 */
export function allocate({
  lines,
  streams,
  furtherKeys = [],
}: {
  lines: readonly ReferenceLine[]
  streams: readonly ReferenceStream[]
  furtherKeys?: readonly string[]
}): { pool: ReferenceShare[]; outside: ReferenceShare[] } {
  const keys = [...new Set([...streams.flatMap((stream) => stream.keys), ...furtherKeys])]
  const cells = new Map<string, ReferenceLine>()
  for (const line of lines) {
    const values = Object.fromEntries(keys.map((key) => [key, line.values[key] ?? '']))
    const id = JSON.stringify([line.start, line.end, line.currency, Object.values(values)])
    const before = cells.get(id)
    const costs = line.costs.map((cost, index) => cost + (before?.costs[index] ?? 0n))
    cells.set(id, { ...line, costs, values })
  }
  const pool: ReferenceShare[] = []
  const outside: ReferenceShare[] = []
  for (const cell of cells.values()) {
    const whole = { start: cell.start, values: cell.values, element: null, costs: cell.costs }
    const isShared = streams.some((stream) => stream.records.some((record) => matches(record, cell, stream.keys)))
    if (!isShared) {
      outside.push({ ...whole, reason: '' })
      continue
    }
    const seen = streams.map((stream) => weigh(stream, cell))
    const taken = seen.find(({ weights }) => weights.length > 0)
    if (!taken) {
      pool.push({ ...whole, reason: seen.some(({ records }) => records > 0) ? 'zero_weights' : 'no_telemetry' })
      continue
    }
    const amounts = cell.costs.map((cost) =>
      splitOne(
        cost,
        taken.weights.map(([, weight]) => weight),
      ),
    )
    for (const [index, [element]] of taken.weights.entries()) {
      pool.push({ ...whole, element, reason: '', costs: amounts.map((list) => list[index] ?? 0n) })
    }
  }
  return { pool, outside }
}
