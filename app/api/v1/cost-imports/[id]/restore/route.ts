import { idParams } from '@/lib/contract/common'
import { turnImport } from '@/lib/costs/import/roll-back'
import { getImport } from '@/lib/costs/list-imports'
import { handle, json } from '@/lib/http/handle'

export const POST = handle({ scope: 'ingest', params: idParams }, async ({ ctx, params }) => {
  await turnImport({ ctx, id: params.id, turn: 'restore' })
  return json(await getImport(params.id))
})
