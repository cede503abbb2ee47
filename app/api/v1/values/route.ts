import { valuesQuery } from '@/lib/contract/explorer'
import { handle, json } from '@/lib/http/handle'
import { readValues } from '@/lib/reports/values'

export const GET = handle({ scope: 'read', query: valuesQuery, onlyKnown: true }, async ({ query }) =>
  json(await readValues(query)),
)
