import { z } from 'zod'
import { handle, json } from '@/lib/http/handle'
import { undoBatch } from '@/lib/telemetry/undo-batch'

const params = z.object({ name: z.string(), id: z.coerce.number().int().positive().max(2_147_483_647) })

export const POST = handle({ scope: 'ingest', params }, async ({ ctx, params: { name, id } }) =>
  json(await undoBatch({ ctx, name, batchId: id })),
)
