/** chDB in a directory of its own, removed at the end. One thread: the order of the lines is the order of the plan. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Session } from 'chdb'

const SETTINGS = {
  max_threads: 1,
  max_insert_threads: 1,
  output_format_decimal_trailing_zeros: 0,
  date_time_output_format: "'iso'",
  input_format_parallel_parsing: 0,
}

export async function withEngine(work) {
  const path = mkdtempSync(join(tmpdir(), 'generate-bill-'))
  const session = new Session(path)
  const settings = Object.entries(SETTINGS).map(([name, value]) => `${name} = ${value}`)
  try {
    session.query(`SET ${settings.join(', ')}`)
    return await work({
      run: async (statement) => {
        await session.queryAsync(statement)
      },
      rows: async (statement) => {
        const result = await session.queryAsync(statement, { format: 'JSONCompactStringsEachRow' })
        return result
          .text()
          .split('\n')
          .filter(Boolean)
          .map((line) => JSON.parse(line))
      },
      insert: (table, values) => session.insert({ table, values }),
    })
  } finally {
    session.close()
    rmSync(path, { recursive: true, force: true })
  }
}
