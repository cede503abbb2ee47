import { parseDefinition } from '../costformation/parse'
import type { Definition } from '../costformation/tree'
import { database } from '../db/client'

export interface CurrentDefinition {
  /** 0 before the first one is saved. */
  version: number
  yaml: string
  definition: Definition
}

const NONE: CurrentDefinition = { version: 0, yaml: '', definition: { dimensions: [] } }

let latest: CurrentDefinition = NONE

/** The definition in force. Parsed once a version: a saved document is valid, and never changes. */
export async function currentDefinition(): Promise<CurrentDefinition> {
  const { prisma } = await database()
  const row = await prisma.costFormationVersion.findFirst({ orderBy: { version: 'desc' }, select: { version: true } })
  if (!row) return NONE
  if (latest.version === row.version) return latest
  const { version, yaml } = await prisma.costFormationVersion.findUniqueOrThrow({ where: { version: row.version } })
  const parsed = parseDefinition(yaml)
  if (!parsed.definition) {
    throw new Error(`definition version ${version} cannot be read any more: ${parsed.errors[0]?.message}`)
  }
  latest = { version, yaml, definition: parsed.definition }
  return latest
}
