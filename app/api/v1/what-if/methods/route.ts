import { methodsRequest } from '@/lib/contract/what-if'
import { csv, wantsCsv } from '@/lib/http/csv'
import { handle, json } from '@/lib/http/handle'
import { compareMethods } from '@/lib/what-if/compare-methods'
import { methodsCsv } from '@/lib/what-if/csv'

export const POST = handle({ scope: 'read', body: methodsRequest }, async ({ body, request }) => {
  const report = await compareMethods({ input: body, signal: request.signal })
  if (!wantsCsv({ format: body.format, accept: request.headers.get('accept') })) return json(report)
  return csv({ name: `methods-${report.dimension_id}.csv`, text: methodsCsv(report) })
})
