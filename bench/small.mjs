// What needs no large bill: telemetry, its way into the split, and what the pages read; on the example's data.
import { percentile, timed } from './measure.mjs'
import { isIdle } from './server.mjs'

const SEPTEMBER = Array.from({ length: 30 }, (_, index) => `2024-09-${String(index + 1).padStart(2, '0')}`)
const records = (elements, day) =>
  elements.map((element, index) => ({
    timestamp: `${day}T00:00:00Z`,
    granularity: 'DAILY',
    filter: { 'custom:Shared RDS': ['Shared Data Lake'] },
    element_name: element,
    value: index + 1,
  }))
const post = ({ server, stream, operation, list }) =>
  server.call('POST', `/unit-cost/v1/telemetry/allocation/${stream}/${operation}`, JSON.stringify({ records: list }))

async function benchTelemetry({ server, report }) {
  const elements = Array.from({ length: 5000 }, (_, index) => `customer-${index}`)
  const batches = SEPTEMBER.slice(0, 20)
  const loading = await timed(async () => {
    for (const day of batches)
      await post({ server, stream: 'bench-bulk', operation: 'sum', list: records(elements, day) })
  })
  const text = JSON.stringify({ records: records(elements, '2024-09-01') })
  const parsing = await timed(async () => {
    for (const _ of batches) JSON.parse(text)
  })
  const count = elements.length * batches.length
  report.add({
    what: `telemetry, ${count} records in ${batches.length} requests`,
    value: (count / loading) * 1000,
    unit: 'records/s',
    baseline: 'JSON.parse of the same',
    baselineValue: (count / parsing) * 1000,
  })
}

async function benchFreshness({ server, report }) {
  const times = []
  for (let index = 0; index < 20; index++) {
    const day = SEPTEMBER[index]
    times.push(
      await timed(async () => {
        await post({
          server,
          stream: 'rds-writes-by-product',
          operation: 'replace',
          list: records(['Email', 'Messaging'], day),
        })
        await server.until('/api/v1/streams/rds-writes-by-product', ({ status }) => status === 'Available')
      }),
    )
  }
  report.add({ what: 'POST → Available, median of 20', value: percentile(times, 0.5), unit: 'ms' })
  report.add({ what: 'POST → Available, p95 of 20', value: percentile(times, 0.95), unit: 'ms' })
}

async function benchReads({ server, report }) {
  const measure = async (path) => {
    const times = []
    for (let index = 0; index < 100; index++) times.push(await timed(() => server.call('GET', path)))
    return percentile(times, 0.95)
  }
  const range = 'from=2024-09-01&to=2024-10-01&metric=BilledCost'
  const health = await measure('/api/v1/health')
  const beside = { unit: 'ms', baseline: '/api/v1/health', baselineValue: health }
  report.add({
    what: 'GET /allocations, daily, p95 of 100',
    value: await measure(`/api/v1/allocations/Split%20Data%20Lake?${range}&granularity=daily`),
    ...beside,
  })
  report.add({
    what: 'GET /allocations, grouped by region, p95 of 100',
    value: await measure(`/api/v1/allocations/Split%20Data%20Lake?${range}&granularity=daily&group_by=region`),
    ...beside,
  })
  report.add({
    what: 'GET /costs by service, p95 of 100',
    value: await measure(`/api/v1/costs?${range}&granularity=total&group_by=service`),
    ...beside,
  })
  report.add({
    what: 'GET /explain, p95 of 100',
    value: await measure(`/api/v1/allocations/Split%20Data%20Lake/explain?${range}&element=Email`),
    ...beside,
  })
}

export async function benchSmall({ server, report }) {
  report.add({ what: 'start of the built server, empty DATA_DIR', value: server.milliseconds, unit: 'ms' })
  await server.call('POST', '/api/v1/example')
  // The company's bill arrives behind the small one: what is measured next has the machine to itself.
  await server.until(
    '/api/v1/cost-imports',
    ({ imports }) => imports.some((item) => item.source === 'example-saas' && item.status === 'completed'),
    500,
  )
  await server.until('/api/v1/health', isIdle, 500)
  await benchFreshness({ server, report })
  await benchReads({ server, report })
  await benchTelemetry({ server, report })
}
