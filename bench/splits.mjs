// The split of a shared month over HTTP, beside hand-written DuckDB over the same data in the same run.
import { createReadStream } from 'node:fs'
import { Readable } from 'node:stream'
import { percentile, timed } from './measure.mjs'
import { isIdle, memoryOf } from './server.mjs'
import { HOURS, hour, splitBill, usage, weightsTable } from './split-data.mjs'

const LINES = Number(process.env.BENCH_SPLIT_LINES ?? 10_000_000)
const POOLS = 20
const MONTH = 'from=2024-10-01&to=2024-11-01'
const poolName = (pool) => `pool-${pool}`

/** `pools`: another meaning of the dimension that tells the pools apart, so that the cost lines are read again. */
const definition = (stream, version, pools = 0) => `Dimensions:
  Pool:
    Name: Pool
    Rules:
      - {Type: GroupBy, Source: Service}
      - {Type: Group, Name: Pool ${pools}, Conditions: [{Source: Service, Equals: nobody}]}
  Split:
    Type: Allocation
    Name: Split
    DefaultValue: Version ${version}
    AllocateByStreams: {Streams: [${stream}]}
`

export async function importBill({ server, path, source }) {
  const body = Readable.toWeb(createReadStream(path, { highWaterMark: 1 << 20 }))
  const { id } = await server.call('POST', `/api/v1/cost-imports?source=${source}`, body)
  const done = await server.until(
    `/api/v1/cost-imports/${id}`,
    ({ status }) => status !== 'queued' && status !== 'running',
    100,
  )
  if (done.status !== 'completed') throw new Error(`${path}: ${done.status} ${done.error}`)
}

const PAGE = 5000

async function send({ server, stream, records, operation = 'sum' }) {
  for (let start = 0; start < records.length; start += PAGE) {
    const body = JSON.stringify({ records: records.slice(start, start + PAGE) })
    await server.call('POST', `/unit-cost/v1/telemetry/allocation/${stream}/${operation}`, body)
  }
}

/** A record an hour, pool and element; with `shared`, one for all pools together. */
function telemetry({ pools, elements, hours, shared = false, plus = 0 }) {
  const records = []
  for (const index of hours) {
    for (let pool = 0; pool < (shared ? 1 : pools); pool++) {
      const names = shared ? Array.from({ length: pools }, (_, each) => poolName(each)) : [poolName(pool)]
      for (let element = 0; element < elements; element++) {
        records.push({
          timestamp: hour(index),
          granularity: 'HOURLY',
          filter: { 'custom:Pool': names },
          element_name: `element-${element}`,
          value: usage(index, pool, element) + plus,
        })
      }
    }
  }
  return records
}

const allHours = Array.from({ length: HOURS }, (_, index) => index)

/** Milliseconds between two questions whether a run is over: asking takes the run's own processor. */
const ASKING = 200

/** Milliseconds of the run that a change makes, as the product itself tells. */
async function runOf({ server, change }) {
  const [before] = (await server.call('GET', '/api/v1/runs?limit=1')).runs
  await change()
  const { runs } = await server.until(
    '/api/v1/runs?limit=1',
    ({ runs: [run] }) => run && run.id !== before?.id && run.status !== 'running',
    ASKING,
  )
  await server.until('/api/v1/health', isIdle)
  if (runs[0].status !== 'completed') throw new Error(`run ${runs[0].id}: ${runs[0].error}`)
  return new Date(runs[0].finished_at).getTime() - new Date(runs[0].started_at).getTime()
}

let version = 0
let pools = 0
const save =
  (server, stream, { again = false } = {}) =>
  () => {
    if (again) pools += 1
    const yaml = definition(stream, ++version, pools)
    return server.call('PUT', '/api/v1/costformation', yaml, { 'content-type': 'text/yaml' })
  }

const cells = `SELECT ServiceName AS pool, ChargePeriodStart AS bucket, sum(COST) AS cost FROM split_lines GROUP BY ALL`
const totals = 'SELECT pool, bucket, sum(value) AS total FROM weights GROUP BY ALL'

