import { previewRequest } from '@/lib/contract/definition-preview'
import { previewDefinition } from '@/lib/definitions/preview/preview'
import { handle, json } from '@/lib/http/handle'

export const POST = handle({ scope: 'read', body: previewRequest }, async ({ body, request }) =>
  json(await previewDefinition({ input: body, signal: request.signal })),
)
