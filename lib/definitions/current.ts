import { z } from 'zod'
import { parseDefinition } from '../costformation/parse'
import type { Definition } from '../costformation/tree'
import { database } from '../db/client'
import { readRows } from '../db/read-rows'

export interface CurrentDefinition {
  /** 0 before the first one is saved. */
  version: number
  yaml: string
  definition: Definition
}

const NONE: CurrentDefinition = { version: 0, yaml: '', definition: { dimensions: [] } }

const versionRow = z.object({ version: z.number().nullable() })

let latest: CurrentDefinition = NONE

/** The definition in force. Parsed once a version: a saved document is valid, and never changes. */
export async function currentDefinition(): Promise<CurrentDefinition> {
  const [last] = await readRows({
    sql: 'SELECT max(version) AS version FROM costformation_version',
    schema: versionRow,
  })
  if (!last || last.version === null) return NONE
  if (latest.version === last.version) return latest
  const { prisma } = await database()
  const { version, yaml } = await prisma.costFormationVersion.findUniqueOrThrow({ where: { version: last.version } })
  const parsed = parseDefinition(yaml)
  if (!parsed.definition) {
    throw new Error(`definition version ${version} cannot be read any more: ${parsed.errors[0]?.message}`)
  }
  latest = { version, yaml, definition: parsed.definition }
  return latest
}
