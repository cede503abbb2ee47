import type { Context } from '../auth/principal'
import { transact } from '../db/transact'
import { AppError } from '../errors'
import { wake } from '../jobs/queue'
import { allCostDays, markStale } from '../runs/stale-days'

/** Removes a stream with its telemetry. A stream of the same name is a new one: the warehouse never reads the old id again. */
export async function deleteStream({ ctx, name }: { ctx: Context; name: string }): Promise<void> {
  const days = await allCostDays()
  await transact({
    ctx,
    run: async (tx) => {
      const { count } = await tx.stream.deleteMany({ where: { name } })
      if (count === 0) throw new AppError('not_found', `There is no stream "${name}".`)
      await markStale({ tx, days })
      await tx.auditEvent.create({ data: { actor: ctx.principal.name, action: 'stream.delete', target: name } })
      return null
    },
  })
  await wake('recompute-days')
}
