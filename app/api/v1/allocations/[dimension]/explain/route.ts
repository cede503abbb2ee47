import { explainQuery } from '@/lib/contract/allocations'
import { dimensionParams } from '@/lib/contract/common'
import { explainAllocation } from '@/lib/explain/explain'
import { handle, json } from '@/lib/http/handle'

export const GET = handle({ scope: 'read', params: dimensionParams, query: explainQuery }, async ({ params, query }) =>
  json(await explainAllocation({ key: params.dimension, query })),
)
