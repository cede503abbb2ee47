import { importRequest } from '@/lib/contract/costs'
import { receiveImport } from '@/lib/costs/import/receive'
import { listImports } from '@/lib/costs/list-imports'
import { handle, json } from '@/lib/http/handle'

export const GET = handle({ scope: 'read' }, async () => json({ imports: await listImports() }))

/** The body streams to disk, whatever its size. */
export const POST = handle({ scope: 'ingest', query: importRequest }, async ({ ctx, query, request }) => {
  const contentType = request.headers.get('content-type') ?? ''
  const accepted = await receiveImport({
    ctx,
    body: request.body,
    contentType,
    source: query.source,
    format: query.format,
    mode: query.mode,
    maxRejected: query.max_rejected,
    mapping: query.mapping,
    fileName: query.file_name,
  })
  return json(accepted, 202)
})
