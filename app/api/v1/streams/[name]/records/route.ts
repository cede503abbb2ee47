import { nameParams } from '@/lib/contract/common'
import { recordsQuery } from '@/lib/contract/streams'
import { handle, json } from '@/lib/http/handle'
import { readRecords } from '@/lib/telemetry/read-records'

export const GET = handle({ scope: 'read', params: nameParams, query: recordsQuery }, async ({ params, query }) =>
  json(await readRecords({ name: params.name, query })),
)
