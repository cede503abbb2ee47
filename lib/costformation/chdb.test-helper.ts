import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type ClickHouseClientConfigOptions, createClient } from '@clickhouse/client'
import { createChdbConnection } from 'chdb/connection'
import { FOCUS_STRING_COLUMNS } from './focus-columns'
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

/** A subquery that stands for `cost_lines`, with its line number as `line`. */
export function linesSql(lines: TestLine[]): string {
  const selects = lines.map((line, index) => {
    const entries = Object.entries(line)
    const tags = entries.flatMap(([name, value]): [string, string][] =>
      name.startsWith('Tag:') ? [[name.slice(4), value]] : [],
    )
    const attributes = entries.filter(([name]) => name.startsWith('x_'))
    const columns = FOCUS_STRING_COLUMNS.map((name) => `${sqlString(line[name] ?? '')} AS ${name}`)
    return `SELECT ${index} AS line, ${mapSql(tags)} AS Tags, ${mapSql(attributes)} AS Attributes, ${columns.join(', ')}`
  })
  return `(${selects.join(' UNION ALL ')})`
}
