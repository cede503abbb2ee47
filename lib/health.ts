import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import type { health } from './contract/workspace'
import { database } from './db/client'
import { env } from './env'
import { log } from './log'
import { warehouse } from './warehouse/client'

const { version } = z
  .object({ version: z.string() })
  .parse(JSON.parse(readFileSync(join(/* turbopackIgnore: true */ process.cwd(), 'package.json'), 'utf8')))

async function attempt<T>(what: string, read: () => Promise<T>): Promise<T | null> {
  try {
    return await read()
  } catch (error) {
    log.warn({ err: error }, `${what} does not answer`)
    return null
  }
}

const versionRow = z.object({ version: z.string() })

/** Whether both engines answer, with their versions and how much work waits. */
export async function readHealth(): Promise<z.infer<typeof health>> {
  const postgres = await attempt('PostgreSQL', async () => {
    const { rows } = await (await database()).executeSql(
      "SELECT current_setting('server_version') AS version, $1::int AS n",
      [1],
    )
    return z.array(versionRow).parse(rows)[0]?.version ?? null
  })
  const clickhouse = await attempt('ClickHouse', async () => {
    const rows = await (await warehouse()).query({ query: 'SELECT version() AS version', schema: versionRow })
    return rows[0]?.version ?? null
  })
  const counts = await attempt('the queue', async () => {
    const { rows } = await (await database()).executeSql(
      // What is put off, such as tidying up after a run, does not wait yet.
      `SELECT state::text, count(*)::int AS n FROM pgboss.job
       WHERE name NOT LIKE '\\_\\_%' AND $1 = 1 AND (state <> 'created' OR start_after <= now()) GROUP BY state`,
      [1],
    )
    return new Map(rows.map((row) => [String(row.state), Number(row.n)]))
  })
  const { DATABASE_URL, CLICKHOUSE_URL } = env()
  return {
    status: postgres !== null && clickhouse !== null ? 'ok' : 'degraded',
    version,
    postgres: { ok: postgres !== null, version: postgres, embedded: !DATABASE_URL },
    clickhouse: { ok: clickhouse !== null, version: clickhouse, embedded: !CLICKHOUSE_URL },
    queue: {
      waiting: (counts?.get('created') ?? 0) + (counts?.get('retry') ?? 0),
      running: counts?.get('active') ?? 0,
      failed: counts?.get('failed') ?? 0,
    },
  }
}
