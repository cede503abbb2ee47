// npm run bench: what the README and the notes claim, measured over HTTP on a server of its own with embedded engines.
// Each figure stands beside a baseline of the same run, because machines are noisy. Also written as JSON.
import { spawn } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { prepare } from './prepare.mjs'

prepare()
const { build } = await import('./build.mjs')
build()
const { parse } = await import('csv-parse')

const COPIES = Number(process.env.BENCH_COPIES ?? 300)
const KEY = 'bench-key'
const port = Number(process.env.PORT ?? 3939)
const url = `http://localhost:${port}`
const dataDir = mkdtempSync(join(tmpdir(), 'apportion-bench-'))
const headers = { authorization: KEY }
const results = []

function report({ what, value, unit, baseline, baselineValue }) {
  const ratio = baselineValue ? value / baselineValue : null
  results.push({ what, value, unit, baseline, baselineValue, ratio })
  const beside = baseline ? `   ${baseline}: ${baselineValue.toFixed(1)} ${unit} (× ${ratio.toFixed(2)})` : ''
  console.log(`${what.padEnd(52)} ${value.toFixed(1).padStart(12)} ${unit}${beside}`)
}

const percentile = (values, share) =>
  [...values].sort((a, b) => a - b)[Math.min(values.length - 1, Math.floor(values.length * share))]

async function timed(work) {
  const started = performance.now()
  await work()
  return performance.now() - started
}

async function call(method, path, body) {
  const response = await fetch(url + path, { method, headers, body })
  const text = await response.text()
  if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${text.slice(0, 500)}`)
  return /json/.test(response.headers.get('content-type') ?? '') ? JSON.parse(text) : text
}

async function until(path, isDone) {
  for (;;) {
    const answer = await call('GET', path)
    if (isDone(answer)) return answer
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
}

const SEPTEMBER = Array.from({ length: 30 }, (_, index) => `2024-09-${String(index + 1).padStart(2, '0')}`)
const records = (elements, day) =>
  elements.map((element, index) => ({
    timestamp: `${day}T00:00:00Z`,
    granularity: 'DAILY',
    filter: { 'custom:Shared RDS': ['Shared Data Lake'] },
    element_name: element,
    value: index + 1,
  }))
const post = (stream, operation, list) =>
  call('POST', `/unit-cost/v1/telemetry/allocation/${stream}/${operation}`, JSON.stringify({ records: list }))

async function benchImport() {
  const sample = readFileSync('public/example/focus-1.0-sample.csv', 'utf8')
  const end = sample.indexOf('\n') + 1
  const bill = Buffer.from(sample.slice(0, end) + sample.slice(end).repeat(COPIES))
  const rows = COPIES * 1000
  const parsing = await timed(async () => {
    for await (const _ of Readable.from(bill).pipe(parse())) {
      // only read
    }
  })
  const importing = await timed(async () => {
    const { id } = await call('POST', '/api/v1/cost-imports?format=auto&source=bench', bill)
    const done = await until(
      `/api/v1/cost-imports/${id}`,
      ({ status }) => status === 'completed' || status === 'failed',
    )
    if (done.status !== 'completed') throw new Error(done.error)
  })
  report({
    what: `import, ${rows} FOCUS lines (${(bill.length / 1e6).toFixed(0)} MB)`,
    value: (rows / importing) * 1000,
    unit: 'rows/s',
    baseline: 'csv-parse, reading only',
    baselineValue: (rows / parsing) * 1000,
  })
}

async function benchTelemetry() {
  const elements = Array.from({ length: 5000 }, (_, index) => `customer-${index}`)
  const batches = SEPTEMBER.slice(0, 20)
  const loading = await timed(async () => {
    for (const day of batches) await post('bench-bulk', 'sum', records(elements, day))
  })
  const text = JSON.stringify({ records: records(elements, '2024-09-01') })
  const parsing = await timed(async () => {
    for (const _ of batches) JSON.parse(text)
  })
  const count = elements.length * batches.length
  report({
    what: `telemetry, ${count} records in ${batches.length} requests`,
    value: (count / loading) * 1000,
    unit: 'records/s',
    baseline: 'JSON.parse of the same',
    baselineValue: (count / parsing) * 1000,
  })
}

async function benchFreshness() {
  const times = []
  for (let index = 0; index < 20; index++) {
    const day = SEPTEMBER[index]
    times.push(
      await timed(async () => {
        await post('rds-writes-by-product', 'replace', records(['Email', 'Messaging'], day))
        await until('/api/v1/streams/rds-writes-by-product', ({ status }) => status === 'Available')
      }),
    )
  }
  report({ what: 'POST → Available, median of 20', value: percentile(times, 0.5), unit: 'ms' })
  report({ what: 'POST → Available, p95 of 20', value: percentile(times, 0.95), unit: 'ms' })
}

async function benchReads() {
  const measure = async (path) => {
    const times = []
    for (let index = 0; index < 100; index++) times.push(await timed(() => call('GET', path)))
    return percentile(times, 0.95)
  }
  const range = 'from=2024-09-01&to=2024-10-01&metric=BilledCost'
  const health = await measure('/api/v1/health')
  const beside = { unit: 'ms', baseline: '/api/v1/health', baselineValue: health }
  report({
    what: 'GET /allocations, daily, p95 of 100',
    value: await measure(`/api/v1/allocations/Split%20Data%20Lake?${range}&granularity=daily`),
    ...beside,
  })
  report({
    what: 'GET /allocations, grouped by region, p95 of 100',
    value: await measure(`/api/v1/allocations/Split%20Data%20Lake?${range}&granularity=daily&group_by=region`),
    ...beside,
  })
  report({
    what: 'GET /costs by service, p95 of 100',
    value: await measure(`/api/v1/costs?${range}&granularity=total&group_by=service`),
    ...beside,
  })
  report({
    what: 'GET /explain, p95 of 100',
    value: await measure(`/api/v1/allocations/Split%20Data%20Lake/explain?${range}&element=Email`),
    ...beside,
  })
}

const started = performance.now()
const server = spawn(process.execPath, ['scripts/start.mjs'], {
  env: {
    ...process.env,
    NODE_ENV: 'production',
    PORT: String(port),
    DATA_DIR: dataDir,
    BOOTSTRAP_API_KEY: KEY,
    LOG_LEVEL: 'warn',
  },
  stdio: ['ignore', 'pipe', 'inherit'],
})
await new Promise((resolve, reject) => {
  server.stdout.on('data', (data) => String(data).includes('Apportion is ready') && resolve())
  server.once('exit', (code) => reject(new Error(`the server ended with ${code}`)))
})
try {
  report({ what: 'start of the built server, empty DATA_DIR', value: performance.now() - started, unit: 'ms' })
  await call('POST', '/api/v1/example')
  await until('/api/v1/streams/rds-writes-by-product', ({ status }) => status === 'Available')
  await benchFreshness()
  await benchReads()
  await benchTelemetry()
  await benchImport()
  writeFileSync(
    'bench-results.json',
    `${JSON.stringify({ at: new Date().toISOString(), node: process.version, results }, null, 2)}\n`,
  )
} finally {
  server.removeAllListeners('exit')
  server.kill('SIGTERM')
  await new Promise((resolve) => server.once('exit', resolve))
  rmSync(dataDir, { recursive: true, force: true })
}
