import { z } from 'zod'
import { buildSums, type RelationInput } from '../allocation/relation'
import type { ExplainPart } from '../contract/allocations'
import type { FilterKey } from '../costformation/source'
import { sqlString } from '../costformation/sql-literal'
import { plainDecimal, subtractDecimals, sumDecimals } from '../decimal'
import { fromUnits } from '../units'
import { warehouse } from '../warehouse/client'
import type { Cell } from './cells'
import type { LineKeys } from './plan-keys'
import type { ExplainRange } from './range'

export interface PartLines {
  top: ExplainPart['top_lines']
  rest: ExplainPart['lines_rest']
}

const SHOWN = 5

const lineRow = z.object({
  start: z.string(),
  end: z.string(),
  keys: z.array(z.string()),
  groups: z.array(z.string()),
  cost: z.string(),
  lines: z.coerce.number(),
})

const LINE_COLUMNS: FilterKey[] = [
  { kind: 'column', name: 'ServiceName' },
  { kind: 'column', name: 'ResourceId' },
  { kind: 'column', name: 'ChargeDescription' },
]

/** A cell among the rows of a relation. */
export const cellId = ({ start, end, keys }: Pick<Cell, 'start' | 'end' | 'keys'>) => JSON.stringify([start, end, keys])

const seconds = (text: string) => Date.parse(text) / 1000
/** Of values alone, which costs less to plan than expressions do. */
const literals = (texts: readonly string[]) => [...new Set(texts)].map((text) => sqlString(text)).join(', ')
const SEPARATOR = '\n'

export interface CellLinesInput extends Pick<RelationInput, 'definition' | 'streams' | 'cells'> {
  shown: readonly Cell[]
  keys: LineKeys
  range: ExplainRange
  /** What else the lines are told apart by. */
  further: readonly FilterKey[]
}

/** The lines of cells as rows of `start, end, cell_keys, g…, cost, lines`; `tail` follows the SELECT's FROM. */
export function cellLinesSql({ shown, keys, range, further, ...input }: CellLinesInput) {
  const days = literals(shown.map(({ start }) => start.slice(0, 10)))
  const starts = literals(shown.map(({ start }) => start.slice(0, 19).replace('T', ' ')))
  const relation = buildSums({
    ...input,
    metric: range.metric,
    where: `${range.where} AND toDate(ChargePeriodStart) IN (${days}) AND ChargePeriodStart IN (${starts})`,
    groupBy: [...keys.groupBy, ...further],
    filters: keys.filtersOf(shown.map((cell) => cell.keys)),
    extra: [
      ...keys.extra,
      { name: 'charge_start', sql: 'ChargePeriodStart' },
      { name: 'charge_end', sql: 'ChargePeriodEnd' },
    ],
  })
  const place = ({ start, end, keys: values }: Cell) =>
    `(${seconds(start)}, ${seconds(end)}, ${sqlString(values.join(SEPARATOR))})`
  const groups = further.map((_, index) => `r.g${keys.groupBy.length + index}`)
  return {
    columns: `r.charge_start AS start, r.charge_end AS end, ${keys.sql} AS keys, [${groups.join(', ')}]::Array(String) AS groups, r.cost AS cost, r.lines AS lines`,
    from: `(${relation.sql}) AS r WHERE (toUnixTimestamp(start), toUnixTimestamp(end), arrayStringConcat(keys, ${sqlString(SEPARATOR)})) IN (${shown.map(place).join(', ')})`,
  }
}

/** The largest cost lines of all shown cells, equal ones as one, and what the others come to. */
export async function readTopLines(input: Omit<CellLinesInput, 'further'>): Promise<Map<string, PartLines>> {
  if (input.shown.length === 0) return new Map()
  const { columns, from } = cellLinesSql({ ...input, further: LINE_COLUMNS })
  const { query } = await warehouse()
  const rows = await query({
    query: `SELECT ${columns} FROM ${from} ORDER BY start, end, keys, abs(cost) DESC, groups LIMIT ${SHOWN} BY start, end, keys`,
    schema: lineRow,
    immutable: true,
  })
  return new Map(
    input.shown.map((cell) => {
      const own = rows.filter((row) => cellId(row) === cellId(cell))
      return [
        cellId(cell),
        {
          top: own.map(({ cost, lines, start, groups: [service = '', resource = '', description = ''] }) => ({
            ...{ charge_period_start: start, service, resource, description, cost: plainDecimal(cost), lines },
          })),
          rest: {
            lines: cell.lines - own.reduce((sum, { lines }) => sum + lines, 0),
            cost: subtractDecimals(fromUnits(cell.cost), sumDecimals(own.map(({ cost }) => cost))),
          },
        },
      ]
    }),
  )
}
