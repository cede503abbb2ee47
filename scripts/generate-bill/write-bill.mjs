/** The files of a bill. Each is written beside its name and moved there when it is whole. */
import { existsSync, statSync } from 'node:fs'
import { mkdir, rename, rm } from 'node:fs/promises'
import { dirname } from 'node:path'
import { selectList } from './columns.mjs'
import { linesSql } from './lines.mjs'

const SETTINGS = [
  'engine_file_truncate_on_insert = 1',
  "format_csv_null_representation = ''",
  'output_format_parquet_row_group_size = 200000',
  "output_format_parquet_compression_method = 'zstd'",
]

const ENGINE_FORMATS = {
  csv: { name: 'CSVWithNames', compression: 'none' },
  'csv.gz': { name: 'CSVWithNames', compression: 'gzip' },
  parquet: { name: 'Parquet', compression: 'none' },
}

const quoted = (text) => `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`

async function writeFile({ engine, seed, focus, format, file, part }) {
  const { name, compression } = ENGINE_FORMATS[format]
  const partial = `${file}.part`
  await mkdir(dirname(file), { recursive: true })
  try {
    await engine.run(`INSERT INTO FUNCTION file(${quoted(partial)}, '${name}', 'auto', '${compression}')
SETTINGS ${SETTINGS.join(', ')}
SELECT ${selectList({ version: focus, format })}
FROM ${linesSql({ seed, part })}`)
    await rename(partial, file)
  } finally {
    await rm(partial, { force: true })
  }
}

const megabytes = (path) => (existsSync(path) ? Math.round(statSync(path).size / 1e6) : 0)

export async function writeBill({ engine, seed, focus, format, files, progress }) {
  const started = performance.now()
  const seconds = () => Math.round((performance.now() - started) / 1000)
  for (const [part, file] of files.entries()) {
    const tick = setInterval(() => progress(`${file}: ${megabytes(`${file}.part`)} MB after ${seconds()} s`), 5000)
    try {
      await writeFile({ engine, seed, focus, format, file, part })
    } finally {
      clearInterval(tick)
    }
    progress(`${file}: ${megabytes(file)} MB, whole after ${seconds()} s`)
  }
}
