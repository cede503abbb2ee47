import { createApiKey, listApiKeys } from '@/lib/auth/api-keys'
import { apiKeyRequest } from '@/lib/contract/workspace'
import { handle, json } from '@/lib/http/handle'

export const GET = handle({ scope: 'admin' }, async () => json({ keys: await listApiKeys() }))

export const POST = handle({ scope: 'admin', body: apiKeyRequest }, async ({ ctx, body }) =>
  json(await createApiKey({ ctx, input: body }), 201),
)
