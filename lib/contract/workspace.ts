import { z } from 'zod'
import { isoTime } from './common'

export const SCOPES = ['ingest', 'read', 'admin'] as const
export const scope = z.enum(SCOPES)
export type Scope = z.infer<typeof scope>

export const apiKey = z
  .object({
    id: z.string(),
    name: z.string(),
    prefix: z.string(),
    scopes: z.array(scope),
    created_by: z.string(),
    created_at: isoTime,
    last_used_at: isoTime.nullable(),
    revoked_at: isoTime.nullable(),
  })
  .meta({ id: 'ApiKey' })
export type ApiKey = z.infer<typeof apiKey>
export const apiKeyList = z.object({ keys: z.array(apiKey) })
export const apiKeyRequest = z.object({ name: z.string().trim().min(1).max(100), scopes: z.array(scope).min(1) })
/** The only answer that holds the key itself. */
export const apiKeyCreated = apiKey.extend({ key: z.string() })

/** What the workspace has, so that the overview can say what is missing. */
export const workspaceState = z
  .object({
    costs: z.boolean(),
    definitions: z.boolean(),
    allocation_dimensions: z.array(z.object({ id: z.string(), name: z.string() })),
    streams: z.int(),
    telemetry: z.boolean(),
    import_running: z.boolean(),
    first_day: z.iso.date().nullable(),
    last_day: z.iso.date().nullable(),
  })
  .meta({ id: 'WorkspaceState' })
export type WorkspaceState = z.infer<typeof workspaceState>

export const health = z.object({
  status: z.enum(['ok', 'degraded']),
  version: z.string(),
  postgres: z.object({ ok: z.boolean(), version: z.string().nullable(), embedded: z.boolean() }),
  clickhouse: z.object({ ok: z.boolean(), version: z.string().nullable(), embedded: z.boolean() }),
  queue: z.object({ waiting: z.int(), running: z.int(), failed: z.int() }),
})
