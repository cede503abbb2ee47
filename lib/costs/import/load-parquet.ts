import { stat } from 'node:fs/promises'
import { z } from 'zod'
import { sqlString } from '../../costformation/sql-literal'
import { AppError } from '../../errors'
import { ScratchEnded } from '../../warehouse/scratch/client'
import type { ImportEngine, SourceFile } from './engine'
import { Cancelled, Superseded } from './interrupted'
import type { FileLoad, LoadFile } from './load-file'
import type { Rejection } from './rejections'
import { watched } from './watched'

const metadataRow = z.object({ rows: z.coerce.number() })

/** Bad rows that are asked for at once. */
const BAD_ROWS = 20_000

// One thread is fast enough, and leaves the other ones to the server. No row group is read ahead, and no block grows
// large: both would be memory.
const SETTINGS =
  'max_threads = 1, max_insert_threads = 1, min_insert_block_size_bytes = 50000000, input_format_parquet_enable_row_group_prefetch = 0, input_format_parquet_memory_high_watermark = 64000000'

const quoted = (name: string) => `\`${name.replaceAll('\\', '\\\\').replaceAll('`', '\\`')}\``

/** The engine's words for a file that only begins like Parquet. */
function refuseDamaged(error: unknown): never {
  const isOurs = [AppError, ScratchEnded, Cancelled, Superseded].some((kind) => error instanceof kind)
  if (isOurs) throw error
  if (error instanceof Error && /memory limit exceeded/i.test(error.message)) {
    throw new AppError(
      'unprocessable',
      'The row groups of the Parquet file are too large for the memory that an import may take: write it with fewer rows a group.',
    )
  }
  const reason = (error instanceof Error ? error.message : String(error)).split('\n')[0]?.slice(0, 300)
  throw new AppError('unprocessable', `The Parquet file cannot be read; it may be damaged or cut short: ${reason}`)
}

/** All bad rows of the file, some at a time; a Parquet file has no lines, so its rows are counted from 1. */
async function* badRows({ engine, file }: { engine: ImportEngine; file: SourceFile }): AsyncGenerator<Rejection[]> {
  for (let from = 0; ; ) {
    const bad = await engine.badRows({ file, settings: '', numbered: { from, limit: BAD_ROWS } })
    if (bad.length > 0) yield bad.map(({ row, ...rest }) => ({ line: row + 1, ...rest }))
    if (bad.length < BAD_ROWS) return
    from = (bad.at(-1)?.row ?? 0) + 1
  }
}

/** A Parquet file, read by the engine itself in one statement: it reads row groups by itself, in parallel. */
export async function loadParquet({ path, engine, plan, onChunk }: LoadFile): Promise<FileLoad> {
  const file: SourceFile = { path, format: 'Parquet', structure: null }
  const metadata = `SELECT num_rows AS rows FROM file(${sqlString(path)}, ParquetMetadata)`
  const [found] = await engine.query({ query: metadata, schema: metadataRow }).catch(refuseDamaged)
  const total = found?.rows ?? 0
  const described = await engine.columnsOf(file).catch(refuseDamaged)
  const columns = described.map(({ name, type }) => ({ name, sql: quoted(name), type }))
  engine.use({ columns, plan: await plan({ columns, header: columns.map(({ name }) => name) }) })
  const { size } = await stat(path)
  const before = await engine.rowsOnDisk()
  let told = 0
  const look = async () => {
    const rows = (await engine.rowsOnDisk()) - before - told
    told += rows
    await onChunk({ rows, rejected: [], read: total > 0 ? Math.floor((size * told) / total) : 0 })
  }
  const work = engine.insert({ file, settings: SETTINGS, expected: total })
  const inserted = await watched({ work, look }).catch(refuseDamaged)
  await onChunk({ rows: inserted - told, rejected: [], read: size })
  let bad = 0
  if (inserted < total) {
    for await (const rejected of badRows({ engine, file })) {
      bad += rejected.length
      await onChunk({ rows: rejected.length, rejected, read: size })
    }
  }
  if (inserted + bad !== total) throw new Error(`${total} rows, but ${inserted} good and ${bad} bad`)
  return { sha256: null }
}
