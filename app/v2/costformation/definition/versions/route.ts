import { v2SaveQuery, v2VersionsQuery } from '@/lib/contract/cloudzero-v2'
import { documentOf, isOn, onV2Error } from '@/lib/http/cloudzero-v2-route'
import { baseVersionOf } from '@/lib/http/definition-document'
import { handle, json } from '@/lib/http/handle'
import { saveV2Definition } from '@/lib/reports/v2-save-definition'
import { listV2Versions } from '@/lib/reports/v2-versions'

export const GET = handle({ scope: 'read', query: v2VersionsQuery, onError: onV2Error }, async ({ query }) =>
  json(await listV2Versions(query)),
)

export const POST = handle(
  { scope: 'admin', query: v2SaveQuery, text: true, onError: onV2Error },
  async ({ ctx, request, query, text }) => {
    const version = await saveV2Definition({
      ctx,
      yaml: await documentOf({ request, text }),
      baseVersion: baseVersionOf({ request, query: {} }),
      validateOnly: isOn(query.validate_only),
    })
    return json(version ? { version } : {})
  },
)
