import { z } from 'zod'
import { FOCUS_TIME_COLUMNS } from '../../costformation/focus-columns'
import { sqlString } from '../../costformation/sql-literal'
import { warehouse } from '../../warehouse/client'
import type { LineColumn, LinePlan } from '../formats/plan'
import type { Fault } from '../import/rejections'
import type { SampleRecords } from './read-sample'

export interface PreviewLine {
  line: number
  /** By FOCUS column, those that have a value. */
  values: Record<string, string>
  faults: Fault[]
}

const lineRow = z.object({
  cells: z.array(z.string()),
  faults: z.array(z.tuple([z.string(), z.string(), z.string()])),
})

const isTime = (column: string) => FOCUS_TIME_COLUMNS.some((name) => name === column)
const isMap = (column: string) => column === 'Tags' || column === 'Attributes'
/** What an absent time and an empty map come out as. */
const NOTHING = new Set(['1970-01-01T00:00:00Z', '{}'])

/** A value of a cost line as a reader sees it. */
function shownSql({ column, sql }: LineColumn): string {
  if (isMap(column)) return `toJSONString(${sql})`
  if (isTime(column)) return `formatDateTime(${sql}, '%Y-%m-%dT%H:%i:%SZ', 'UTC')`
  return `ifNull(toString(${sql}), '')`
}

function valuesOf({ columns, cells }: { columns: readonly LineColumn[]; cells: readonly string[] }) {
  const named = columns.map(({ column }, index): [string, string] => [column, cells[index] ?? ''])
  return Object.fromEntries(named.filter(([, text]) => text !== '' && !NOTHING.has(text)))
}

/** What the plan makes of each record: the same expressions as an import's, over the records themselves. */
export async function previewLines({
  plan,
  sample,
}: {
  plan: LinePlan
  sample: SampleRecords
}): Promise<PreviewLine[]> {
  const { header, records } = sample
  if (records.length === 0) return []
  const structure = header.map((_, index) => `c${index} String`).join(', ')
  const data = records.map(({ cells }) => `${JSON.stringify(cells)}\n`).join('')
  const { query } = await warehouse()
  const rows = await query({
    query: `SELECT if(${plan.suspicious}, ${plan.faults}, []) AS faults, [${plan.columns.map(shownSql).join(', ')}] AS cells
      FROM format(JSONCompactEachRow, ${sqlString(structure)}, ${sqlString(data)}) SETTINGS max_threads = 1, input_format_parallel_parsing = 0`,
    schema: lineRow,
  })
  if (rows.length !== records.length) throw new Error(`${records.length} records, but ${rows.length} rows`)
  return rows.map(({ cells, faults }, index) => ({
    line: records[index]?.line ?? 0,
    values: valuesOf({ columns: plan.columns, cells }),
    faults: faults.map(([column, value, reason]) => ({ column, value, reason })),
  }))
}
