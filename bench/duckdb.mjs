// The baseline: DuckDB in a process of its own. It is asked {sql, times} and answers with the milliseconds of each run.
import { fork } from 'node:child_process'
import { fileURLToPath } from 'node:url'

const DECIMALS = [
  'BilledCost',
  'CommitmentDiscountQuantity',
  'ConsumedQuantity',
  'ContractedCost',
  'ContractedUnitPrice',
  'EffectiveCost',
  'ListCost',
  'ListUnitPrice',
  'PricingCurrencyContractedUnitPrice',
  'PricingCurrencyEffectiveCost',
  'PricingCurrencyListUnitPrice',
  'PricingQuantity',
]
const TIMES = ['BillingPeriodEnd', 'BillingPeriodStart', 'ChargePeriodEnd', 'ChargePeriodStart']

const quoted = (text) => `'${text.replaceAll("'", "''")}'`

/** The same columns and types as in cost_lines: decimals with 18 fractional digits, times, tags as a map. */
export function tableFromCsv({ path, names }) {
  const typeOf = (name) =>
    DECIMALS.includes(name) ? 'DECIMAL(38, 18)' : TIMES.includes(name) ? 'TIMESTAMP' : 'VARCHAR'
  const columns = names.map((name) => `${quoted(name)}: ${quoted(typeOf(name))}`).join(', ')
  return `CREATE OR REPLACE TABLE bill AS SELECT * REPLACE (from_json(Tags, '"MAP(VARCHAR, VARCHAR)"') AS Tags)
    FROM read_csv(${quoted(path)}, header = true, columns = {${columns}})`
}

export function tableFromParquet({ path }) {
  const decimals = DECIMALS.map((name) => `CAST(${name} AS DECIMAL(38, 18)) AS ${name}`)
  const times = TIMES.map((name) => `CAST(${name} AS TIMESTAMP) AS ${name}`)
  return `CREATE OR REPLACE TABLE bill AS SELECT * REPLACE (${[...decimals, ...times].join(', ')}) FROM read_parquet(${quoted(path)})`
}

export function startDuckDb(path) {
  const child = fork(fileURLToPath(import.meta.url), [path], { stdio: 'inherit' })
  const waiting = []
  child.on('message', ({ times, error }) => {
    const { resolve, reject } = waiting.shift()
    error ? reject(new Error(`DuckDB: ${error}`)) : resolve(times)
  })
  return {
    pid: child.pid,
    run: (sql, times = 1) =>
      new Promise((resolve, reject) => {
        waiting.push({ resolve, reject })
        child.send({ sql, times })
      }),
    stop: () => child.kill(),
  }
}

if (process.send && process.argv[1] === fileURLToPath(import.meta.url)) {
  const { DuckDBInstance } = await import('@duckdb/node-api')
  const database = await DuckDBInstance.create(process.argv[2])
  const connection = await database.connect()
  process.on('message', async ({ sql, times }) => {
    try {
      const results = []
      for (let index = 0; index < times; index++) {
        const started = performance.now()
        await connection.runAndReadAll(sql)
        results.push(performance.now() - started)
      }
      process.send({ times: results })
    } catch (error) {
      process.send({ error: error.message })
    }
  })
}