/** One metric, with doubles: it loses digits. */
const doubles = `CREATE OR REPLACE TABLE answer AS SELECT w.bucket, w.pool, element, c.cost * value / total AS amount
  FROM weights w JOIN (${cells.replace('COST', 'CAST(EffectiveCost AS DOUBLE)')}) c USING (pool, bucket) JOIN (${totals}) t USING (pool, bucket)`
/** One metric, in cents that add up. */
const cents = `CREATE OR REPLACE TABLE answer AS SELECT bucket, pool, element, upTo - lag(upTo, 1, 0) OVER (PARTITION BY bucket, pool ORDER BY element) AS amount FROM (
    SELECT w.bucket, w.pool, element, round(c.cost * sum(value) OVER (PARTITION BY w.bucket, w.pool ORDER BY element)::DECIMAL(18, 0) / total, 2)::DECIMAL(38, 2) AS upTo
    FROM weights w JOIN (${cells.replace('COST', 'EffectiveCost')}) c USING (pool, bucket) JOIN (${totals}) t USING (pool, bucket))`

async function compare({ server, duck, report, stream, elements, shared, mostDoubles, mostCents }) {
  await duck.run(weightsTable({ pools: POOLS, elements, shared }))
  const [, inexact] = await duck.run(doubles, 2)
  const [, exact] = await duck.run(cents, 2)
  const peak = { before: memoryOf(server.pid), most: 0 }
  const memory = setInterval(() => {
    peak.most = Math.max(peak.most, memoryOf(server.pid))
  }, 100)
  const best = async (options) => {
    const times = []
    for (let index = 0; index < 2; index++) times.push(await runOf({ server, change: save(server, stream, options) }))
    return Math.min(...times)
  }
  const read = await best({ again: true })
  const value = await best()
  clearInterval(memory)
  const what = `split, ${LINES} lines, ${POOLS} pools × ${HOURS} hours × ${elements} elements`
  report.add({
    what: `${what}, stored`,
    value,
    unit: 'ms',
    baseline: 'DuckDB, doubles',
    baselineValue: inexact,
    mostRatio: mostDoubles,
  })
  report.add({
    what: '  the same, against exact cents',
    value,
    unit: 'ms',
    baseline: 'DuckDB, cents',
    baselineValue: exact,
    mostRatio: mostCents,
  })
  report.add({
    what: '  the same, its pool read off the cost lines',
    value: read,
    unit: 'ms',
    baseline: 'DuckDB, doubles',
    baselineValue: inexact,
    mostRatio: mostDoubles,
  })
  report.add({ what: '  memory of the server at its peak', value: peak.most, unit: 'MB', most: 2000 })
  return value
}

/** p95 of some requests that four clients make at once, each numbered; number 0 goes before them. */
async function fourClients({ server, times, work }) {
  await work(server, 0)
  const results = []
  let number = 0
  await Promise.all(
    Array.from({ length: 4 }, async () => {
      for (let index = 0; index < times; index++) {
        number += 1
        const own = number
        results.push(await timed(() => work(server, own)))
      }
    }),
  )
  return percentile(results, 0.95)
}

