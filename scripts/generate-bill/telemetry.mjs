/**
 * What drives the cost of the bill's shared parts: streams of allocation telemetry, as a sender of CloudZero's API would
 * post them. Their filters are tags and services of the bill, so that they need no definition.
 */
import { CUSTOMERS, PRODUCTS } from './company.mjs'

const HOUR = 3_600_000
const DAY = 24 * HOUR

/** As many records go into one request. */
const BATCH = 5000

/**
 * `gaps`: days (as fractions of the bill) without telemetry; `scale`: about what the largest element has in a bucket, in tens.
 */
const STREAMS = [
  {
    name: 'rds-queries-by-customer',
    granularity: 'DAILY',
    filter: { 'tag:pool': ['rds-orders'] },
    elements: CUSTOMERS.map((name, index) => ({ name, weight: 1200 / (index + 4) })),
    scale: 4_000,
    gaps: [0.31, 0.32],
  },
  {
    name: 'ledger-writes-by-product',
    granularity: 'DAILY',
    filter: { 'tag:pool': ['rds-ledger'] },
    elements: PRODUCTS.filter(({ unit }) => unit === 'payments'),
    scale: 90_000,
    gaps: [0.62],
  },
  {
    name: 'eks-cpu-hours-by-product',
    granularity: 'DAILY',
    filter: { 'tag:pool': ['eks'] },
    elements: PRODUCTS,
    scale: 8,
    gaps: [],
  },
  {
    name: 'kafka-bytes-by-product',
    granularity: 'HOURLY',
    filter: { 'tag:pool': ['kafka'] },
    elements: PRODUCTS.filter(({ weight }) => weight >= 8),
    scale: 71_000_000,
    gaps: [0.47],
  },
  {
    name: 'datalake-bytes-by-product',
    granularity: 'DAILY',
    filter: { 'tag:pool': ['data-lake'] },
    elements: PRODUCTS.filter(({ name }) => name !== 'identity'),
    scale: 520_000_000,
    gaps: [0.12, 0.83],
  },
  {
    name: 'log-bytes-by-product',
    granularity: 'DAILY',
    filter: { 'tag:pool': ['observability'] },
    elements: PRODUCTS,
    scale: 6_100_000,
    gaps: [],
  },
  {
    name: 'support-tickets-by-product',
    granularity: 'MONTHLY',
    filter: { service: ['AWS Support (Business)'] },
    elements: PRODUCTS,
    scale: 3,
    gaps: [],
  },
]

/** An even hash of 32 bits (FNV-1a with a final mix). */
function hash(text) {
  let state = 0x811c9dc5
  for (const char of text) state = Math.imul(state ^ char.charCodeAt(0), 0x01000193)
  state = Math.imul(state ^ (state >>> 15), 0x85ebca6b)
  return (state ^ (state >>> 13)) >>> 0
}

const BUCKETS = {
  HOURLY: (days) =>
    days.flatMap((day) => Array.from({ length: 24 }, (_, hour) => ({ ...day, time: day.time + hour * HOUR }))),
  DAILY: (days) => days,
  MONTHLY: (days) => days.filter(({ time }) => new Date(time).getUTCDate() === 1),
}

function measure({ seed, stream, element, bucket, days }) {
  const strayed = 700 + (hash(`${seed}/${stream.name}/${element.name}/${bucket.time}`) % 600)
  const age = (bucket.time - days[0].time) / DAY
  const traffic = bucket.isWeekend && stream.granularity !== 'MONTHLY' ? 65 : 100
  return Math.max(1, Math.floor((stream.scale * element.weight * strayed * traffic * (1000 + 2 * age)) / 1e8))
}

function recordsOf({ seed, stream, days }) {
  const silent = new Set(stream.gaps.map((at) => days[Math.floor(at * days.length)].time))
  const heard = days.filter(({ time }) => !silent.has(time))
  return BUCKETS[stream.granularity](heard).flatMap((bucket) =>
    stream.elements.map((element) => ({
      timestamp: new Date(bucket.time).toISOString().replace('.000', ''),
      granularity: stream.granularity,
      filter: stream.filter,
      element_name: element.name,
      value: measure({ seed, stream, element, bucket, days }),
    })),
  )
}

/** Bodies for `/unit-cost/v1/telemetry/allocation/{stream}/replace`, each with its stream. */
export function telemetryBodies({ seed, days }) {
  return STREAMS.flatMap((stream) => {
    const records = recordsOf({ seed, stream, days })
    return Array.from({ length: Math.ceil(records.length / BATCH) }, (_, index) => ({
      stream: stream.name,
      records: records.slice(index * BATCH, (index + 1) * BATCH),
    }))
  })
}
