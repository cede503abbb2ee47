import { handle, json } from '@/lib/http/handle'
import { listStreams } from '@/lib/telemetry/list-streams'

export const GET = handle({ scope: 'read' }, async () => json({ streams: await listStreams() }))
