import { v2FileQuery, v2VersionParams } from '@/lib/contract/cloudzero-v2'
import { onV2Error } from '@/lib/http/cloudzero-v2-route'
import { handle } from '@/lib/http/handle'
import { checkLink } from '@/lib/http/signed-link'
import { readV2Version } from '@/lib/reports/v2-versions'

/** The link of a version: opened as it is, without a key. */
export const GET = handle(
  { scope: null, params: v2VersionParams, query: v2FileQuery, onError: onV2Error },
  async ({ params, query, request }) => {
    checkLink({ path: new URL(request.url).pathname, ...query, now: Date.now() })
    const { yaml } = await readV2Version(params.version)
    return new Response(yaml, { headers: { 'content-type': 'text/yaml; charset=utf-8', 'cache-control': 'no-store' } })
  },
)
