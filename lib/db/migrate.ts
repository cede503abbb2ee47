import { createHash } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { SqlRunner } from './client'

const folder = () => join(/* turbopackIgnore: true */ process.cwd(), 'prisma', 'migrations')

export interface Migration {
  name: string
  sql: string
}

/** The migrations of prisma/migrations, in order. */
export async function listMigrations(): Promise<Migration[]> {
  const entries = await readdir(folder(), { withFileTypes: true })
  const names = entries
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name)
    .sort()
  return Promise.all(
    names.map(async (name) => ({ name, sql: await readFile(join(folder(), name, 'migration.sql'), 'utf8') })),
  )
}

const quote = (text: string) => `'${text.replaceAll("'", "''")}'`

/**
 * Applies what is missing, each migration in a transaction of its own. Several processes may start at once: an
 * advisory lock lets one work while the others wait, and each statement looks again at what is applied.
 */
export async function migrate(runner: SqlRunner): Promise<void> {
  await runner.executeSql(
    'CREATE TABLE IF NOT EXISTS schema_migration (name text PRIMARY KEY, checksum text NOT NULL, applied_at timestamptz NOT NULL DEFAULT now())',
  )
  for (const { name, sql } of await listMigrations()) {
    const checksum = createHash('sha256').update(sql).digest('hex')
    const { rows } = await runner.executeSql('SELECT checksum FROM schema_migration WHERE name = $1', [name])
    const applied = rows[0]?.checksum
    if (applied === checksum) continue
    if (applied) throw new Error(`migration ${name} was changed after it had been applied to this database`)
    await applyOnce({ runner, name, sql, checksum })
  }
}

async function applyOnce({
  runner,
  name,
  sql,
  checksum,
}: {
  runner: SqlRunner
  name: string
  sql: string
  checksum: string
}) {
  // The insert comes first: where another process was faster, its primary key stops this one before any change.
  const text = [
    'BEGIN',
    'SELECT pg_advisory_xact_lock(72113)',
    `INSERT INTO schema_migration (name, checksum) VALUES (${quote(name)}, ${quote(checksum)})`,
    sql,
    'COMMIT',
  ].join(';\n')
  try {
    await runner.executeSql(text)
  } catch (error) {
    await runner.executeSql('ROLLBACK').catch(() => undefined)
    const { rows } = await runner.executeSql('SELECT checksum FROM schema_migration WHERE name = $1', [name])
    if (rows[0]?.checksum !== checksum) throw error
  }
}
