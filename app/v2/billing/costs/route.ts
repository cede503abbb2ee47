import { v2CostsQuery } from '@/lib/contract/cloudzero-v2'
import { jsonText, onV2Error } from '@/lib/http/cloudzero-v2-route'
import { handle } from '@/lib/http/handle'
import { readV2Costs } from '@/lib/reports/v2-costs'

export const GET = handle({ scope: 'read', query: v2CostsQuery, onError: onV2Error }, async ({ query }) =>
  jsonText(await readV2Costs({ query, now: new Date() })),
)
