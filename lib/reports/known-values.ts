import { z } from 'zod'
import { buildSums } from '../allocation/relation'
import { allocationsBehind } from '../costformation/graph'
import { parseFilterKey } from '../costformation/source'
import { currentLinesSql } from '../costs/current-lines'
import { currentDigest } from '../costs/digest/read'
import { database } from '../db/client'
import { currentDefinition } from '../definitions/current'
import { planStreams, streamFilterKeys } from '../definitions/streams'
import { currentSplits } from '../runs/current-splits'
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

/** Lines that one statement reads: it bounds how long the embedded engine is held. */
const LINES_A_STATEMENT = 2_000_000

/** The days of the bills in ranges of few enough lines, as tests over cost_lines; '1' where one statement does. */
async function slices(): Promise<string[]> {
  const { shape } = await currentDigest()
  const total = shape.reduce((sum, { lines }) => sum + lines, 0)
  if (total <= LINES_A_STATEMENT) return ['1']
  const lines = new Map<string, number>()
  for (const row of shape) lines.set(row.day, (lines.get(row.day) ?? 0) + row.lines)
  const ranges: { days: string[]; lines: number }[] = []
  for (const [day, count] of [...lines].sort(([a], [b]) => (a < b ? -1 : 1))) {
    const open = ranges.at(-1)
    if (open && open.lines + count <= LINES_A_STATEMENT) {
      open.days.push(day)
      open.lines += count
    } else ranges.push({ days: [day], lines: count })
  }
  return ranges.map(
    ({ days }) =>
      `toDate(ChargePeriodStart) >= toDate('${days[0]}') AND toDate(ChargePeriodStart) <= toDate('${days.at(-1)}')`,
  )
}

async function readValues(key: string): Promise<string[]> {
  const parsed = parseFilterKey(key)
  if ('error' in parsed) return []
  const { definition } = await currentDefinition()
  const splits = await currentSplits()
  const { query } = await warehouse()
  const values = new Set<string>()
  for (const slice of await slices()) {
    const where = `${await currentLinesSql()} AND ${slice}`
    const { sql } = buildSums({ definition, ...splits, groupBy: [parsed], filters: [], where, metric: 'BilledCost' })
    const rows = await query({
      query: `SELECT DISTINCT g0 FROM (${sql}) WHERE g0 != '' ORDER BY g0 LIMIT ${KNOWN_VALUES_LIMIT}`,
      schema: valueRow,
    })
    for (const { g0 } of rows) values.add(g0)
  }
  return [...values].sort().slice(0, KNOWN_VALUES_LIMIT)
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
