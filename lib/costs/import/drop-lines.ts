import { z } from 'zod'
import { warehouse } from '../../warehouse/client'

const partitionRow = z.object({ partition: z.string() })

/** Takes an import's lines out of the warehouse, all of them or those of some billing months (`2024-09-01`). */
export async function dropLines(importId: string, keep: readonly string[] = []): Promise<void> {
  const { query, command } = await warehouse()
  const partitions = await query({
    query: `SELECT DISTINCT partition FROM system.parts WHERE database = currentDatabase() AND table = 'cost_lines' AND active AND startsWith(partition, concat('(\\'', {id:String}))`,
    params: { id: importId },
    schema: partitionRow,
  })
  for (const { partition } of partitions) {
    if (keep.some((month) => partition.includes(month))) continue
    await command({ query: `ALTER TABLE cost_lines DROP PARTITION ${partition}` })
  }
}
