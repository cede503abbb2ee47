import { v2VersionParams } from '@/lib/contract/cloudzero-v2'
import { onV2Error } from '@/lib/http/cloudzero-v2-route'
import { handle, json } from '@/lib/http/handle'
import { signLink } from '@/lib/http/signed-link'
import { readV2Version } from '@/lib/reports/v2-versions'

export const GET = handle(
  { scope: 'read', params: v2VersionParams, onError: onV2Error },
  async ({ params, request }) => {
    const { number, version, yaml } = await readV2Version(params.version)
    const path = `/v2/costformation/definition/versions/${number}/file`
    const response = json({
      version: { ...version, uri: signLink({ request, path, now: Date.now() }), definition: yaml },
    })
    response.headers.set('etag', `"${number}"`)
    return response
  },
)
