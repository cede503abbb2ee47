import { connectionParams } from '@/lib/contract/cloudzero-v2'
import { listDrops } from '@/lib/costs/anycost/read-drops'
import { submitDrop } from '@/lib/costs/anycost/submit-drop'
import { onV2Error } from '@/lib/http/cloudzero-v2-route'
import { handle, json } from '@/lib/http/handle'

export const POST = handle(
  { scope: 'ingest', params: connectionParams, text: true, onError: onV2Error },
  async ({ ctx, params, text }) => json(await submitDrop({ ctx, connectionId: params.connection_id, text })),
)

export const GET = handle({ scope: 'read', params: connectionParams, onError: onV2Error }, async ({ params }) =>
  json(await listDrops(params.connection_id)),
)
