// A process of its own with an embedded ClickHouse in the directory that it is given: long statements over a bill run
// here, beside the server's engine, and an accident ends this process alone.
// Asked {id, query, rows}, it answers {id, rows} or {id, error}. It ends with the process that started it.
import { createClient } from '@clickhouse/client'
import { createChdbConnection } from 'chdb/connection'

const [path, settings] = process.argv.slice(2)
const client = createClient({ connection: createChdbConnection({ path }), clickhouse_settings: JSON.parse(settings) })

async function run({ query, rows }) {
  if (rows) return (await client.query({ query, format: 'JSONEachRow' })).json()
  await client.command({ query })
  return []
}

process.on('message', async ({ id, ...statement }) => {
  try {
    process.send({ id, rows: await run(statement) })
  } catch (error) {
    process.send({ id, error: error instanceof Error ? error.message : String(error) })
  }
})
// A Ctrl-C reaches the whole group of processes; the server says when this one may go.
process.on('SIGINT', () => undefined)
process.on('disconnect', () => process.exit())
