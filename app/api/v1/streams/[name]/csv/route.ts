import { z } from 'zod'
import { nameParams } from '@/lib/contract/common'
import { handle, json } from '@/lib/http/handle'
import { submitCsv } from '@/lib/telemetry/submit-csv'

const query = z.object({ operation: z.enum(['sum', 'replace']).default('replace') })

export const POST = handle(
  { scope: 'ingest', params: nameParams, query, text: true, limit: 100 * 1024 * 1024 },
  async ({ ctx, params, query: { operation }, text }) =>
    json(await submitCsv({ ctx, name: params.name, operation, source: text })),
)
