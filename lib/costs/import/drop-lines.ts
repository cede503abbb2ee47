import { z } from 'zod'
import { warehouse } from '../../warehouse/client'

const partitionRow = z.object({ partition: z.string() })

/** Takes what a table holds of an import out of the warehouse; `keep` is asked of each partition, as `('<id>','2024-09-01')`. */
export async function dropPartitions({
  table,
  importId,
  keep = () => false,
}: {
  table: 'cost_lines' | 'cost_days'
  importId: string
  keep?: (partition: string) => boolean
}): Promise<void> {
  const { query, command } = await warehouse()
  const partitions = await query({
    query: `SELECT DISTINCT partition FROM system.parts WHERE database = currentDatabase() AND table = {table:String} AND active AND startsWith(partition, concat('(\\'', {id:String}))`,
    params: { table, id: importId },
    schema: partitionRow,
  })
  for (const { partition } of partitions) {
    if (keep(partition)) continue
    await command({ query: `ALTER TABLE ${table} DROP PARTITION ${partition}` })
  }
}

/** The same of its lines, and of their sums by day; some billing months (`2024-09-01`) may stay. */
export async function dropLines(importId: string, months: readonly string[] = []): Promise<void> {
  const keep = (partition: string) => months.some((month) => partition.includes(month))
  for (const table of ['cost_days', 'cost_lines'] as const) await dropPartitions({ table, importId, keep })
}
