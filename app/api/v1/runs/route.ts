import { runsQuery } from '@/lib/contract/runs'
import { handle, json } from '@/lib/http/handle'
import { listRuns } from '@/lib/reports/runs'

export const GET = handle({ scope: 'read', query: runsQuery }, async ({ query }) => json(await listRuns(query)))
