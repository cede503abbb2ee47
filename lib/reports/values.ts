import { z } from 'zod'
import { buildSums } from '../allocation/relation'
import type { ValuesQuery, ValuesReport } from '../contract/explorer'
import { canonicalFilterKey } from '../costformation/source'
import { sqlString } from '../costformation/sql-literal'
import { currentLinesSql } from '../costs/current-lines'
import { currentDefinition } from '../definitions/current'
import { AppError } from '../errors'
import { instant } from '../instant'
import { splitsFor } from '../runs/current-splits'
import { warehouse } from '../warehouse/client'
import { readKey } from './report-query'

const valueRow = z.object({ value: z.string(), lines: z.coerce.number() })

function rangeSql({ from, to }: Pick<ValuesQuery, 'from' | 'to'>): string[] {
  const seconds = (text: string) => `toDateTime(${Math.floor(instant(text).getTime() / 1000)}, 'UTC')`
  return [
    ...(from === undefined ? [] : [`ChargePeriodStart >= ${seconds(from)}`]),
    ...(to === undefined ? [] : [`ChargePeriodStart < ${seconds(to)}`]),
  ]
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
  const { sql } = buildSums({
    definition,
    ...(await splitsFor(groupBy)),
    groupBy,
    filters: [],
    metric: 'BilledCost',
    where,
  })
  const { query: run } = await warehouse()
  const rows = await run({
    query: `SELECT g0 AS value, lines FROM (${sql})${matching} ORDER BY lines DESC, value LIMIT ${limit + 1}`,
    schema: valueRow,
  })
  return {
    key: canonicalFilterKey(query.key),
    values: rows.slice(0, limit).map(({ value, lines }) => ({ value: value || null, lines })),
    more: rows.length > limit,
  }
}
