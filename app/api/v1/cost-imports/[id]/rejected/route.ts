import { idParams } from '@/lib/contract/common'
import { readRejected } from '@/lib/costs/list-imports'
import { handle } from '@/lib/http/handle'

export const GET = handle({ scope: 'read', params: idParams }, async ({ params }) => {
  const body = await readRejected(params.id)
  return new Response(body, {
    headers: {
      'content-type': 'text/csv; charset=utf-8',
      'content-disposition': `attachment; filename="rejected-${params.id}.csv"`,
    },
  })
})
