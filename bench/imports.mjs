// Bills over HTTP into the embedded engines, beside DuckDB's CREATE TABLE AS from the same file with the same types.
import { createReadStream, openSync, readSync, statSync } from 'node:fs'
import { Readable } from 'node:stream'
import { bill, CSV_LINES, PARQUET_LINES } from './data.mjs'
import { tableFromCsv, tableFromParquet } from './duckdb.mjs'
import { percentile, timed } from './measure.mjs'
import { isIdle, memoryOf } from './server.mjs'

function headerOf(path) {
  const start = Buffer.alloc(16_384)
  readSync(openSync(path, 'r'), start, 0, start.length, 0)
  return start
    .toString('utf8')
    .split('\n')[0]
    .trim()
    .split(',')
    .map((name) => name.replaceAll('"', ''))
}

/** Watches the server while something runs: its memory, and how long the pages' requests take meanwhile. */
function watch(server) {
  const before = memoryOf(server.pid)
  let peak = before
  const answers = []
  let isOver = false
  const memory = setInterval(() => {
    peak = Math.max(peak, memoryOf(server.pid))
  }, 200)
  const asking = (async () => {
    while (!isOver) {
      answers.push(await timed(() => server.call('GET', '/api/v1/workspace')))
      answers.push(await timed(() => server.call('GET', '/api/v1/cost-imports')))
      await new Promise((resolve) => setTimeout(resolve, 250))
    }
  })()
  return async () => {
    isOver = true
    clearInterval(memory)
    await asking
    return { growth: peak - before, p95: percentile(answers, 0.95) }
  }
}

async function importFile({ server, path, source }) {
  const { id } = await server.call(
    'POST',
    `/api/v1/cost-imports?source=${source}`,
    Readable.toWeb(createReadStream(path, { highWaterMark: 1 << 20 })),
  )
  const isDone = ({ status }) => status !== 'queued' && status !== 'running'
  const done = await server.until(`/api/v1/cost-imports/${id}`, isDone, 100)
  if (done.status !== 'completed') throw new Error(`${path}: ${done.status} ${done.error}`)
}

async function compare({ server, duck, report, what, path, table, source }) {
  const [baseline] = await duck.run(table)
  const stopWatching = watch(server)
  const importing = await timed(() => importFile({ server, path, source }))
  const { growth, p95 } = await stopWatching()
  const size = `${what} (${(statSync(path).size / 1e6).toFixed(0)} MB)`
  report.add({
    what: `import, ${size}`,
    value: importing / 1000,
    unit: 's',
    baseline: 'DuckDB',
    baselineValue: baseline / 1000,
    mostRatio: 1.5,
  })
  report.add({ what: `  memory that it takes beside, at its peak`, value: growth, unit: 'MB', most: 1500 })
  report.add({ what: `  pages answer meanwhile, p95`, value: p95, unit: 'ms', most: 1000 })
  // What is measured next has the machine to itself.
  const days = await timed(() => server.until('/api/v1/health', isIdle, 100))
  report.add({ what: '  then its lines are added up by day, in the background', value: days / 1000, unit: 's' })
}

export async function benchImports({ server, duck, report }) {
  const csv = bill({ lines: CSV_LINES, format: 'csv' })
  await compare({
    server,
    duck,
    report,
    what: `${CSV_LINES} FOCUS lines of CSV`,
    path: csv,
    table: tableFromCsv({ path: csv, names: headerOf(csv) }),
    source: 'bench',
  })
  const parquet = bill({ lines: PARQUET_LINES, format: 'parquet' })
  await compare({
    server,
    duck,
    report,
    what: `${PARQUET_LINES} FOCUS lines of Parquet`,
    path: parquet,
    table: tableFromParquet({ path: parquet }),
    source: 'bench',
  })
}
