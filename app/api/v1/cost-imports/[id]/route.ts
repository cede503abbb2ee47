import { idParams } from '@/lib/contract/common'
import { getImport } from '@/lib/costs/list-imports'
import { handle, json } from '@/lib/http/handle'

export const GET = handle({ scope: 'read', params: idParams }, async ({ params }) => json(await getImport(params.id)))
