import { runParams } from '@/lib/contract/runs'
import { handle, json } from '@/lib/http/handle'
import { getRun } from '@/lib/reports/runs'

export const GET = handle({ scope: 'read', params: runParams }, async ({ params }) => json(await getRun(params.id)))
