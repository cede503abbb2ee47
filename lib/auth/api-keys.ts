import { createHash, randomBytes } from 'node:crypto'
import type { z } from 'zod'
import { type ApiKey, type apiKeyCreated, type apiKeyRequest, scope } from '../contract/workspace'
import { database } from '../db/client'
import type { ApiKeyModel } from '../db/generated/models'
import { env } from '../env'
import { AppError } from '../errors'
import type { Context, Principal } from './principal'

const hashKey = (key: string) => createHash('sha256').update(key).digest('hex')
const newKey = () => `ap_${randomBytes(24).toString('base64url')}`

function present(row: ApiKeyModel): ApiKey {
  return {
    id: row.id,
    name: row.name,
    prefix: row.prefix,
    scopes: row.scopes.map((value) => scope.parse(value)),
    created_by: row.createdBy,
    created_at: row.createdAt.toISOString(),
    last_used_at: row.lastUsedAt?.toISOString() ?? null,
    revoked_at: row.revokedAt?.toISOString() ?? null,
  }
}

export async function listApiKeys(): Promise<ApiKey[]> {
  const { prisma } = await database()
  return (await prisma.apiKey.findMany({ orderBy: { createdAt: 'desc' } })).map(present)
}

/** The answer is the only place where the key itself ever stands. */
export async function createApiKey({
  ctx,
  input,
}: {
  ctx: Context
  input: z.infer<typeof apiKeyRequest>
}): Promise<z.infer<typeof apiKeyCreated>> {
  if (ctx.idempotency) {
    // The first answer holds the key, which is kept nowhere: it cannot be given again.
    throw new AppError('invalid_request', 'Creating a key takes no Idempotency-Key: its answer cannot be repeated.')
  }
  const { prisma } = await database()
  const key = newKey()
  const row = await prisma.$transaction(async (tx) => {
    const created = await tx.apiKey.create({
      data: {
        name: input.name,
        scopes: input.scopes,
        prefix: key.slice(0, 8),
        hash: hashKey(key),
        createdBy: ctx.principal.name,
      },
    })
    await tx.auditEvent.create({ data: { actor: ctx.principal.name, action: 'api_key.create', target: created.id } })
    return created
  })
  return { ...present(row), key }
}

export async function revokeApiKey({ ctx, id }: { ctx: Context; id: string }): Promise<void> {
  const { prisma } = await database()
  await prisma.$transaction(async (tx) => {
    const { count } = await tx.apiKey.updateMany({ where: { id, revokedAt: null }, data: { revokedAt: new Date() } })
    if (count === 0) throw new AppError('not_found', 'There is no such API key, or it is revoked already.')
    await tx.auditEvent.create({ data: { actor: ctx.principal.name, action: 'api_key.revoke', target: id } })
  })
}

/** Null for a key that is unknown or revoked. */
export async function findPrincipalByKey(key: string): Promise<Principal | null> {
  const { prisma } = await database()
  const row = await prisma.apiKey.findUnique({ where: { hash: hashKey(key) } })
  if (!row || row.revokedAt) return null
  const now = new Date()
  if (!row.lastUsedAt || now.getTime() - row.lastUsedAt.getTime() > 60_000) {
    await prisma.apiKey.update({ where: { id: row.id }, data: { lastUsedAt: now } })
  }
  return { kind: 'key', id: row.id, name: row.name, scopes: row.scopes.map((value) => scope.parse(value)) }
}

/** On a start without keys, BOOTSTRAP_API_KEY becomes one with all scopes (DESIGN §6). */
export async function bootstrapApiKey(): Promise<void> {
  const { BOOTSTRAP_API_KEY } = env()
  if (!BOOTSTRAP_API_KEY) return
  const { prisma } = await database()
  await prisma.$transaction(async (tx) => {
    await tx.$executeRaw`SELECT pg_advisory_xact_lock(72115)`
    if ((await tx.apiKey.count()) > 0) return
    await tx.apiKey.create({
      data: {
        name: 'bootstrap',
        scopes: [...scope.options],
        prefix: BOOTSTRAP_API_KEY.slice(0, 4),
        hash: hashKey(BOOTSTRAP_API_KEY),
        createdBy: 'BOOTSTRAP_API_KEY',
      },
    })
  })
}
