import { keyParams } from '@/lib/contract/common'
import { elementsQuery } from '@/lib/contract/costs'
import { handle, json } from '@/lib/http/handle'
import { readElements } from '@/lib/reports/elements'

export const GET = handle({ scope: 'read', params: keyParams, query: elementsQuery }, async ({ params, query }) =>
  json(await readElements({ key: params.id, query })),
)
