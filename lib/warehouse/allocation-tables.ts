// One row a driver key and currency: cost of equal lines, and what it is split by. `sums` are the running weights of
// `elements`, which are in order; `wide_sums` stands for it where 63 bits are too few. An element '' is what nothing
// claims; `reason` says why, also where there are no elements at all.
const CELL_COLUMNS = `
  run_id UInt32,
  dimension_id String,
  day Date,
  period_start DateTime('UTC'),
  period_end DateTime('UTC'),
  currency LowCardinality(String),
  keys Array(String),
  lines UInt64,
  BilledCost Decimal(38, 18),
  EffectiveCost Decimal(38, 18),
  ListCost Decimal(38, 18),
  ContractedCost Decimal(38, 18),
  ConsumedQuantity Decimal(38, 18),
  PricingQuantity Decimal(38, 18),
  driver UInt16,
  gap LowCardinality(String),
  reason LowCardinality(String),
  records UInt64,
  elements Array(LowCardinality(String)),
  sums Array(UInt64),
  wide_sums Array(Int256)`

// What a rule has made of cost: values by element, in buckets, and by partition.
const RULE_VALUE_COLUMNS = `
  run_id UInt32,
  dimension_id String,
  rule UInt16,
  part String,
  bucket_start DateTime('UTC'),
  element String,
  value Decimal(38, 18)`

const CELL_ORDER = '(dimension_id, day, run_id, period_start)'
const VALUE_ORDER = '(dimension_id, run_id, rule, bucket_start)'

/** Of runs; and of what is only tried out, or half done: a partition of its own each, dropped when it is over. */
export const ALLOCATION_TABLES = [
  `CREATE TABLE IF NOT EXISTS allocation_cell (${CELL_COLUMNS}) ENGINE = MergeTree PARTITION BY toYYYYMM(day) ORDER BY ${CELL_ORDER}`,
  `CREATE TABLE IF NOT EXISTS rule_value (${RULE_VALUE_COLUMNS}) ENGINE = MergeTree PARTITION BY toYYYYMM(bucket_start) ORDER BY ${VALUE_ORDER}`,
  `CREATE TABLE IF NOT EXISTS trial_cell (${CELL_COLUMNS}) ENGINE = MergeTree PARTITION BY run_id ORDER BY ${CELL_ORDER}`,
  `CREATE TABLE IF NOT EXISTS trial_rule_value (${RULE_VALUE_COLUMNS}) ENGINE = MergeTree PARTITION BY run_id ORDER BY ${VALUE_ORDER}`,
  `ALTER TABLE allocation_result ADD COLUMN IF NOT EXISTS gap LowCardinality(String) AFTER reason`,
]

// What each pool of mutual services gave, itself and others, before any of it was handed on: a row a pool and charge
// period, also of pools that cost nothing themselves. The explanation of a split reads it.
export const POOL_WEIGHTS = `CREATE TABLE IF NOT EXISTS pool_weight (
  run_id UInt32,
  dimension_id String,
  day Date,
  period_start DateTime('UTC'),
  period_end DateTime('UTC'),
  currency LowCardinality(String),
  keys Array(String),
  elements Array(String),
  weights Array(Int256)
) ENGINE = MergeTree PARTITION BY toYYYYMM(day) ORDER BY ${CELL_ORDER}`
