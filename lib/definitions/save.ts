import type { z } from 'zod'
import type { Context } from '../auth/principal'
import type { savedDefinition } from '../contract/costformation'
import { transact } from '../db/transact'
import { AppError } from '../errors'
import { wake } from '../jobs/queue'
import { allCostDays, markStale } from '../runs/stale-days'
import { validateDefinition } from './validate'

type Saved = z.infer<typeof savedDefinition>

/** Makes a document the definition in force: a new version, whole or not at all. Every day is computed again by it. */
export async function saveDefinition({ ctx, yaml }: { ctx: Context; yaml: string }): Promise<Saved> {
  const { errors, warnings } = await validateDefinition(yaml)
  const [first] = errors
  if (first) {
    const more = errors.length > 1 ? ` (and ${errors.length - 1} more)` : ''
    throw new AppError(
      'unprocessable',
      `line ${first.line}, column ${first.column}: ${first.message}${more}`,
      errors.map(({ path, message, line, column }) => ({ name: path, reason: message, line, column })),
    )
  }
  const days = await allCostDays()
  const saved = await transact<Saved>({
    ctx,
    run: async (tx) => {
      const row = await tx.costFormationVersion.create({ data: { yaml, author: ctx.principal.name } })
      await markStale({ tx, days })
      await tx.auditEvent.create({
        data: { actor: ctx.principal.name, action: 'costformation.save', target: String(row.version) },
      })
      return { version: row.version, author: row.author, created_at: row.createdAt.toISOString(), warnings }
    },
  })
  await wake('recompute-days')
  return saved
}
