import { costsQuery } from '@/lib/contract/costs'
import { handle, json } from '@/lib/http/handle'
import { readCosts } from '@/lib/reports/costs'

export const GET = handle({ scope: 'read', query: costsQuery }, async ({ query }) => json(await readCosts(query)))
