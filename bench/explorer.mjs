// The explorer's queries over the bill that was imported last, beside DuckDB's on its native table.
import { percentile, repeated } from './measure.mjs'

/** Of each query, after as many that warm both up: what is quick is asked more often, so that its p95 says something. */
const RUNS = { quick: 100, slow: 20 }
const NOVEMBER = 'from=2024-11-01&to=2024-12-01'
const ALL = 'from=2024-10-01&to=2025-01-01'
const inNovember = `ChargePeriodStart >= TIMESTAMP '2024-11-01' AND ChargePeriodStart < TIMESTAMP '2024-12-01'`
const inAll = `ChargePeriodStart >= TIMESTAMP '2024-10-01' AND ChargePeriodStart < TIMESTAMP '2025-01-01'`
const day = `date_trunc('day', ChargePeriodStart)`

const QUERIES = [
  {
    what: 'the default view: a month, daily, by service',
    path: `${NOVEMBER}&granularity=daily&group_by=service&top=10`,
    sql: `SELECT ${day}, ServiceName, sum(EffectiveCost), count(*) FROM bill WHERE ${inNovember} GROUP BY ALL`,
    runs: RUNS.quick,
    most: 300,
  },
  {
    what: 'three months, monthly, by account and region',
    path: `${ALL}&granularity=monthly&group_by=account&group_by=region`,
    sql: `SELECT date_trunc('month', ChargePeriodStart), SubAccountId, RegionId, sum(EffectiveCost), count(*) FROM bill WHERE ${inAll} GROUP BY ALL`,
  },
  {
    what: 'three months, in total, by a tag, top 20',
    path: `${ALL}&granularity=total&group_by=tag:product&top=20`,
    sql: `SELECT Tags['product'], sum(EffectiveCost), count(*) FROM bill WHERE ${inAll} GROUP BY ALL`,
  },
  {
    what: 'a month, daily, by resource, top 20, of one service',
    path: `${NOVEMBER}&granularity=daily&group_by=resource&top=20&filter=${encodeURIComponent('service=Amazon Relational Database Service')}`,
    sql: `SELECT ${day}, ResourceId, sum(EffectiveCost), count(*) FROM bill WHERE ${inNovember} AND ServiceName = 'Amazon Relational Database Service' GROUP BY ALL`,
    runs: RUNS.quick,
  },
  {
    what: 'a week, hourly, by service, billed',
    path: `from=2024-11-04&to=2024-11-11&granularity=hourly&group_by=service&metric=BilledCost`,
    sql: `SELECT date_trunc('hour', ChargePeriodStart), ServiceName, sum(BilledCost), count(*) FROM bill WHERE ChargePeriodStart >= TIMESTAMP '2024-11-04' AND ChargePeriodStart < TIMESTAMP '2024-11-11' GROUP BY ALL`,
    runs: RUNS.quick,
  },
]

const definition = (product) => `Dimensions:
  Product:
    Name: Product
    DefaultValue: Other
    Rules:
      - Type: Group
        Name: ${product}
        Conditions:
          - Source: Tag:product
            BeginsWith: a
      - Type: GroupBy
        Source: Tag:product
      - Type: GroupBy
        Source: Account
`

export async function benchExplorer({ server, duck, report }) {
  for (const { what, path, sql, most, runs = RUNS.slow } of QUERIES) {
    const baseline = (await duck.run(sql, 2 * runs)).slice(runs)
    const times = (await repeated(2 * runs - 1, () => server.call('GET', `/api/v1/costs?${path}`))).slice(runs - 1)
    report.add({
      what: `explorer, ${what}, p95 of ${runs}`,
      value: percentile(times, 0.95),
      unit: 'ms',
      baseline: 'DuckDB',
      baselineValue: percentile(baseline, 0.95),
      mostRatio: 1.5,
      most,
    })
  }
}

export async function benchPreview({ server, report }) {
  await server.call('PUT', '/api/v1/costformation', definition('Alpha'), { 'content-type': 'text/yaml' })
  const body = JSON.stringify({ yaml: definition('Beta'), from: '2024-10-01', to: '2025-01-01' })
  const times = await repeated(5, () =>
    server.call('POST', '/api/v1/costformation/preview', body, { 'content-type': 'application/json' }),
  )
  report.add({
    what: 'preview of a definition change over three months, worst of 5',
    value: Math.max(...times) / 1000,
    unit: 's',
    most: 2,
  })
}
