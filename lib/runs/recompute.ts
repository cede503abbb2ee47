import { dayListSql, daysOfRunsSql } from '../allocation/days-sql'
import type { CellsInForce } from '../allocation/split-relation'
import { type RunCause, runCause } from '../contract/runs'
import { allocationsBehind, dependencyOrder } from '../costformation/graph'
import { database } from '../db/client'
import { currentDefinition } from '../definitions/current'
import { allocatedDimensions, planStreams, streamFilterKeys } from '../definitions/streams'
import { log } from '../log'
import { Stopping } from '../stopping'
import { cellsInForce } from './cells-in-force'
import { readChanges } from './changes'
import { computeWork, Unsolved } from './compute-work'
import { planDropOldRuns } from './drop-old-runs'
import { KeptPools } from './kept-pools'
import { RUN_TABLES } from './run-tables'
import { keepStale } from './stale-days'
import { readStaleWork, type StaleWork } from './stale-work'

/** What a run's later splits see of its earlier ones: its own days, and for others what was in force. */
async function cellsOfRun({ runId, work }: { runId: number; work: StaleWork['work'] }): Promise<CellsInForce> {
  const before = await cellsInForce()
  const days = new Map(work.map(({ dimension, days: list }) => [dimension.id, list]))
  return {
    table: RUN_TABLES.cells,
    condition: (dimensionId) => {
      const mine = days.get(dimensionId)
      if (!mine) return before.condition(dimensionId)
      const own = daysOfRunsSql(mine.map((day) => ({ day, runId })))
      return `(${own} OR (day NOT IN (${dayListSql(mine)}) AND ${before.condition(dimensionId)}))`
    },
  }
}

async function readCauses(): Promise<{ ids: number[]; causes: RunCause[] }> {
  const { prisma } = await database()
  const rows = await prisma.staleCause.findMany({ orderBy: { id: 'asc' }, take: 1000 })
  return { ids: rows.map(({ id }) => id), causes: rows.flatMap(({ cause }) => runCause.safeParse(cause).data ?? []) }
}

/**
 * Computes what is out of date, of every dimension that a split reaches, under a new run id. When the run is whole the
 * pointers flip in one transaction: a reader sees one run or the next, never half (DESIGN §3). If it fails the last
 * good one stays. Where a dimension has no solution the others go on without it, and without what comes out of it.
 */
export async function recomputeDays(): Promise<void> {
  const { prisma } = await database()
  const projected = await prisma.stream.findMany({ select: { id: true, projectedSeq: true } })
  const { ids: causeIds, causes } = await readCauses()
  const { version, definition } = await currentDefinition()
  const streams = await planStreams()
  const filterKeys = streamFilterKeys(streams)
  const allocated = new Map(allocatedDimensions({ definition, streams }).map((dimension) => [dimension.id, dimension]))
  const dimensions = dependencyOrder(definition, filterKeys).flatMap((id) => allocated.get(id) ?? [])
  const { seen, work } = await readStaleWork({ definition, dimensions, streams })
  const days = new Set(work.flatMap((item) => item.days)).size
  const run = work.length > 0 ? await startRun({ version, days, causes }) : null
  const pools = await KeptPools.read({ run: { definition, streams }, work })
  const unsolved = new Unsolved((id) => [id, ...allocationsBehind(definition, id, filterKeys)])
  let changes: Awaited<ReturnType<typeof readChanges>> = []
  if (run) {
    try {
      const cells = await cellsOfRun({ runId: run.id, work })
      await computeWork({
        run: { runId: run.id, tables: RUN_TABLES, definition, streams, cells, where: '0' },
        work,
        pools,
        unsolved,
        onDays: async (done) => {
          await prisma.allocationRun.update({ where: { id: run.id }, data: { daysDone: { increment: done } } })
        },
      })
      changes = await readChanges({ runId: run.id, work: work.filter(({ dimension }) => !unsolved.has(dimension.id)) })
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error)
      await prisma.allocationRun.update({
        where: { id: run.id },
        data: {
          status: error instanceof Stopping ? 'stopped' : 'failed',
          error: message.slice(0, 2000),
          finishedAt: new Date(),
        },
      })
      throw error
    }
  }
  const left = work.filter(({ dimension }) => unsolved.has(dimension.id))
  const done = work.filter((item) => !left.includes(item))
  await prisma.$transaction(async (tx) => {
    if (run) {
      const pairs = done.flatMap(({ dimension, days: list }) =>
        list.map((day) => [dimension.id, day, pools.noted(dimension.id, day)]),
      )
      await tx.$executeRaw`
        INSERT INTO allocation_pointer AS p ("dimensionId", day, "runId", "poolBasis")
        SELECT item ->> 0, (item ->> 1)::date, ${run.id}, item ->> 2
        FROM jsonb_array_elements(${JSON.stringify(pairs)}::text::jsonb) AS list(item)
        ON CONFLICT ("dimensionId", day) DO UPDATE SET "runId" = EXCLUDED."runId", "poolBasis" = EXCLUDED."poolBasis" WHERE p."runId" < EXCLUDED."runId"`
      await tx.allocationRun.update({
        where: { id: run.id },
        data: { ...endOf({ unsolved, left, done }), changes, finishedAt: new Date() },
      })
    }
    // What is no dimension any more, or no split reaches, has no amounts.
    await tx.allocationPointer.deleteMany({ where: { dimensionId: { notIn: dimensions.map(({ id }) => id) } } })
    // A day that was marked again meanwhile has a higher token, and stays.
    await tx.$executeRaw`
      DELETE FROM stale_day s USING (
        SELECT (item ->> 0)::date AS day, item ->> 1 AS id, (item ->> 2)::int AS token
        FROM jsonb_array_elements(${JSON.stringify(seen.map((row) => [row.day, row.dimensionId, row.token]))}::text::jsonb) AS list(item)
      ) seen WHERE s.day = seen.day AND s."dimensionId" = seen.id AND s.token = seen.token`
    await keepStale({ tx, work: left })
    await tx.staleCause.deleteMany({ where: { id: { in: causeIds } } })
    await tx.$executeRaw`
      UPDATE stream s SET "availableSeq" = greatest(s."availableSeq", seen.seq)
      FROM (
        SELECT (item ->> 0)::int AS id, (item ->> 1)::int AS seq
        FROM jsonb_array_elements(${JSON.stringify(projected.map((row) => [row.id, row.projectedSeq]))}::text::jsonb) AS list(item)
      ) seen WHERE s.id = seen.id`
  })
  if (!run) return
  log.info({ run: run.id, days, dimensions: done.length, unsolved: left.length }, 'allocations computed')
  await planDropOldRuns()
}

/** How a run ended whose dimensions are computed, but for those that are left. */
function endOf({ unsolved, left, done }: { unsolved: Unsolved; left: StaleWork['work']; done: StaleWork['work'] }) {
  if (left.length === 0) return { status: 'completed' }
  const names = done.map(({ dimension }) => dimension.name)
  const others = names.length > 0 ? [`Computed all the same: ${names.join(', ')}.`] : []
  return { status: 'failed', error: [...unsolved.reasons.values(), ...others].join('\n').slice(0, 2000) }
}

async function startRun({ version, days, causes }: { version: number; days: number; causes: RunCause[] }) {
  const { prisma } = await database()
  return prisma.allocationRun.create({
    data: { reason: 'days out of date', definitionVersion: version, days, causes },
  })
}
