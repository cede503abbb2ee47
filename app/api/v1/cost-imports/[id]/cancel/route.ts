import { idParams } from '@/lib/contract/common'
import { cancelImport } from '@/lib/costs/list-imports'
import { handle, json } from '@/lib/http/handle'

export const POST = handle({ scope: 'ingest', params: idParams }, async ({ ctx, params }) =>
  json(await cancelImport({ ctx, id: params.id })),
)
