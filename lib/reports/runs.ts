import { z } from 'zod'
import { type AllocationRun, allocationRun, type RunList, type RunsQuery, runCause, runChange } from '../contract/runs'
import { database } from '../db/client'
import type { AllocationRunModel } from '../db/generated/models'
import { AppError } from '../errors'

function present(row: AllocationRunModel): AllocationRun {
  return {
    id: row.id,
    status: allocationRun.shape.status.parse(row.status),
    causes: z.array(runCause).catch([]).parse(row.causes),
    definition_version: row.definitionVersion,
    days: row.days,
    days_done: Math.min(row.days, row.daysDone),
    error: row.error,
    started_at: row.startedAt.toISOString(),
    finished_at: row.finishedAt?.toISOString() ?? null,
    changes: z.array(runChange).catch([]).parse(row.changes),
  }
}

/** Runs, newest first. */
export async function listRuns({ limit, before, status }: RunsQuery): Promise<RunList> {
  const { prisma } = await database()
  const where = status === undefined ? {} : { status }
  const rows = await prisma.allocationRun.findMany({
    where: { ...where, ...(before === undefined ? {} : { id: { lt: before } }) },
    orderBy: { id: 'desc' },
    take: limit + 1,
  })
  const runs = rows.slice(0, limit).map(present)
  return {
    runs,
    total: await prisma.allocationRun.count({ where }),
    next_before: rows.length > limit ? (runs.at(-1)?.id ?? null) : null,
  }
}

export async function getRun(id: number): Promise<AllocationRun> {
  const { prisma } = await database()
  const row = await prisma.allocationRun.findUnique({ where: { id } })
  if (!row) throw new AppError('not_found', `There is no run ${id}.`)
  return present(row)
}
