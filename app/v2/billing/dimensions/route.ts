import { v2DimensionsQuery } from '@/lib/contract/cloudzero-v2'
import { isOn, onV2Error } from '@/lib/http/cloudzero-v2-route'
import { handle, json } from '@/lib/http/handle'
import { readV2Dimensions } from '@/lib/reports/v2-dimensions'

export const GET = handle({ scope: 'read', query: v2DimensionsQuery, onError: onV2Error }, async ({ query }) =>
  json(await readV2Dimensions({ includeHidden: isOn(query.include_hidden) })),
)
