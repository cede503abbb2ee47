import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type ClickHouseClientConfigOptions, createClient } from '@clickhouse/client'
import { createChdbConnection } from 'chdb/connection'
import { FOCUS_DECIMAL_COLUMNS, FOCUS_STRING_COLUMNS, FOCUS_TIME_COLUMNS } from './focus-columns'
import { sqlString } from './sql-literal'

/** A cost line as a test writes it: FOCUS columns by name, tags as `Tag:key`, custom columns as `x_…`. */
export type TestLine = Record<string, string>

export interface TestEngine {
  /** One row per result row, each an array of strings. */
  rows(query: string): Promise<string[][]>
  execute(statement: string): Promise<void>
  close(): Promise<void>
}

/** The real engine in a directory of its own. A process can have one. */
export function openTestEngine(): TestEngine {
  const path = mkdtempSync(join(tmpdir(), 'costformation-'))
  // chDB types its connection by @clickhouse/client-common, which the client now has a copy of; at run time they agree.
  const connection = createChdbConnection({ path }) as unknown as ClickHouseClientConfigOptions['connection']
  const client = createClient({ connection })
  return {
    rows: async (query) => {
      const result = await client.query({ query, format: 'JSONCompactStringsEachRow' })
      return result.json<string[]>()
    },
    execute: async (statement) => {
      await client.command({ query: statement })
    },
    close: async () => {
      await client.close()
      rmSync(path, { recursive: true, force: true })
    },
  }
}

function mapSql(entries: [string, string][]): string {
  return `CAST(map(${entries.flat().map(sqlString).join(', ')}), 'Map(String, String)')`
}

function decimalSql(value: string | undefined): string {
  const literal = value === undefined ? 'NULL' : sqlString(value)
  return `CAST(${literal}, 'Nullable(Decimal(38, 18))')`
}

function timeSql(value: string | undefined): string {
  return `toDateTime(${sqlString(value ?? '2024-03-01 00:00:00')}, 'UTC')`
}

/**
 * A subquery that stands for `cost_lines`, with its line number as `line` and the start of its charge as `cs`. A
 * decimal that a line leaves out is null, a time is 1 March 2024.
 */
export function linesSql(lines: TestLine[]): string {
  const selects = lines.map((line, index) => {
    const entries = Object.entries(line)
    const tags = entries.flatMap(([name, value]): [string, string][] =>
      name.startsWith('Tag:') ? [[name.slice(4), value]] : [],
    )
    const attributes = entries.filter(([name]) => /^x_/i.test(name))
    const columns = [
      ...FOCUS_STRING_COLUMNS.map((name) => `${sqlString(line[name] ?? '')} AS ${name}`),
      ...FOCUS_DECIMAL_COLUMNS.map((name) => `${decimalSql(line[name])} AS ${name}`),
      ...FOCUS_TIME_COLUMNS.map((name) => `${timeSql(line[name])} AS ${name}`),
      `${timeSql(line.ChargePeriodStart)} AS cs`,
    ]
    return `SELECT ${index} AS line, ${mapSql(tags)} AS Tags, ${mapSql(attributes)} AS Attributes, ${columns.join(', ')}`
  })
  return `(${selects.join(' UNION ALL ')})`
}
