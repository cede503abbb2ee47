import { buildRelation } from '../allocation/relation'
import type { PlanKey } from '../allocation/split-plan'
import { METRICS } from '../contract/common'
import type { FilterKey } from '../costformation/source'
import type { AllocationDimension, Definition } from '../costformation/tree'
import { meaningOf } from '../definitions/compare'
import { streamsOf } from '../definitions/streams'
import type { PoolRows } from '../runs/compute-split'
import { poolKeys, type StoredPool, storedSql, untilSql } from '../runs/stored-pool'
import type { Streams } from './sides'

const SUMS = METRICS.map((metric) => `sum(p.${metric}) AS ${metric}`).join(', ')

const FIXED = ['cs', 'ce', 'currency', 'keys']
const added = (rows: string) =>
  `SELECT ${FIXED.map((name) => `p.${name} AS ${name}`).join(', ')}, sum(p.line_count) AS line_count, ${SUMS}
    FROM (${rows}) AS p GROUP BY ${FIXED.map((name) => `p.${name}`).join(', ')}`

/** Over the table of cells: those that no gap policy has a say in. */
export const SETTLED = "(gap = '' AND (notEmpty(elements) OR reason = 'set_apart'))"

/** Over the table of cells: those of a split that are split. */
const SPLIT = "reason != 'set_apart'"

/** A split's stored cells without what is set apart, as rows that some of the keys only tell apart. */
export function storedPoolBy({ dimensionId, cells, places }: StoredPool & { places: readonly number[] }): PoolRows {
  return ({ dimension, within }) => {
    if (dimension.id !== dimensionId) return null
    const stored = storedSql({ dimensionId, cells, where: `${within('day')} AND ${SPLIT}` })
    const keys = `[${places.map((place) => `keys[${place + 1}]`).join(', ')}]::Array(String)`
    const inner = `SELECT period_start, period_end, currency, ${keys} AS chosen, lines, ${METRICS.join(', ')} ${stored}`
    const rows = `SELECT period_start AS cs, period_end AS ce, currency, chosen AS keys, lines AS line_count, ${METRICS.join(', ')} FROM (${inner})`
    return { rows: added(rows), until: untilSql(stored) }
  }
}

/** The lines of a split's stored cells, told apart by other keys, which have to be read off the cost lines again. */
export function linesOfPool({
  dimensionId,
  cells,
  definition,
  streams,
  current,
  keys,
  own,
}: StoredPool & {
  definition: Definition
  streams: Streams
  /** The cost lines that count. */
  current: string
  keys: readonly PlanKey[]
  /** What the stored cells' keys are, or begin with. */
  own: readonly PlanKey[]
}): PoolRows {
  return ({ dimension, within }) => {
    if (dimension.id !== dimensionId) return null
    const stored = storedSql({ dimensionId, cells, where: `${within('day')} AND ${SPLIT}` })
    const { columns, groupBy } = relationColumns([...keys, ...own])
    const relation = buildRelation({
      ...{ definition, streams, cells, target: null, groupBy, filters: [] },
      where: `${current} AND ${within('toDate(ChargePeriodStart)')}`,
      extra: [{ name: 'bill_month', sql: 'toString(BillingMonth)' }],
    })
    const list = (names: readonly string[]) => `[${names.join(', ')}]::Array(String)`
    const mine = list(columns.slice(keys.length))
    const known = `SELECT period_start, period_end, currency, arraySlice(keys, 1, ${own.length}) ${stored}`
    const rows = `SELECT cs, ce, currency, ${list(columns.slice(0, keys.length))} AS keys, line_count, ${METRICS.join(', ')}
      FROM (${relation.sql}) WHERE (cs, ce, currency, ${mine}) IN (${known})`
    return { rows: added(rows), until: untilSql(stored) }
  }
}

/** The columns of a relation that hold a plan's keys, and what it has to be grouped by for them. */
function relationColumns(keys: readonly PlanKey[]): { columns: string[]; groupBy: FilterKey[] } {
  const groupBy: FilterKey[] = []
  const columns = keys.map((key) => {
    if (key.kind === 'billingMonth') return 'bill_month'
    // Hidden dimensions are called by their ids.
    groupBy.push(key.kind === 'filter' ? key.key : { kind: 'dimensionName', name: key.id })
    return `g${groupBy.length - 1}`
  })
  return { columns, groupBy }
}

const splitOf = (definition: Definition, id: string) =>
  definition.dimensions.find(
    (found): found is AllocationDimension => found.id === id && found.type === 'Allocation' && !found.disabled,
  )

/** How two splits of the same pool differ: not at all (in what they split), only where there is nothing to go by, or in general. */
export function differenceOf(before: AllocationDimension, after: AllocationDimension): 'none' | 'gaps' | 'all' {
  // What lies outside of the pool, and how the dimension is called, changes no share of it.
  const plain = { name: '', defaultValue: null, child: null, hidden: false }
  const meaning = (dimension: AllocationDimension) => meaningOf({ ...dimension, ...plain })
  if (meaning(before) === meaning(after)) return 'none'
  // Pools that hand on to each other are solved together.
  if (before.mutual !== null || after.mutual !== null) return 'all'
  return meaning({ ...before, gaps: [] }) === meaning({ ...after, gaps: [] }) ? 'gaps' : 'all'
}

/**
 * Whether a split's pool, and what tells its lines apart, is the same by two definitions, so that the stored cells stand
 * for the cost lines.
 */
export function isSamePool({
  now,
  next,
  id,
  streams,
}: {
  now: Definition
  next: Definition
  id: string
  streams: Streams
}): boolean {
  const [before, after] = [splitOf(now, id), splitOf(next, id)]
  if (!before || !after || before.allocation.type !== after.allocation.type) return false
  // Of streams the pool is what their filters match, in whatever order they come.
  const names = (dimension: AllocationDimension) => JSON.stringify(streamsOf(dimension).toSorted())
  if (names(before) !== names(after)) return false
  const old = poolKeys({ dimension: before, definition: now, streams })
  return JSON.stringify(old) === JSON.stringify(poolKeys({ dimension: after, definition: next, streams }))
}
