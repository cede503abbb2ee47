import { whatIfRequest } from '@/lib/contract/what-if'
import { csv, wantsCsv } from '@/lib/http/csv'
import { handle, json } from '@/lib/http/handle'
import { whatIfCsv } from '@/lib/what-if/csv'
import { readWhatIf } from '@/lib/what-if/what-if'

export const POST = handle({ scope: 'read', body: whatIfRequest }, async ({ body, request }) => {
  const report = await readWhatIf({ input: body, signal: request.signal })
  if (!wantsCsv({ format: undefined, accept: request.headers.get('accept') })) return json(report)
  return csv({ name: `what-if-${report.dimension_id}.csv`, text: whatIfCsv(report) })
})
