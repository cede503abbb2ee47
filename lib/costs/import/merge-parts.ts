import { z } from 'zod'
import { sqlString } from '../../costformation/sql-literal'
import type { ScratchEngine } from '../../warehouse/scratch/client'
import { watched } from './watched'

const partitionRow = z.object({ partition: z.string(), parts: z.array(z.string()) })
const nameRow = z.object({ name: z.string() })

/** Each part that is merged takes about 4 MB of memory: so many at a time. */
const TOGETHER = 64

const MINE = `database = currentDatabase() AND table = 'cost_lines'`
const isTooLarge = (error: unknown) => error instanceof Error && /memory limit exceeded/i.test(error.message)

/**
 * Makes one sorted part of a partition's many, or a few of very many: to read some days or a service is to read little
 * then, and the warehouse, which is asked for charts meanwhile, finds nothing left to merge. What `look` throws ends it.
 */
export async function mergeParts({
  scratch,
  look,
  together = TOGETHER,
}: {
  scratch: ScratchEngine
  look: () => Promise<void>
  together?: number
}): Promise<void> {
  const detach = (name: string) => scratch.command(`ALTER TABLE cost_lines DETACH PART ${sqlString(name)}`)
  const attach = (name: string) => scratch.command(`ALTER TABLE cost_lines ATTACH PART ${sqlString(name)}`)
  const partitions = await scratch.query({
    query: `SELECT partition_id AS partition, groupArray(name) AS parts FROM (SELECT * FROM system.parts WHERE active AND ${MINE} ORDER BY min_block_number) GROUP BY partition ORDER BY partition`,
    schema: partitionRow,
  })
  try {
    for (const { partition, parts } of partitions) {
      for (const name of parts.slice(together)) await detach(name)
      for (let next = together; parts.length > 1; next += together) {
        const merge = `OPTIMIZE TABLE cost_lines PARTITION ID ${sqlString(partition)} FINAL`
        await watched({ work: scratch.command(merge), look })
        if (next >= parts.length) break
        const query = `SELECT name FROM system.parts WHERE active AND ${MINE} AND partition_id = ${sqlString(partition)}`
        for (const { name } of await scratch.query({ query, schema: nameRow })) await detach(name)
        for (const name of parts.slice(next, next + together)) await attach(name)
      }
    }
  } catch (error) {
    // Lines of a size that is not merged stay as they are.
    if (!isTooLarge(error)) throw error
  }
  const aside = `SELECT name FROM system.detached_parts WHERE ${MINE}`
  for (const { name } of await scratch.query({ query: aside, schema: nameRow })) await attach(name)
}
