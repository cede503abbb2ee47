// The cost lines of an import added up by day, under the same names: the start of a charge is that of its day. Each
// attempt at an import writes partitions of its own, of which PostgreSQL names the one to read. Small granules, because
// a report that filters picks few rows of each day.
export const COST_DAYS = `
CREATE TABLE IF NOT EXISTS cost_days (
  ImportId UUID,
  BillingMonth Date,
  Attempt UInt32,
  ChargePeriodStart DateTime('UTC') CODEC(Delta, ZSTD(1)),
  line_count UInt64,
  BilledCost Decimal(38, 18),
  EffectiveCost Decimal(38, 18),
  ListCost Decimal(38, 18),
  ContractedCost Decimal(38, 18),
  BillingAccountId LowCardinality(String),
  BillingAccountName LowCardinality(String),
  BillingCurrency LowCardinality(String),
  ChargeCategory LowCardinality(String),
  ChargeClass LowCardinality(String),
  CommitmentDiscountStatus LowCardinality(String),
  PricingCategory LowCardinality(String),
  ProviderName LowCardinality(String),
  RegionId LowCardinality(String),
  RegionName LowCardinality(String),
  ResourceId String,
  ResourceName String,
  ResourceType LowCardinality(String),
  ServiceCategory LowCardinality(String),
  ServiceName LowCardinality(String),
  ServiceProviderName LowCardinality(String),
  ServiceSubcategory LowCardinality(String),
  SubAccountId LowCardinality(String),
  SubAccountName LowCardinality(String),
  Tags Map(LowCardinality(String), String)
) ENGINE = MergeTree
PARTITION BY (ImportId, BillingMonth, Attempt)
ORDER BY (toDate(ChargePeriodStart), ServiceName, SubAccountId)
SETTINGS index_granularity = 1024`
