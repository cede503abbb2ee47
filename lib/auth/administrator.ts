import { randomUUID } from 'node:crypto'
import { hashPassword } from 'better-auth/crypto'
import { z } from 'zod'
import { database } from '../db/client'
import { AppError } from '../errors'

export const administratorRequest = z.object({
  name: z.string().trim().min(1).max(100),
  email: z.email().transform((value) => value.toLowerCase()),
  password: z.string().min(8, 'at least 8 characters').max(256),
})

/** Whether nobody has an account yet. */
export async function isFirstRun(): Promise<boolean> {
  const { prisma } = await database()
  return (await prisma.user.count()) === 0
}

/** Creates the administrator. Only the first call succeeds: the check and the insert share a lock. */
export async function createAdministrator(input: z.infer<typeof administratorRequest>): Promise<void> {
  const { prisma } = await database()
  const password = await hashPassword(input.password)
  await prisma.$transaction(async (tx) => {
    await tx.$executeRaw`SELECT pg_advisory_xact_lock(72114)`
    if ((await tx.user.count()) > 0)
      throw new AppError('conflict', 'This workspace already has an administrator. Sign in instead.')
    const id = randomUUID()
    await tx.user.create({ data: { id, name: input.name, email: input.email, emailVerified: true } })
    await tx.account.create({
      data: { id: randomUUID(), accountId: id, providerId: 'credential', userId: id, password },
    })
    await tx.auditEvent.create({ data: { actor: input.email, action: 'administrator.create', target: input.email } })
  })
}
