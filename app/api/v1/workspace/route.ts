import { handle, json } from '@/lib/http/handle'
import { readWorkspace } from '@/lib/reports/workspace'

export const GET = handle({ scope: 'read' }, async () => json(await readWorkspace()))
