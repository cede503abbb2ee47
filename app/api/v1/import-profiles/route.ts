import { listProfiles } from '@/lib/costs/profiles/read'
import { handle, json } from '@/lib/http/handle'

export const GET = handle({ scope: 'read' }, async () => json({ profiles: await listProfiles() }))
