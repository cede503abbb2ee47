import { diffQuery, versionParams } from '@/lib/contract/definition-versions'
import { diffVersions } from '@/lib/definitions/versions'
import { handle, json } from '@/lib/http/handle'

export const GET = handle({ scope: 'read', params: versionParams, query: diffQuery }, async ({ params, query }) =>
  json(await diffVersions({ version: params.version, against: query.against })),
)
