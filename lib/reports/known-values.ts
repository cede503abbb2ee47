import { z } from 'zod'
import { buildSums } from '../allocation/relation'
import { allocationsBehind } from '../costformation/graph'
import { parseFilterKey } from '../costformation/source'
import { currentLinesSql } from '../costs/current-lines'
import { database } from '../db/client'
import { currentDefinition } from '../definitions/current'
import { planStreams, streamFilterKeys } from '../definitions/streams'
import { splitsFor } from '../runs/current-splits'
import { warehouse } from '../warehouse/client'

const valueRow = z.object({ g0: z.string() })

/** As many values of one key are looked at. */
export const KNOWN_VALUES_LIMIT = 100_000

let cache = new Map<string, Promise<string[]>>()
let cachedFor = ''

/** What the values of a split depend on beside bills and definitions: what runs have stored. */
async function splitStamp(key: string): Promise<string> {
  const parsed = parseFilterKey(key)
  if ('error' in parsed || parsed.kind !== 'dimensionName') return ''
  const { definition } = await currentDefinition()
  const dimension = definition.dimensions.find(({ name }) => name === parsed.name)
  const streams = await planStreams()
  if (!dimension || allocationsBehind(definition, dimension.id, streamFilterKeys(streams)).length === 0) return ''
  const { prisma } = await database()
  const { _max } = await prisma.allocationPointer.aggregate({ _max: { runId: true } })
  return String(_max.runId)
}

async function readValues(key: string): Promise<string[]> {
  const parsed = parseFilterKey(key)
  if ('error' in parsed) return []
  const { definition } = await currentDefinition()
  const { sql } = buildSums({
    definition,
    ...(await splitsFor([parsed])),
    groupBy: [parsed],
    filters: [],
    where: await currentLinesSql(),
    metric: 'BilledCost',
  })
  const { query } = await warehouse()
  const rows = await query({
    query: `SELECT DISTINCT g0 FROM (${sql}) WHERE g0 != '' ORDER BY g0 LIMIT ${KNOWN_VALUES_LIMIT}`,
    schema: valueRow,
  })
  return rows.map(({ g0 }) => g0)
}

/** Every value that some cost line has for a filter key: an element, a tag's value, a column's. Kept until bills or definitions change, or the telemetry that a split's elements come from. */
export async function knownValues(key: string): Promise<string[]> {
  const { version } = await currentDefinition()
  const stamp = `${version}|${await currentLinesSql()}`
  if (stamp !== cachedFor) {
    cache = new Map()
    cachedFor = stamp
  }
  const entry = `${key}|${await splitStamp(key)}`
  const known = cache.get(entry)
  if (known) return known
  const reading = readValues(key)
  cache.set(entry, reading)
  reading.catch(() => cache.delete(entry))
  return reading
}
