import { database } from '../../db/client'
import { standingDeliveries } from '../../wire/cloudzero-v2/standing-rows'

export interface Delivery {
  id: string
  importId: string
  /** `2024-08`. */
  month: string
  operation: string
  rowCount: number
  status: string
  createdAt: Date
}

interface ImportState {
  status: string
  /** When it began to count; null: not yet. */
  since: Date | null
}

/** Imports whose last turn was a roll-back: the audit remembers turns that later imports have come after. */
async function rolledBack(importIds: readonly string[]): Promise<Set<string>> {
  const { prisma } = await database()
  const turns = await prisma.auditEvent.findMany({
    where: { target: { in: [...importIds] }, action: { in: ['cost_import.rollback', 'cost_import.restore'] } },
    orderBy: { id: 'asc' },
    select: { target: true, action: true },
  })
  const last = new Map(turns.map(({ target, action }) => [target, action]))
  return new Set([...last].filter(([, action]) => action === 'cost_import.rollback').map(([target]) => target))
}

/** The imports that count or are on their way, by id. */
async function liveImports(importIds: readonly string[]): Promise<Map<string, ImportState>> {
  const { prisma } = await database()
  const imports = await prisma.costImport.findMany({
    where: { id: { in: [...importIds] }, status: { in: ['queued', 'running', 'completed'] } },
    select: { id: true, status: true, finishedAt: true },
  })
  const out = await rolledBack(importIds)
  return new Map(
    imports
      .filter(({ id }) => !out.has(id))
      .map(({ id, status, finishedAt }) => [id, { status, since: status === 'completed' ? finishedAt : null }]),
  )
}

/** In the order in which they count; those on their way come last, as they were sent. */
function inOrder(a: { since: Date | null; createdAt: Date }, b: { since: Date | null; createdAt: Date }): number {
  const [first, second] = [a.since?.getTime() ?? Infinity, b.since?.getTime() ?? Infinity]
  return first === second ? a.createdAt.getTime() - b.createdAt.getTime() : first - second
}

/**
 * The drops of a connection that make up its months, in order: those that count, and those on their way. What failed, was
 * cancelled or rolled back is left out, and what a later replace_drop took away.
 */
export async function standingDrops({
  connectionId,
  month,
}: {
  connectionId: string
  month?: string
}): Promise<Delivery[]> {
  const { prisma } = await database()
  const drops = await prisma.anycostDrop.findMany({
    where: { connectionId, ...(month ? { month: new Date(`${month}-01T00:00:00Z`) } : {}) },
  })
  const live = await liveImports(drops.map(({ importId }) => importId))
  const deliveries = drops
    .flatMap((drop) => {
      const state = live.get(drop.importId)
      return state ? [{ ...drop, ...state, month: drop.month.toISOString().slice(0, 7) }] : []
    })
    .sort(inOrder)
  const months = [...new Set(deliveries.map((delivery) => delivery.month))].sort()
  return months.flatMap((name) => standingDeliveries(deliveries.filter((delivery) => delivery.month === name)))
}
