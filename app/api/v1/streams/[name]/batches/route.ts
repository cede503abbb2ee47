import { nameParams } from '@/lib/contract/common'
import { handle, json } from '@/lib/http/handle'
import { batchesQuery, listBatches } from '@/lib/telemetry/list-batches'

export const GET = handle({ scope: 'read', params: nameParams, query: batchesQuery }, async ({ params, query }) =>
  json(await listBatches({ name: params.name, query })),
)
