import { dropMonthParams } from '@/lib/contract/cloudzero-v2'
import { readDropContents } from '@/lib/costs/anycost/read-drops'
import { jsonStream, onV2Error } from '@/lib/http/cloudzero-v2-route'
import { handle } from '@/lib/http/handle'

export const GET = handle({ scope: 'read', params: dropMonthParams, onError: onV2Error }, async ({ params }) =>
  jsonStream(await readDropContents({ connectionId: params.connection_id, month: params.month })),
)
