import { revokeApiKey } from '@/lib/auth/api-keys'
import { idParams } from '@/lib/contract/common'
import { handle } from '@/lib/http/handle'

export const DELETE = handle({ scope: 'admin', params: idParams }, async ({ ctx, params }) => {
  await revokeApiKey({ ctx, id: params.id })
  return new Response(null, { status: 204 })
})
