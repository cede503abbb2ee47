import { saveQuery } from '@/lib/contract/costformation'
import { saveDefinition } from '@/lib/definitions/save'
import { readLatest } from '@/lib/definitions/versions'
import { baseVersionOf, documentResponse } from '@/lib/http/definition-document'
import { handle, json } from '@/lib/http/handle'

export const GET = handle({ scope: 'read' }, async ({ request }) =>
  documentResponse({ document: await readLatest(), request, usual: 'yaml' }),
)

export const PUT = handle({ scope: 'admin', text: true, query: saveQuery }, async ({ ctx, text, query, request }) =>
  json(await saveDefinition({ ctx, yaml: text, baseVersion: baseVersionOf({ request, query }) })),
)
