import { z } from 'zod'
import { AppError } from '../../errors'
import { ScratchEnded } from '../../warehouse/scratch/client'
import type { BadRow, ImportEngine, SourceFile } from './engine'
import type { FileLoad, LoadFile } from './load-file'

const rowGroup = z.object({ rows: z.coerce.number(), bytes: z.coerce.number(), packed: z.coerce.number() })

/** One statement for about so much: it tells how far the import has come, and says soon that it was cancelled. */
const ROWS = 400_000
const BYTES = 400_000_000
const ROWS_ASKED = 20_000

interface Range {
  from: number
  to: number
  /** Of the file. */
  bytes: number
}

/** Row groups that follow each other, as ranges of rows. */
function rangesOf(groups: readonly z.infer<typeof rowGroup>[]): Range[] {
  const ranges: Range[] = []
  let open = { rows: 0, bytes: 0, packed: 0 }
  let from = 0
  const close = () => {
    if (open.rows === 0) return
    ranges.push({ from, to: from + open.rows, bytes: open.packed })
    from += open.rows
    open = { rows: 0, bytes: 0, packed: 0 }
  }
  for (const group of groups) {
    if (open.rows + group.rows > ROWS || open.bytes + group.bytes > BYTES) close()
    open = { rows: open.rows + group.rows, bytes: open.bytes + group.bytes, packed: open.packed + group.packed }
  }
  close()
  return ranges
}

const quoted = (name: string) => `\`${name.replaceAll('\\', '\\\\').replaceAll('`', '\\`')}\``

/** The engine's words for a file that only begins like Parquet. */
function refuseDamaged(error: unknown): never {
  if (error instanceof AppError || error instanceof ScratchEnded) throw error
  const reason = (error instanceof Error ? error.message : String(error)).split('\n')[0]?.slice(0, 300)
  throw new AppError('unprocessable', `The Parquet file cannot be read; it may be damaged or cut short: ${reason}`)
}

/** Of a range, asked for in pieces: many bad rows are many cells. */
async function badRowsOf({
  engine,
  file,
  rows,
}: {
  engine: ImportEngine
  file: SourceFile
  rows: Omit<Range, 'bytes'>
}) {
  const bad: BadRow[] = []
  for (let from = rows.from; from < rows.to; from += ROWS_ASKED) {
    const to = Math.min(from + ROWS_ASKED, rows.to)
    bad.push(...(await engine.badRows({ file, settings: '', rows: { from, to } })))
  }
  return bad
}

/** A Parquet file, read by the engine itself, some row groups at a time. */
export async function loadParquet({ path, engine, plan, onChunk }: LoadFile): Promise<FileLoad> {
  const file: SourceFile = { path, format: 'Parquet', structure: null }
  const groups = await engine
    .query({
      query: `SELECT g.num_rows AS rows, g.total_uncompressed_size AS bytes, g.total_compressed_size AS packed
        FROM (SELECT arrayJoin(row_groups) AS g FROM file('${path.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}', ParquetMetadata))`,
      schema: rowGroup,
    })
    .catch(refuseDamaged)
  const described = await engine.columnsOf(file).catch(refuseDamaged)
  const columns = described.map(({ name, type }) => ({ name, sql: quoted(name), type }))
  engine.use({ columns, plan: await plan({ columns, header: columns.map(({ name }) => name) }) })
  let read = 0
  for (const { from, to, bytes } of rangesOf(groups)) {
    const rows = { from, to }
    const inserted = await engine.insert({ file, settings: '', rows, expected: to - from }).catch(refuseDamaged)
    const bad = inserted < to - from ? await badRowsOf({ engine, file, rows }) : []
    if (inserted + bad.length !== to - from)
      throw new Error(`${to - from} rows, but ${inserted} good and ${bad.length} bad`)
    read += bytes
    // A Parquet file has no lines: its rows are counted from 1.
    await onChunk({ rows: to - from, rejected: bad.map(({ row, ...rest }) => ({ line: row + 1, ...rest })), read })
  }
  return { sha256: null }
}
