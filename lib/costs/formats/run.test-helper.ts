import { openTestEngine, type TestEngine } from '../../costformation/chdb.test-helper'
import { sqlString } from '../../costformation/sql-literal'
import type { FileColumn, LinePlan } from './line-plan'
import { planLines } from './plan'

export { openTestEngine, type TestEngine }

/** CSV columns, all text, by their place. */
export function textColumns(header: readonly string[]): FileColumn[] {
  return header.map((name, index) => ({ name, sql: `c${index}`, type: 'String' }))
}

/** Records of text as a relation. */
export function relationOf(records: readonly (readonly string[])[]): string {
  const selects = records.map(
    (cells, row) => `SELECT ${row} AS n, ${cells.map((cell, index) => `${sqlString(cell)} AS c${index}`).join(', ')}`,
  )
  return `(${selects.join(' UNION ALL ')})`
}

/** A CSV on disk as a relation; a header goes before the records. */
export function fileRelation({ path, width }: { path: string; width: number }): string {
  const structure = Array.from({ length: width }, (_, index) => `c${index} String`).join(', ')
  return `(SELECT rowNumberInAllBlocks() AS n, * FROM file(${sqlString(path)}, 'CSV', ${sqlString(structure)}) SETTINGS input_format_csv_skip_first_lines = 1, input_format_csv_empty_as_default = 0)`
}

export interface Outcome {
  /** Columns of the good records, by name. */
  lines: Record<string, string>[]
  /** `column value reason` of the bad ones. */
  faults: string[][]
}

/** What a plan makes of a relation's records, in the order of its column n. */
export async function runPlan({
  engine,
  plan,
  relation,
}: {
  engine: TestEngine
  plan: LinePlan
  relation: string
}): Promise<Outcome> {
  const names = plan.columns.map(({ column }) => column)
  const selected = plan.columns.map(({ sql }, index) => `${sql} AS v${index}`)
  const good = await engine.rows(
    `SELECT * EXCEPT n FROM (SELECT n, ${selected.join(', ')} FROM ${relation} WHERE NOT (${plan.suspicious}) OR empty(${plan.faults})) ORDER BY n`,
  )
  const bad = await engine.rows(
    `SELECT f.1, f.2, f.3 FROM (SELECT n, arrayJoin(${plan.faults}) AS f FROM ${relation} WHERE ${plan.suspicious}) ORDER BY n`,
  )
  return {
    lines: good.map((cells) => Object.fromEntries(cells.map((cell, index) => [names[index] ?? '', cell]))),
    faults: bad,
  }
}

/** The same for records of a CSV. */
export async function runCsv({
  engine,
  header,
  records,
  ...options
}: {
  engine: TestEngine
  header: readonly string[]
  records: readonly (readonly string[])[]
} & Omit<Parameters<typeof planLines>[0], 'columns'>): Promise<Outcome & { plan: LinePlan }> {
  const plan = planLines({ columns: textColumns(header), ...options })
  return { plan, ...(await runPlan({ engine, plan, relation: relationOf(records) })) }
}
