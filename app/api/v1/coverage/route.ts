import { coverageQuery } from '@/lib/contract/coverage'
import { readCoverage } from '@/lib/coverage/coverage'
import { handle, json } from '@/lib/http/handle'

export const GET = handle({ scope: 'read', query: coverageQuery }, async ({ query }) => json(await readCoverage(query)))
