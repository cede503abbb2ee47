import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { PGlite } from '@electric-sql/pglite'
import { listMigrations } from '../db/migrate'

/** Boots PGlite once and keeps a snapshot: a fresh one takes seconds, and every test file wants its own. */
export default async function setup() {
  const folder = await mkdtemp(join(tmpdir(), 'apportion-tests-'))
  const db = await PGlite.create()
  await db.exec('SELECT 1')
  const dump = await db.dumpDataDir('none')
  await writeFile(join(folder, 'postgres.tar'), Buffer.from(await dump.arrayBuffer()))
  await db.close()
  // Reading the migrations here makes a broken folder fail once, not in every file.
  await listMigrations()
  await readFile(join(folder, 'postgres.tar'))
  process.env.APPORTION_TEST_FOLDER = folder
  return () => rm(folder, { recursive: true, force: true })
}
