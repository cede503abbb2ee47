import { createReadStream } from 'node:fs'
import { cp, mkdir, readdir, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import { sqlString } from '../costformation/sql-literal'
import type { Warehouse } from './client'
import type { ScratchEngine } from './scratch/client'

const partRow = z.object({ name: z.string(), path: z.string(), partition: z.string(), rows: z.coerce.number() })
const pathRow = z.object({ path: z.string() })
const columnRow = z.object({ name: z.string() })

type Part = z.infer<typeof partRow>

async function move(from: string, to: string): Promise<void> {
  try {
    await rename(from, to)
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EXDEV')) throw error
    await cp(from, to, { recursive: true })
  }
}

/** Both engines write the same files: a part moves over as it is, and costs no more than its name. */
async function attachParts({ warehouse, table, parts }: { warehouse: Warehouse; table: string; parts: Part[] }) {
  const [found] = await warehouse.query({
    query: `SELECT data_paths[1] AS path FROM system.tables WHERE database = currentDatabase() AND name = {table:String}`,
    params: { table },
    schema: pathRow,
  })
  if (!found) throw new Error(`there is no table ${table}`)
  const detached = join(found.path, 'detached')
  await mkdir(detached, { recursive: true })
  // An earlier attempt may have ended in the middle.
  const mine = new Set(parts.map(({ partition }) => partition))
  for (const name of await readdir(detached)) {
    if (mine.has(name.split('_')[0] ?? '')) await rm(join(detached, name), { recursive: true, force: true })
  }
  for (const { name, path } of parts) {
    await move(path, join(detached, name))
    await warehouse.command({ query: `ALTER TABLE ${table} ATTACH PART ${sqlString(name)}` })
  }
}

/** Rows of one file on the way to the server: a few hundred MB. */
const SENT_ROWS = 250_000

/** The server's ClickHouse gets the rows in its own binary form, a piece of a part at a time. */
async function sendParts({
  insertNative,
  scratch,
  table,
  parts,
}: {
  insertNative: NonNullable<Warehouse['insertNative']>
  scratch: ScratchEngine
  table: string
  parts: Part[]
}) {
  const found = await scratch.query({
    query: `SELECT name FROM system.columns WHERE database = currentDatabase() AND table = ${sqlString(table)} ORDER BY position`,
    schema: columnRow,
  })
  const columns = found.map(({ name }) => name)
  for (const { name, path, rows } of parts) {
    const file = `${path.replace(/\/$/, '')}.native`
    for (let start = 0; start < rows; start += SENT_ROWS) {
      const piece = `_part = ${sqlString(name)} AND _part_offset >= ${start} AND _part_offset < ${start + SENT_ROWS}`
      await scratch.command(
        `INSERT INTO FUNCTION file(${sqlString(file)}, Native) SELECT ${columns.join(', ')} FROM ${table} WHERE ${piece}`,
      )
      await insertNative({ table, columns, stream: createReadStream(file) })
      await rm(file)
    }
  }
}

/** Takes the rows that a scratch engine has made of a table of the same name and shape. It is closed after it. */
export async function adoptTable({
  warehouse,
  scratch,
  table,
}: {
  warehouse: Warehouse
  scratch: ScratchEngine
  table: string
}): Promise<void> {
  const parts = await scratch.query({
    query: `SELECT name, path, partition_id AS partition, rows FROM system.parts WHERE active AND database = currentDatabase() AND table = ${sqlString(table)} ORDER BY name`,
    schema: partRow,
  })
  const { insertNative } = warehouse
  if (insertNative) {
    await sendParts({ insertNative, scratch, table, parts })
    await scratch.close()
  } else {
    await scratch.close()
    await attachParts({ warehouse, table, parts })
  }
}
