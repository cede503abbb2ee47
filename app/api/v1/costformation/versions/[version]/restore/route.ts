import { saveQuery } from '@/lib/contract/costformation'
import { versionParams } from '@/lib/contract/definition-versions'
import { restoreVersion } from '@/lib/definitions/save'
import { baseVersionOf } from '@/lib/http/definition-document'
import { handle, json } from '@/lib/http/handle'

export const POST = handle(
  { scope: 'admin', params: versionParams, query: saveQuery },
  async ({ ctx, params, query, request }) =>
    json(await restoreVersion({ ctx, version: params.version, baseVersion: baseVersionOf({ request, query }) })),
)
