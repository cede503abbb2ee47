import { z } from 'zod'
import { buildSums } from '../allocation/relation'
import type { ValuesQuery, ValuesReport } from '../contract/explorer'
import { canonicalFilterKey } from '../costformation/source'
import { sqlString } from '../costformation/sql-literal'
import { currentLinesSql } from '../costs/current-lines'
import { currentDefinition } from '../definitions/current'
import { AppError } from '../errors'
import { instant } from '../instant'
import { currentSplits } from '../runs/current-splits'
import { warehouse } from '../warehouse/client'
import { billShape } from './bill-shape'
import { lineSlices, readSlices } from './line-slices'
import { readKey } from './report-query'

const valueRow = z.object({ value: z.string(), lines: z.coerce.number() })

function rangeSql({ from, to }: Pick<ValuesQuery, 'from' | 'to'>): string[] {
  const seconds = (text: string) => `toDateTime(${Math.floor(instant(text).getTime() / 1000)}, 'UTC')`
  return [
    ...(from === undefined ? [] : [`ChargePeriodStart >= ${seconds(from)}`]),
    ...(to === undefined ? [] : [`ChargePeriodStart < ${seconds(to)}`]),
  ]
}

/** Lines by day in the range. */
async function daysOf({ from, to }: Pick<ValuesQuery, 'from' | 'to'>) {
  const day = (text: string) => instant(text).toISOString().slice(0, 10)
  const rows = await billShape()
  return rows.filter((row) => (from === undefined || row.day >= day(from)) && (to === undefined || row.day <= day(to)))
}

/** Values of some lines and others as one list. */
function mostLines(rows: readonly z.infer<typeof valueRow>[]) {
  const lines = new Map<string, number>()
  for (const row of rows) lines.set(row.value, row.lines + (lines.get(row.value) ?? 0))
  return [...lines]
    .map(([value, count]) => ({ value, lines: count }))
    .sort((a, b) => b.lines - a.lines || (a.value < b.value ? -1 : 1))
}

/** The values of a key, those of most cost lines first; a search looks for a part of them, in any case. */
export async function readValues(query: ValuesQuery): Promise<ValuesReport> {
  const { from, to, search, limit } = query
  if (from !== undefined && to !== undefined && instant(from) >= instant(to)) {
    throw new AppError('invalid_request', `to (${to}) must be after from (${from}); ends are exclusive.`, [
      { name: 'to', reason: 'must be after from' },
    ])
  }
  const { definition } = await currentDefinition()
  const groupBy = [readKey('key', query.key, definition)]
  const where = [await currentLinesSql(), ...rangeSql(query)].join(' AND ')
  const matching = search === '' ? '' : ` WHERE positionCaseInsensitiveUTF8(g0, ${sqlString(search)}) > 0`
  const splits = await currentSplits()
  const { query: run } = await warehouse()
  const read = ({ slice, limit: most }: { slice: string; limit: number }) => {
    const input = { definition, ...splits, groupBy, filters: [], metric: 'BilledCost' as const }
    const { sql } = buildSums({ ...input, where: slice === '1' ? where : `${where} AND ${slice}` })
    return run({
      query: `SELECT g0 AS value, lines FROM (${sql})${matching} ORDER BY lines DESC, value LIMIT ${most}`,
      schema: valueRow,
    })
  }
  // Others' statements come in between.
  const parts = await readSlices({ slices: lineSlices(await daysOf(query)), read })
  const rows = parts ? mostLines(parts) : await read({ slice: '1', limit: limit + 1 })
  return {
    key: canonicalFilterKey(query.key),
    values: rows.slice(0, limit).map(({ value, lines }) => ({ value: value || null, lines })),
    more: rows.length > limit,
  }
}
