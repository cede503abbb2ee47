import { explorerQuery } from '@/lib/contract/explorer'
import { csv, wantsCsv } from '@/lib/http/csv'
import { handle, json } from '@/lib/http/handle'
import { readCosts } from '@/lib/reports/costs'
import { explorerCsv } from '@/lib/reports/explorer/csv'

export const GET = handle({ scope: 'read', query: explorerQuery, onlyKnown: true }, async ({ query, request }) => {
  const report = await readCosts(query)
  if (!wantsCsv({ format: query.format, accept: request.headers.get('accept') })) return json(report)
  const days = `${report.from.slice(0, 10)}-${report.to.slice(0, 10)}`
  return csv({ name: `costs-${report.metric}-${days}.csv`, text: explorerCsv(report) })
})
