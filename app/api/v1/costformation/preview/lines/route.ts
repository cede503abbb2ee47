import { previewLinesRequest } from '@/lib/contract/definition-preview'
import { samplePreviewLines } from '@/lib/definitions/preview/sample'
import { handle, json } from '@/lib/http/handle'

export const POST = handle({ scope: 'read', body: previewLinesRequest }, async ({ body, request }) =>
  json(await samplePreviewLines({ input: body, signal: request.signal })),
)