async function benchReads({ server, report }) {
  const read = (path) => (at, number) => at.call('GET', typeof path === 'function' ? path(number) : path)
  const day = (number) => String(1 + (number % 28)).padStart(2, '0')
  const split = '/api/v1/allocations/Split'
  const add = async (what, most, times, work) =>
    report.add({ what, value: await fourClients({ server, times, work }), unit: 'ms', most })
  const daily = 'granularity=daily'
  await add('GET /allocations, a month, daily, four clients, p95', 150, 25, read(`${split}?${MONTH}&${daily}`))
  // Answers are kept: these are all read anew. There is no cost before October.
  const unseen = (number) => `from=2024-${number % 2 ? '09' : '08'}-${day(number >> 1)}&to=2024-11-01`
  await add(
    '  each of a range of its own',
    150,
    12,
    read((number) => `${split}?${unseen(number)}&${daily}`),
  )
  await add(
    'GET /explain of a bar, four clients, p95',
    300,
    10,
    read(`${split}/explain?${MONTH}&${daily}&period=2024-10-05T00:00:00Z&element=element-7`),
  )
  const bar = (number) => `${MONTH}&${daily}&period=2024-10-${day(number)}T00:00:00Z&element=element-${number % 50}`
  await add(
    '  each of a bar of its own',
    300,
    10,
    read((number) => `${split}/explain?${bar(number)}`),
  )
  await add(
    'GET /explain of a month, four clients, p95',
    300,
    10,
    read(`${split}/explain?${MONTH}&granularity=total&element=element-7`),
  )
  const whole = (number) => `${MONTH}&granularity=total&element=element-${number % 50}`
  await add(
    '  each of an element of its own',
    300,
    10,
    read((number) => `${split}/explain?${whole(number)}`),
  )
  const body = JSON.stringify({
    yaml: definition('writes', 'what if', pools),
    dimension: 'Split',
    from: '2024-10-01',
    to: '2024-11-01',
  })
  const json = { 'content-type': 'application/json' }
  await add('POST /what-if over the month, four clients, p95', 3000, 1, (at) =>
    at.call('POST', '/api/v1/what-if', body, json),
  )
}

/** How the cost of a run grows: each measure doubled four times, the others as they were. */
async function benchGrowth({ server, duck, report }) {
  const base = { lines: 125_000, pools: 5, elements: 10 }
  const run = async (size, name) => {
    await importBill({ server, path: await splitBill({ duck, ...size }), source: 'bench-split' })
    const hours = allHours.filter((index) => index % 24 === 0)
    await send({ server, stream: name, records: telemetry({ ...size, hours }) })
    await server.until('/api/v1/health', isIdle, 50)
    await runOf({ server, change: save(server, name) })
    return runOf({ server, change: save(server, name) })
  }
  for (const measure of Object.keys(base)) {
    const times = []
    for (let doubled = 0; doubled <= 4; doubled++) {
      times.push(await run({ ...base, [measure]: base[measure] * 2 ** doubled }, `grow-${measure}-${doubled}`))
    }
    report.add({
      what: `growth of a run with ${measure}, 16 times as many (${times.map((time) => time.toFixed(0)).join(', ')} ms)`,
      value: times.at(-1) / times[0],
      unit: 'times',
      most: 16,
    })
  }
}

export async function benchSplits({ server, duck, report }) {
  const path = await splitBill({ duck, lines: LINES, pools: POOLS })
  await duck.run(`CREATE OR REPLACE TABLE split_lines AS SELECT * FROM read_parquet('${path}')`)
  await importBill({ server, path, source: 'bench-split' })
  await send({ server, stream: 'writes', records: telemetry({ pools: POOLS, elements: 50, hours: allHours }) })
  await save(server, 'writes')()
  await server.until('/api/v1/health', isIdle, 100)
  const whole = await compare({
    server,
    duck,
    report,
    stream: 'writes',
    elements: 50,
    mostDoubles: 1,
    mostCents: 1 / 3,
  })
  const day = telemetry({ pools: POOLS, elements: 50, hours: allHours.slice(96, 120), plus: 1 })
  const one = await runOf({
    server,
    change: () => send({ server, stream: 'writes', records: day.slice(0, PAGE), operation: 'replace' }),
  })
  report.add({
    what: "a day's telemetry changed in that month",
    value: one,
    unit: 'ms',
    baseline: 'the whole month',
    baselineValue: whole,
    mostRatio: 0.1,
  })
  await benchReads({ server, report })
  await send({
    server,
    stream: 'wide',
    records: telemetry({ pools: POOLS, elements: 500, hours: allHours, shared: true }),
  })
  await server.until('/api/v1/health', isIdle, 100)
  await compare({ server, duck, report, stream: 'wide', elements: 500, shared: true, mostDoubles: 1 })
  await benchGrowth({ server, duck, report })
}
