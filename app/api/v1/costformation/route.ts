import { currentDefinition } from '@/lib/definitions/current'
import { saveDefinition } from '@/lib/definitions/save'
import { handle, json } from '@/lib/http/handle'

export const GET = handle({ scope: 'read' }, async () => {
  const { yaml, version } = await currentDefinition()
  return new Response(yaml, {
    headers: { 'content-type': 'text/yaml; charset=utf-8', 'cache-control': 'no-store', etag: `"${version}"` },
  })
})

export const PUT = handle({ scope: 'admin', text: true }, async ({ ctx, text }) =>
  json(await saveDefinition({ ctx, yaml: text })),
)
