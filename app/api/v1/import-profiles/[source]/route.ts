import { profileParams, profileRequest } from '@/lib/contract/import-profiles'
import { deleteProfile, saveProfile } from '@/lib/costs/profiles/change'
import { getProfile } from '@/lib/costs/profiles/read'
import { handle, json } from '@/lib/http/handle'

export const GET = handle({ scope: 'read', params: profileParams }, async ({ params }) =>
  json(await getProfile(params.source)),
)

export const PUT = handle(
  { scope: 'ingest', params: profileParams, body: profileRequest },
  async ({ ctx, params, body }) => json(await saveProfile({ ctx, source: params.source, mapping: body.mapping })),
)

export const DELETE = handle({ scope: 'ingest', params: profileParams }, async ({ ctx, params }) => {
  await deleteProfile({ ctx, source: params.source })
  return new Response(null, { status: 204 })
})
