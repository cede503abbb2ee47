import { createHash } from 'node:crypto'
import { z } from 'zod'
import { allocationsBehind } from '../costformation/graph'
import type { FilterKey } from '../costformation/source'
import { currentLinesSql } from '../costs/current-lines'
import { database } from '../db/client'
import { currentDefinition } from '../definitions/current'
import { planStreams, streamFilterKeys } from '../definitions/streams'
import { warehouse } from '../warehouse/client'
import type { KnownDimensions } from '../wire/cloudzero-v2/dimension-id'

const tagRow = z.object({ key: z.string() })
const MAX_TAGS = 10_000

let tags: { lines: string; keys: Promise<string[]> } = { lines: '', keys: Promise.resolve([]) }

async function readTagKeys(lines: string): Promise<string[]> {
  const { query } = await warehouse()
  const rows = await query({
    query: `SELECT DISTINCT toString(arrayJoin(mapKeys(Tags))) AS key FROM cost_lines WHERE ${lines} ORDER BY key LIMIT ${MAX_TAGS}`,
    schema: tagRow,
  })
  return rows.map(({ key }) => key).filter((key) => key !== '')
}

/** Tag keys that some cost line has. Kept until other bills count. */
async function tagKeys(): Promise<string[]> {
  const lines = await currentLinesSql()
  if (tags.lines === lines) return tags.keys
  const keys = readTagKeys(lines)
  tags = { lines, keys }
  keys.catch(() => {
    if (tags.keys === keys) tags = { lines: '', keys: Promise.resolve([]) }
  })
  return keys
}

/** What the ids of /v2/billing may name now. */
export async function knownDimensions(): Promise<KnownDimensions> {
  const { definition } = await currentDefinition()
  return { definition, tags: await tagKeys() }
}

/** What runs have stored of the splits. */
async function splitStamp(): Promise<string> {
  const { prisma } = await database()
  const pointers = await prisma.allocationPointer.aggregate({ _count: true, _max: { runId: true } })
  return `${pointers._count}|${pointers._max.runId}`
}

/** Whether a split has a say in a report that names these keys. */
async function isSplit(keys: readonly FilterKey[]): Promise<boolean> {
  const { definition } = await currentDefinition()
  const streamKeys = streamFilterKeys(await planStreams())
  const names = new Set(keys.map((key) => (key.kind === 'dimensionName' ? key.name : null)))
  return definition.dimensions.some(
    ({ id, name }) => names.has(name) && allocationsBehind(definition, id, streamKeys).length > 0,
  )
}

/**
 * Stands for all that a report depends on: the bills that count, the definition, and where one of its keys is split the
 * telemetry.
 */
export async function reportStamp(keys: readonly FilterKey[]): Promise<string> {
  const { version } = await currentDefinition()
  const splits = (await isSplit(keys)) ? await splitStamp() : ''
  const parts = [version, await currentLinesSql(), splits]
  return createHash('sha256').update(parts.join('|')).digest('base64url').slice(0, 16)
}
