import type { Context } from '../auth/principal'
import { AppError } from '../errors'
import { database, type Transaction } from './client'
import { Prisma } from './generated/client'

/**
 * A write: one transaction that also remembers its answer under the request's Idempotency-Key, if it has one. The
 * same key and request gives the first answer again; the same key with another request is refused. A duplicate that
 * arrives meanwhile waits at the key's row.
 */
export async function transact<T extends Prisma.InputJsonValue | null>({
  ctx,
  run,
}: {
  ctx: Context
  run: (tx: Transaction) => Promise<T>
}): Promise<T> {
  const { prisma } = await database()
  return prisma.$transaction(async (tx) => {
    const { idempotency, principal } = ctx
    if (!idempotency) return run(tx)
    const id = { principal: principal.id, key: idempotency.key }
    const inserted = await tx.$executeRaw`
      INSERT INTO idempotency_key (principal, key, "requestHash") VALUES (${id.principal}, ${id.key}, ${idempotency.requestHash})
      ON CONFLICT DO NOTHING`
    if (inserted === 0) {
      const first = await tx.idempotencyKey.findUniqueOrThrow({ where: { principal_key: id } })
      if (first.requestHash !== idempotency.requestHash) {
        throw new AppError('idempotency_mismatch', `Idempotency-Key "${id.key}" was used before for another request.`)
      }
      return first.response as T
    }
    const response = await run(tx)
    await tx.idempotencyKey.update({ where: { principal_key: id }, data: { response: response ?? Prisma.JsonNull } })
    return response
  })
}

/** Days for which a retry gets the first answer. */
const REMEMBERED_DAYS = 7

export async function forgetOldAnswers(): Promise<void> {
  const { prisma } = await database()
  const before = new Date(Date.now() - REMEMBERED_DAYS * 86_400_000)
  await prisma.idempotencyKey.deleteMany({ where: { createdAt: { lt: before } } })
}
