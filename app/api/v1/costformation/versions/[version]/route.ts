import { versionParams } from '@/lib/contract/definition-versions'
import { readVersion } from '@/lib/definitions/versions'
import { documentResponse } from '@/lib/http/definition-document'
import { handle } from '@/lib/http/handle'

export const GET = handle({ scope: 'read', params: versionParams }, async ({ params, request }) =>
  documentResponse({ document: await readVersion(params.version), request, usual: 'json' }),
)
