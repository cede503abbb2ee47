import { createHash } from 'node:crypto'
import { z } from 'zod'
import { daysOfRunsSql } from '../allocation/days-sql'
import { sharesUsage } from '../allocation/reach'
import { planSplit } from '../allocation/split-plan'
import { allocationsBehind } from '../costformation/graph'
import type { AllocationDimension, Dimension } from '../costformation/tree'
import type { CountedPart } from '../costs/current-lines'
import { digestOf } from '../costs/digest/read'
import { literal, readRows } from '../db/read-rows'
import { streamFilterKeys } from '../definitions/streams'
import { warehouse } from '../warehouse/client'
import type { PoolRows, SplitRun } from './compute-split'
import { RUN_TABLES } from './run-tables'
import { poolKeys, storedPool } from './stored-pool'

/** Raised with the code when the same definition would make other rows of the same lines. */
const MAKING = 1

const pointerRow = z.object({
  dimensionId: z.string(),
  day: z.string(),
  runId: z.number(),
  poolBasis: z.string().nullable(),
})
type Pointer = z.infer<typeof pointerRow>

const digest = (value: unknown) => createHash('sha256').update(JSON.stringify(value)).digest('hex')

const filtersRow = z.object({ streamId: z.number(), version: z.number(), filters: z.string() })

/** What the rows of a split's pool on a day are made of: while it stays, so do they. */
export type PoolBasis = (day: string) => string

/**
 * Pools that need not be read off the cost lines again, because nothing that they are made of has changed since their
 * cells were stored (decision 019).
 */
export class KeptPools {
  readonly #run: Pick<SplitRun, 'definition' | 'streams'>
  readonly #pointers: ReadonlyMap<string, ReadonlyMap<string, Pointer>>
  readonly #keys = new Map<string, string | null>()
  readonly #noted = new Map<string, string>()

  private constructor(run: Pick<SplitRun, 'definition' | 'streams'>, pointers: readonly Pointer[]) {
    this.#run = run
    const byDimension = new Map<string, Map<string, Pointer>>()
    for (const pointer of pointers) {
      const days = byDimension.get(pointer.dimensionId) ?? new Map<string, Pointer>()
      byDimension.set(pointer.dimensionId, days.set(pointer.day, pointer))
    }
    this.#pointers = byDimension
  }

  /** Of what is in force when the run begins. */
  static async read({
    run,
    work,
  }: {
    run: Pick<SplitRun, 'definition' | 'streams'>
    work: readonly { dimension: Dimension }[]
  }): Promise<KeptPools> {
    if (work.length === 0) return new KeptPools(run, [])
    const ids = work.map(({ dimension }) => literal(dimension.id))
    const pointers = await readRows({
      sql: `SELECT "dimensionId", to_char(day, 'YYYY-MM-DD') AS day, "runId", "poolBasis" FROM allocation_pointer WHERE "poolBasis" IS NOT NULL AND "dimensionId" IN (${ids.join(', ')})`,
      schema: pointerRow,
    })
    return new KeptPools(run, pointers)
  }

  /** What tells the pool's rows apart; null where it hangs on more than lines, filters and the definition. */
  #keysOf(dimension: AllocationDimension): string | null {
    const known = this.#keys.get(dimension.id)
    if (known !== undefined) return known
    const { definition, streams } = this.#run
    const behind = allocationsBehind(definition, dimension.id, streamFilterKeys(streams))
    const isOwn = behind.every((id) => id === dimension.id) && !sharesUsage(planSplit({ dimension, streams }))
    const keys = isOwn ? digest([dimension.allocation.type, poolKeys({ dimension, definition, streams })]) : null
    this.#keys.set(dimension.id, keys)
    return keys
  }

  /**
   * What a split's pool is made of, of these cost lines. To be asked before the lines are read: filters that change
   * meanwhile have a higher version afterwards.
   */
  async basisOf({
    dimension,
    parts,
  }: {
    dimension: AllocationDimension
    parts: readonly CountedPart[]
  }): Promise<PoolBasis | null> {
    const keys = this.#keysOf(dimension)
    if (keys === null) return null
    const { drivers } = planSplit({ dimension, streams: this.#run.streams })
    const ids = drivers.flatMap(({ source }) => (source.kind === 'telemetry' ? [source.stream.id] : []))
    const always = digest([MAKING, keys, ids, await readFilters(ids)])
    const lines = await partsADay(parts)
    return (day) => digest([always, lines.get(day) ?? []])
  }

  /** Whether a day's rows are stored already. */
  holds({ dimension, basis, day }: { dimension: AllocationDimension; basis: PoolBasis; day: string }): boolean {
    return this.#pointers.get(dimension.id)?.get(day)?.poolBasis === basis(day)
  }

  /** The rows of days that are stored, all of them; null where some are not. */
  rowsOf(basis: PoolBasis): PoolRows {
    return ({ dimension, days, within }) => {
      if (!days.every((day) => this.holds({ dimension, basis, day }))) return null
      const pointers = days.flatMap((day) => this.#pointers.get(dimension.id)?.get(day) ?? [])
      const cells = { table: RUN_TABLES.cells, condition: () => daysOfRunsSql(pointers) }
      return storedPool({ dimensionId: dimension.id, cells })({ dimension, days, within })
    }
  }

  /** Keeps in mind what a run's own cells are made of. */
  note({
    dimension,
    basis,
    days,
  }: {
    dimension: AllocationDimension
    basis: PoolBasis
    days: readonly string[]
  }): void {
    for (const day of days) this.#noted.set(`${day} ${dimension.id}`, basis(day))
  }

  noted(dimensionId: string, day: string): string | null {
    return this.#noted.get(`${day} ${dimensionId}`) ?? null
  }
}

/** The filters that a pool is found by. Their versions only rise, so that no two states of them are alike. */
async function readFilters(streamIds: readonly number[]): Promise<z.infer<typeof filtersRow>[]> {
  if (streamIds.length === 0) return []
  const { query } = await warehouse()
  const active = `arraySort(groupArrayIf((filter_id, filter_values), is_active = 1))`
  return query({
    query: `SELECT stream_id AS streamId, max(version) AS version, hex(SHA256(toString(${active}))) AS filters
      FROM telemetry_filter FINAL WHERE stream_id IN (${streamIds.join(', ')}) GROUP BY stream_id ORDER BY stream_id`,
    schema: filtersRow,
  })
}

/** The parts of imports that have lines on a day; an import's lines never change. */
async function partsADay(parts: readonly CountedPart[]): Promise<Map<string, string[]>> {
  const days = new Map<string, Set<string>>()
  for (const { importId, month } of parts) {
    const name = month.toISOString().slice(0, 10)
    const { shape } = await digestOf(importId)
    for (const row of shape) {
      if (row.month !== name) continue
      const known = days.get(row.day) ?? new Set<string>()
      days.set(row.day, known.add(`${importId} ${name}`))
    }
  }
  return new Map([...days].map(([day, names]) => [day, [...names].sort()]))
}
