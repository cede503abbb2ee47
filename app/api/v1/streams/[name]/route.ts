import { nameParams } from '@/lib/contract/common'
import { streamDefinition } from '@/lib/contract/streams'
import { handle, json } from '@/lib/http/handle'
import { defineStream } from '@/lib/telemetry/define-stream'
import { deleteStream } from '@/lib/telemetry/delete-stream'
import { getStream } from '@/lib/telemetry/list-streams'

export const GET = handle({ scope: 'read', params: nameParams }, async ({ params }) =>
  json(await getStream(params.name)),
)

export const PUT = handle(
  { scope: 'ingest', params: nameParams, body: streamDefinition },
  async ({ ctx, params, body }) => json(await defineStream({ ctx, name: params.name, input: body })),
)

export const DELETE = handle({ scope: 'admin', params: nameParams }, async ({ ctx, params }) => {
  await deleteStream({ ctx, name: params.name })
  return new Response(null, { status: 204 })
})
