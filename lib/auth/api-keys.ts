import { createHash, randomBytes } from 'node:crypto'
import { z } from 'zod'
import { type ApiKey, type apiKeyCreated, type apiKeyRequest, scope } from '../contract/workspace'
import { database } from '../db/client'
import type { ApiKeyModel } from '../db/generated/models'
import { literal, readRows } from '../db/read-rows'
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

const keyRow = z.object({
  id: z.string(),
  name: z.string(),
  scopes: z.array(scope),
  /** Seconds since it was used last, as noted; null: never. */
  idle: z.coerce.number().nullable(),
})

/** Null for a key that is unknown or revoked. */
export async function findPrincipalByKey(key: string): Promise<Principal | null> {
  const [row] = await readRows({
    sql: `SELECT id, name, scopes, extract(epoch FROM now() AT TIME ZONE 'UTC' - "lastUsedAt") AS idle
      FROM api_key WHERE hash = ${literal(hashKey(key))} AND "revokedAt" IS NULL`,
    schema: keyRow,
  })
  if (!row) return null
  const { id, name, scopes, idle } = row
  if (idle === null || idle > 60) {
    const { prisma } = await database()
    await prisma.apiKey.update({ where: { id }, data: { lastUsedAt: new Date() } })
  }
  return { kind: 'key', id, name, scopes }
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
