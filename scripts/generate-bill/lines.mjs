/**
 * The bill's lines as SQL: each row of `plan` is a fleet on one day, and becomes a line for each of its active resources
 * and hours. Rows that carry an amount (fees, corrections) take it as it is; all others are price × quantity, exactly.
 */

export const CREATE_PLAN = `CREATE TABLE plan (
  part UInt16,
  first_resource UInt32,
  active UInt32,
  level Int64,
  month UInt16,
  billing_start DateTime('UTC'),
  billing_end DateTime('UTC'),
  start DateTime('UTC'),
  step UInt32,
  repeats UInt8,
  rate Int64,
  invoice LowCardinality(String),
  charge_class LowCardinality(String),
  is_amount Bool,
  amount_billed Decimal(38, 12),
  amount_effective Decimal(38, 12),
  amount_list Decimal(38, 12),
  amount_usd_effective Decimal(38, 12),
  amount_quantity Nullable(Decimal(38, 12))
) ENGINE = Memory`

/** Integers of thousandths and billionths as decimals of that scale. */
const thousandths = (sql) => `CAST(${sql} AS Decimal(18, 0)) * toDecimal64('0.001', 3)`
const billionths = (sql) => `CAST(${sql} AS Decimal(18, 0)) * toDecimal64('0.000000001', 9)`
const converted = (sql) => billionths(`intDiv(${sql} * rate + 5000, 10000)`)
const priced = (amount, price) => `if(is_amount, ${amount}, quantity * ${price})`
const unlessAmount = (sql) => `if(is_amount, NULL, ${sql})`

/** A relation with a row for each line, of one file or of all, in the bill's order when read by one thread. */
export function linesSql({ seed, part = null }) {
  const planned = part === null ? 'plan' : `(SELECT * FROM plan WHERE part = ${part})`
  return `(
  WITH
    toUInt32(start) + hour * step AS begin,
    intDiv(base * level, 1000) AS sized,
    intDiv(sized * toInt64(shape[hour + 1]), 1000) AS shaped,
    1000 - noise + toInt64(cityHash64(${seed}, resource, begin) % toUInt64(2 * noise + 1)) AS strayed
  SELECT
    *,
    toDateTime(begin, 'UTC') AS charge_start,
    toDateTime(begin + step, 'UTC') AS charge_end,
    ${thousandths('intDiv(shaped * strayed, 1000)')} AS quantity,
    ${billionths('list_nano')} AS usd_list_price_value,
    ${billionths('contracted_nano')} AS usd_contracted_price_value,
    ${converted('list_nano')} AS list_price_value,
    ${converted('contracted_nano')} AS contracted_price_value,
    ${converted('effective_nano')} AS effective_price_value,
    ${priced('amount_list', 'list_price_value')} AS list,
    ${priced('amount_list', 'contracted_price_value')} AS contracted,
    ${priced('amount_effective', 'effective_price_value')} AS effective,
    if(is_amount, amount_billed, if(is_covered, toDecimal128(0, 12), contracted)) AS billed,
    ${priced('amount_usd_effective', billionths('effective_nano'))} AS usd_effective,
    ${unlessAmount('list_price_value')} AS list_price,
    ${unlessAmount('contracted_price_value')} AS contracted_price,
    ${unlessAmount('usd_list_price_value')} AS usd_list_price,
    ${unlessAmount('usd_contracted_price_value')} AS usd_contracted_price,
    ${unlessAmount('quantity')} AS consumed_quantity,
    if(is_amount, amount_quantity, CAST(quantity AS Decimal(38, 12))) AS pricing_quantity,
    multiIf(commitment_id = '', NULL, is_amount, amount_quantity, commitment_category = 'Spend',
      CAST(effective AS Decimal(38, 12)), CAST(quantity AS Decimal(38, 12))) AS commitment_quantity
  FROM (SELECT *, first_resource + n AS resource FROM ${planned} AS plan ARRAY JOIN range(active) AS n) AS planned
  ANY LEFT JOIN resources USING (resource)
  ARRAY JOIN range(repeats) AS hour)`
}
