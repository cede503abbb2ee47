import { dayListSql, daysOfRunsSql } from '../allocation/days-sql'
import { looksBeyondItsDay } from '../allocation/reach'
import { planSplit } from '../allocation/split-plan'
import type { CellsInForce } from '../allocation/split-relation'
import { type RunCause, runCause } from '../contract/runs'
import { dependencyOrder } from '../costformation/graph'
import type { Dimension } from '../costformation/tree'
import { currentLinesSql } from '../costs/current-lines'
import { database } from '../db/client'
import { currentDefinition } from '../definitions/current'
import { allocatedDimensions, planStreams, streamFilterKeys } from '../definitions/streams'
import { log } from '../log'
import { Stopping, throwIfStopping } from '../stopping'
import { cellsInForce } from './cells-in-force'
import { readChanges } from './changes'
import { computeCells, computeRuleValues, type SplitRun } from './compute-split'
import { planDropOldRuns } from './drop-old-runs'
import { OneBehind } from './one-behind'
import { RUN_TABLES } from './run-tables'
import { eachSliceOfDays } from './slices'
import { readStaleWork, type StaleWork } from './stale-work'
import { storeResults } from './store-results'

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

async function computeDays({
  run,
  dimension,
  days,
  amounts,
}: {
  run: SplitRun
  dimension: Dimension
  days: readonly string[]
  amounts: OneBehind
}) {
  // Asked for each time: what a bill that arrives meanwhile replaces is dropped a little later.
  const current = { ...run, where: await currentLinesSql() }
  if (dimension.type === 'Allocation') await computeCells({ run: current, dimension, days })
  await amounts.begin(() => storeResults({ run: current, dimension, days }))
}

async function compute({
  run,
  work,
  onDays,
}: {
  run: SplitRun
  work: StaleWork['work']
  onDays: (days: number) => Promise<void>
}) {
  const days = [...new Set(work.flatMap((item) => item.days))].sort()
  // What other days are looked at may come out of other splits: dimension by dimension, inner ones first.
  const isFarsighted = work.some(
    ({ dimension }) =>
      dimension.type === 'Allocation' && looksBeyondItsDay(planSplit({ dimension, streams: run.streams })),
  )
  const groups = isFarsighted ? work.map((item) => [item]) : [work]
  const amounts = new OneBehind()
  try {
    for (const [index, group] of groups.entries()) {
      for (const { dimension, days: list } of group) {
        if (dimension.type !== 'Allocation') continue
        await computeRuleValues({ run: { ...run, where: await currentLinesSql() }, dimension, days: list })
      }
      await eachSliceOfDays(days, async (some) => {
        for (const { dimension, days: list } of group) {
          throwIfStopping()
          const wanted = some.filter((day) => list.includes(day))
          if (wanted.length > 0) await computeDays({ run, dimension, days: wanted, amounts })
        }
        if (index === groups.length - 1) await onDays(some.length)
      })
    }
    await amounts.end()
  } finally {
    await amounts.settle()
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
 * good one stays.
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
  let changes: Awaited<ReturnType<typeof readChanges>> = []
  if (run) {
    try {
      const cells = await cellsOfRun({ runId: run.id, work })
      await compute({
        run: { runId: run.id, tables: RUN_TABLES, definition, streams, cells, where: '0' },
        work,
        onDays: async (done) => {
          await prisma.allocationRun.update({ where: { id: run.id }, data: { daysDone: { increment: done } } })
        },
      })
      changes = await readChanges({ runId: run.id, work })
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
  await prisma.$transaction(async (tx) => {
    if (run) {
      const pairs = work.flatMap(({ dimension, days: list }) => list.map((day) => [dimension.id, day]))
      await tx.$executeRaw`
        INSERT INTO allocation_pointer AS p ("dimensionId", day, "runId")
        SELECT item ->> 0, (item ->> 1)::date, ${run.id}
        FROM jsonb_array_elements(${JSON.stringify(pairs)}::text::jsonb) AS list(item)
        ON CONFLICT ("dimensionId", day) DO UPDATE SET "runId" = EXCLUDED."runId" WHERE p."runId" < EXCLUDED."runId"`
      await tx.allocationRun.update({
        where: { id: run.id },
        data: { status: 'completed', changes, finishedAt: new Date() },
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
    await tx.staleCause.deleteMany({ where: { id: { in: causeIds } } })
    await tx.$executeRaw`
      UPDATE stream s SET "availableSeq" = greatest(s."availableSeq", seen.seq)
      FROM (
        SELECT (item ->> 0)::int AS id, (item ->> 1)::int AS seq
        FROM jsonb_array_elements(${JSON.stringify(projected.map((row) => [row.id, row.projectedSeq]))}::text::jsonb) AS list(item)
      ) seen WHERE s.id = seen.id`
  })
  if (!run) return
  log.info({ run: run.id, days, dimensions: work.length }, 'allocations computed')
  await planDropOldRuns()
}

async function startRun({ version, days, causes }: { version: number; days: number; causes: RunCause[] }) {
  const { prisma } = await database()
  return prisma.allocationRun.create({
    data: { reason: 'days out of date', definitionVersion: version, days, causes },
  })
}
