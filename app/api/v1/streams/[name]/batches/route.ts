import { nameParams } from '@/lib/contract/common'
import { batchesQuery } from '@/lib/contract/streams'
import { handle, json } from '@/lib/http/handle'
import { listBatches } from '@/lib/telemetry/list-batches'

export const GET = handle({ scope: 'read', params: nameParams, query: batchesQuery }, async ({ params, query }) =>
  json(await listBatches({ name: params.name, query })),
)
