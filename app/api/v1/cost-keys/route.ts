import { handle, json } from '@/lib/http/handle'
import { readCostKeys } from '@/lib/reports/cost-keys'

export const GET = handle({ scope: 'read' }, async () => json(await readCostKeys()))
