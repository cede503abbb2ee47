import { z } from 'zod'
import { sqlString } from '../costformation/sql-literal'
import { database } from '../db/client'
import { enqueue } from '../jobs/queue'
import { log } from '../log'
import { throwIfStopping } from '../stopping'
import { warehouse } from '../warehouse/client'
import { readPointers } from './cells-in-force'

/** A reader may still be at what was in force when it began. */
export const GRACE_SECONDS = 600

const DAY_TABLES = ['allocation_cell', 'allocation_result', 'pool_weight'] as const

const storedRow = z.object({ run_id: z.number(), dimension_id: z.string(), day: z.string() })
const valueRow = z.object({ run_id: z.number(), dimension_id: z.string() })
type Stored = z.infer<typeof storedRow>

/** Days of one DELETE: its text stays short, and it holds the engine briefly. */
const TOGETHER = 500

interface InForce {
  /** The run that a reader sees, by dimension and day. */
  runs: ReadonlyMap<string, number>
  /** Dimensions and runs of which a reader sees some day. */
  kept: ReadonlySet<string>
  /** When each run ended; a run that goes on is not among them. */
  ended: ReadonlyMap<number, Date>
  /** When the oldest of those that go on began: it may go by what was in force then. */
  running: Date | null
}

const placeOf = ({ dimension_id, day }: Pick<Stored, 'dimension_id' | 'day'>) => `${day} ${dimension_id}`
const pairOf = ({ run_id, dimension_id }: Pick<Stored, 'run_id' | 'dimension_id'>) => `${run_id} ${dimension_id}`

async function readInForce(): Promise<InForce> {
  const { prisma } = await database()
  // The runs first: one that ends in between keeps its rows until the next time.
  const runs = await prisma.allocationRun.findMany({ where: { status: { not: 'running' } } })
  const { _min } = await prisma.allocationRun.aggregate({ where: { status: 'running' }, _min: { startedAt: true } })
  const pointers = await readPointers()
  const named = pointers.map(({ dimensionId, day, runId }) => ({ dimension_id: dimensionId, day, run_id: runId }))
  return {
    runs: new Map(named.map((row) => [placeOf(row), row.run_id])),
    kept: new Set(named.map(pairOf)),
    ended: new Map(runs.map(({ id, finishedAt, startedAt }) => [id, finishedAt ?? startedAt])),
    running: _min.startedAt,
  }
}

/** Rows that nobody reads any more, and whether some are left that are too young. */
function superseded({ stored, inForce, before }: { stored: readonly Stored[]; inForce: InForce; before: Date }) {
  const { runs, ended } = inForce
  const old: Stored[] = []
  let isLeft = false
  for (const row of stored) {
    const run = runs.get(placeOf(row))
    if (run === row.run_id || !ended.has(row.run_id)) continue
    // Since when nobody begins to read it: the run that took its place ended then, or at least its own.
    const since = ended.get(Math.max(run ?? 0, row.run_id))
    if (since && since <= before) old.push(row)
    else isLeft = true
  }
  return { old, isLeft }
}

async function deleteDays(table: (typeof DAY_TABLES)[number], rows: readonly Stored[]): Promise<void> {
  const { command } = await warehouse()
  for (let start = 0; start < rows.length; start += TOGETHER) {
    throwIfStopping()
    const list = rows
      .slice(start, start + TOGETHER)
      .map(({ run_id, dimension_id, day }) => `(${run_id}, ${sqlString(dimension_id)}, toDate('${day}'))`)
    await command({ query: `DELETE FROM ${table} WHERE (run_id, dimension_id, day) IN (${list.join(', ')})` })
  }
}

/**
 * Removes rows of runs that others have taken the place of, or that failed; what is known about the runs stays. Says
 * whether some were too young to go.
 */
export async function dropOldRuns({ graceSeconds = GRACE_SECONDS }: { graceSeconds?: number } = {}): Promise<boolean> {
  const { query, command } = await warehouse()
  const inForce = await readInForce()
  const before = new Date(Math.min(Date.now() - graceSeconds * 1000, inForce.running?.getTime() ?? Number.MAX_VALUE))
  let isLeft = false
  let dropped = 0
  for (const table of DAY_TABLES) {
    const stored = await query({
      query: `SELECT DISTINCT run_id, dimension_id, toString(day) AS day FROM ${table} ORDER BY day, dimension_id, run_id`,
      schema: storedRow,
    })
    const found = superseded({ stored, inForce, before })
    await deleteDays(table, found.old)
    dropped += found.old.length
    isLeft ||= found.isLeft
  }
  // Values of a rule are of no one day: they go when no reader sees a day of their run.
  const values = await query({ query: 'SELECT DISTINCT run_id, dimension_id FROM rule_value', schema: valueRow })
  const gone = values.filter((row) => {
    const ended = inForce.ended.get(row.run_id)
    if (ended === undefined || inForce.kept.has(pairOf(row))) return false
    if (ended <= before) return true
    isLeft = true
    return false
  })
  for (let start = 0; start < gone.length; start += TOGETHER) {
    const pairs = gone.slice(start, start + TOGETHER).map((row) => `(${row.run_id}, ${sqlString(row.dimension_id)})`)
    await command({ query: `DELETE FROM rule_value WHERE (run_id, dimension_id) IN (${pairs.join(', ')})` })
  }
  if (dropped + gone.length > 0) log.info({ days: dropped, rules: gone.length }, 'rows of old runs dropped')
  return isLeft
}

/** Has old rows removed after a while, unless that is planned already. */
export async function planDropOldRuns(): Promise<void> {
  const db = await database()
  const { rows } = await db.executeSql(
    "SELECT count(*)::int AS n FROM pgboss.job WHERE name = $1 AND state = 'created'",
    ['drop-old-runs'],
  )
  if (Number(rows[0]?.n ?? 0) > 0) return
  await db.prisma.$transaction((tx) =>
    enqueue({ tx, name: 'drop-old-runs', data: {}, afterSeconds: GRACE_SECONDS + 5 }),
  )
}

/** The job: what was too young has its turn later. */
export async function dropOldRunsAndPlan(): Promise<void> {
  if (await dropOldRuns()) await planDropOldRuns()
}
