import type { Context } from '../auth/principal'
import { transact } from '../db/transact'
import { currentDefinition } from '../definitions/current'
import { splitsBy } from '../definitions/streams'
import { AppError } from '../errors'
import { wake } from '../jobs/queue'
import { allCostDays, markStale } from '../runs/stale-days'

/** Removes a stream with its telemetry. A stream of the same name is a new one: the warehouse never reads the old id again. */
export async function deleteStream({ ctx, name }: { ctx: Context; name: string }): Promise<void> {
  const days = await allCostDays()
  const { definition } = await currentDefinition()
  const dimensions = splitsBy({ definition, stream: name }).map(({ id }) => id)
  await transact({
    ctx,
    run: async (tx) => {
      const { count } = await tx.stream.deleteMany({ where: { name } })
      if (count === 0) throw new AppError('not_found', `There is no stream "${name}".`)
      await markStale({
        ...{ tx, days, dimensions },
        cause: { kind: 'stream_deleted', stream: name, by: ctx.principal.name },
      })
      await tx.auditEvent.create({ data: { actor: ctx.principal.name, action: 'stream.delete', target: name } })
      return null
    },
  })
  await wake('recompute-days')
}
