import { nameParams } from '@/lib/contract/common'
import { csvQuery } from '@/lib/contract/streams'
import { handle, json } from '@/lib/http/handle'
import { submitCsv } from '@/lib/telemetry/submit-csv'

export const POST = handle(
  { scope: 'ingest', params: nameParams, query: csvQuery, text: true, limit: 20 * 1024 * 1024 },
  async ({ ctx, params, query: { operation }, text }) =>
    json(await submitCsv({ ctx, name: params.name, operation, source: text })),
)
