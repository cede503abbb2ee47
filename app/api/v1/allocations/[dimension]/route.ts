import { allocationsQuery } from '@/lib/contract/allocations'
import { dimensionParams } from '@/lib/contract/common'
import { handle, json } from '@/lib/http/handle'
import { readAllocations } from '@/lib/reports/allocations'

export const GET = handle(
  { scope: 'read', params: dimensionParams, query: allocationsQuery },
  async ({ params, query }) => json(await readAllocations({ key: params.dimension, query })),
)
