import { previewRequest } from '@/lib/contract/import-preview'
import { previewBill } from '@/lib/costs/preview/preview-bill'
import { handle, json } from '@/lib/http/handle'

const MEGABYTE = 1024 * 1024

export const POST = handle({ scope: 'read', body: previewRequest, limit: MEGABYTE }, async ({ body }) =>
  json(await previewBill(body)),
)
