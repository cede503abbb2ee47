import type { Context } from '../../auth/principal'
import { database, type Transaction } from '../../db/client'
import type { CostImportModel, CostPeriodModel } from '../../db/generated/models'
import { AppError } from '../../errors'
import { wake } from '../../jobs/queue'
import { markStale } from '../../runs/stale-days'
import { daysOf, lockSource } from './periods'

export type Turn = 'rollback' | 'restore'

/** The months that an import holds and could give back to what counted before; or that it could take again. */
export function turnablePeriods<P extends Pick<CostPeriodModel, 'importIds' | 'previousImportIds' | 'isRolledBack'>>({
  turn,
  importId,
  periods,
}: {
  turn: Turn
  importId: string
  periods: readonly P[]
}): P[] {
  const isLast = (ids: readonly string[]) => ids.at(-1) === importId
  return periods.filter(({ importIds, previousImportIds, isRolledBack }) =>
    turn === 'rollback'
      ? !isRolledBack && isLast(importIds) && !previousImportIds.includes(importId)
      : isLast(previousImportIds) && !importIds.includes(importId),
  )
}

function refuse({ turn, row, periods }: { turn: Turn; row: CostImportModel; periods: CostPeriodModel[] }): never {
  const held = periods.filter((period) => period.importIds.includes(row.id))
  if (turn === 'rollback' && held.length === 0) {
    throw new AppError(
      'conflict',
      'This import holds no billing month: another one has replaced it, or it was rolled back.',
    )
  }
  if (turn === 'rollback' && held.some(({ isRolledBack }) => isRolledBack)) {
    throw new AppError(
      'conflict',
      'The import after this one was rolled back, and what counted before it is not kept any more: import that file again.',
    )
  }
  if (turn === 'rollback') {
    throw new AppError('conflict', 'Another import was appended after this one: roll that one back first.')
  }
  throw new AppError(
    'conflict',
    'This import cannot be brought back: it counts already, or later imports came between.',
  )
}

async function turnBack({ tx, turn, row }: { tx: Transaction; turn: Turn; row: CostImportModel }): Promise<string[]> {
  const all = await tx.costPeriod.findMany({ where: { source: row.source } })
  const periods = turnablePeriods({ turn, importId: row.id, periods: all })
  if (periods.length === 0) refuse({ turn, row, periods: all })
  const days: string[] = []
  for (const { source, month, importIds, previousImportIds } of periods) {
    days.push(...(await daysOf({ importIds: [...importIds, ...previousImportIds], month })))
    await tx.costPeriod.update({
      where: { source_month: { source, month } },
      data: { importIds: previousImportIds, previousImportIds: importIds, isRolledBack: turn === 'rollback' },
    })
  }
  return days
}

/**
 * Lets what counted before an import count again in all months that it holds (`rollback`), or takes that back
 * (`restore`). Throws an AppError where another import has come between.
 */
export async function turnImport({ ctx, id, turn }: { ctx: Context; id: string; turn: Turn }): Promise<void> {
  const { prisma } = await database()
  const row = await prisma.costImport.findUnique({ where: { id } })
  if (!row) throw new AppError('not_found', `There is no import ${id}.`)
  await prisma.$transaction(async (tx) => {
    await lockSource({ tx, source: row.source })
    const days = await turnBack({ tx, turn, row })
    await markStale({
      ...{ tx, days: [...new Set(days)].sort() },
      cause: { kind: 'bill', source: row.source, import_id: id, by: ctx.principal.name },
    })
    await tx.auditEvent.create({ data: { actor: ctx.principal.name, action: `cost_import.${turn}`, target: id } })
  })
  await wake('recompute-days')
}
