import { versionsQuery } from '@/lib/contract/definition-versions'
import { listVersions } from '@/lib/definitions/versions'
import { handle, json } from '@/lib/http/handle'

export const GET = handle({ scope: 'read', query: versionsQuery }, async ({ query }) => json(await listVersions(query)))
