// A month of hourly cost of some pools, and what each element used of them: the same in both engines.
import { existsSync, mkdirSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

const folder = process.env.BENCH_DATA ?? join(tmpdir(), 'apportion-bench-data')

export const HOURS = 744
const START = Date.UTC(2024, 9, 1)
export const hour = (index) => new Date(START + index * 3_600_000).toISOString().replace('.000Z', 'Z')
/** A whole number that looks random, from 1. */
export const usage = (hourIndex, pool, element) =>
  1 + ((hourIndex * 7919 + pool * 104_729 + element * 1_299_709 + ((hourIndex * element) % 1009) * 31_337) % 999_983)

/** Writes the bill as Parquet, through DuckDB. */
export async function splitBill({ duck, lines, pools }) {
  mkdirSync(folder, { recursive: true })
  const path = join(folder, `split-${lines}-${pools}.parquet`)
  if (existsSync(path)) return path
  const amount = (factor) => `((i * 48271 % 2147483647 + 1) * ${factor})::DECIMAL(38, 0)`
  const decimal = (factor) => `(${amount(factor)} * 0.000000000001::DECIMAL(13, 12))::DECIMAL(38, 12)`
  await duck.run(`COPY (SELECT ${decimal(1)} AS BilledCost, ${decimal(2)} AS EffectiveCost, ${decimal(3)} AS ListCost, ${decimal(4)} AS ContractedCost,
      ${decimal(5)} AS ConsumedQuantity, 'GB' AS ConsumedUnit, ${decimal(6)} AS PricingQuantity, 'GB' AS PricingUnit, 'USD' AS BillingCurrency,
      TIMESTAMP '2024-10-01' + INTERVAL 1 HOUR * (i % ${HOURS}) AS ChargePeriodStart, TIMESTAMP '2024-10-01 01:00:00' + INTERVAL 1 HOUR * (i % ${HOURS}) AS ChargePeriodEnd,
      TIMESTAMP '2024-10-01' AS BillingPeriodStart, TIMESTAMP '2024-11-01' AS BillingPeriodEnd,
      'pool-' || ((i // ${HOURS}) % ${pools}) AS ServiceName, 'Usage' AS ChargeCategory, 'Usage of a shared service' AS ChargeDescription,
      'account-' || (i % 7) AS SubAccountId, 'AWS' AS ProviderName, 'account' AS BillingAccountId
    FROM range(${lines}) t(i)) TO '${path}' (FORMAT PARQUET, ROW_GROUP_SIZE 200000)`)
  return path
}

/** The telemetry in DuckDB: `bucket, pool, element, value`; with `shared`, the same of each pool. */
export const weightsTable = ({ pools, elements, shared = false }) => `CREATE OR REPLACE TABLE weights AS
  SELECT TIMESTAMP '2024-10-01' + INTERVAL 1 HOUR * h AS bucket, 'pool-' || p AS pool, 'element-' || e AS element,
    1 + ((h * 7919 + ${shared ? 0 : 'p'} * 104729 + e * 1299709 + ((h * e) % 1009) * 31337) % 999983) AS value
  FROM range(${HOURS}) a(h), range(${pools}) b(p), range(${elements}) c(e)`
