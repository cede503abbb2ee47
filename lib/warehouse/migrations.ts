import { ALLOCATION_TABLES, POOL_WEIGHTS } from './allocation-tables'
import { COST_DAYS } from './cost-days'

/** Numbered, never edited once released; every statement is safe to run twice. */
export interface WarehouseMigration {
  id: number
  statements: string[]
}

// Strings are never null: '' means "no value", as FOCUS reads an empty cell. Decimals keep 18 fractional digits
// (docs/decisions/003). One partition per import and billing month, so that a replaced bill is dropped whole.
export const COST_LINES = `
CREATE TABLE IF NOT EXISTS cost_lines (
  ImportId UUID,
  BillingMonth Date,
  LineNumber UInt64,
  ChargePeriodStart DateTime('UTC') CODEC(Delta, ZSTD(1)),
  ChargePeriodEnd DateTime('UTC') CODEC(Delta, ZSTD(1)),
  BillingPeriodStart DateTime('UTC'),
  BillingPeriodEnd DateTime('UTC'),
  BilledCost Decimal(38, 18),
  EffectiveCost Decimal(38, 18),
  ListCost Decimal(38, 18),
  ContractedCost Decimal(38, 18),
  ConsumedQuantity Nullable(Decimal(38, 18)),
  PricingQuantity Nullable(Decimal(38, 18)),
  CommitmentDiscountQuantity Nullable(Decimal(38, 18)),
  ContractedUnitPrice Nullable(Decimal(38, 18)),
  ListUnitPrice Nullable(Decimal(38, 18)),
  PricingCurrencyContractedUnitPrice Nullable(Decimal(38, 18)),
  PricingCurrencyEffectiveCost Nullable(Decimal(38, 18)),
  PricingCurrencyListUnitPrice Nullable(Decimal(38, 18)),
  AllocatedMethodDetails String,
  AllocatedMethodId LowCardinality(String),
  AllocatedResourceId String,
  AllocatedResourceName String,
  AllocatedTags String,
  AvailabilityZone LowCardinality(String),
  BillingAccountId LowCardinality(String),
  BillingAccountName LowCardinality(String),
  BillingAccountType LowCardinality(String),
  BillingCurrency LowCardinality(String),
  CapacityReservationId String,
  CapacityReservationStatus LowCardinality(String),
  ChargeCategory LowCardinality(String),
  ChargeClass LowCardinality(String),
  ChargeDescription String,
  ChargeFrequency LowCardinality(String),
  CommitmentDiscountCategory LowCardinality(String),
  CommitmentDiscountId String,
  CommitmentDiscountName String,
  CommitmentDiscountStatus LowCardinality(String),
  CommitmentDiscountType LowCardinality(String),
  CommitmentDiscountUnit LowCardinality(String),
  CommitmentProgramEligibilityDetails String,
  ConsumedUnit LowCardinality(String),
  ContractApplied String,
  HostProviderName LowCardinality(String),
  InvoiceDetailId String,
  InvoiceId LowCardinality(String),
  InvoiceIssuerName LowCardinality(String),
  PricingCategory LowCardinality(String),
  PricingCurrency LowCardinality(String),
  PricingUnit LowCardinality(String),
  ProviderName LowCardinality(String),
  PublisherName LowCardinality(String),
  RegionId LowCardinality(String),
  RegionName LowCardinality(String),
  ResourceId String,
  ResourceName String,
  ResourceType LowCardinality(String),
  ServiceCategory LowCardinality(String),
  ServiceName LowCardinality(String),
  ServiceProviderName LowCardinality(String),
  ServiceSubcategory LowCardinality(String),
  SkuId LowCardinality(String),
  SkuMeter LowCardinality(String),
  SkuPriceDetails String,
  SkuPriceId LowCardinality(String),
  SubAccountId LowCardinality(String),
  SubAccountName LowCardinality(String),
  SubAccountType LowCardinality(String),
  Tags Map(LowCardinality(String), String),
  Attributes Map(LowCardinality(String), String)
) ENGINE = MergeTree
PARTITION BY (ImportId, BillingMonth)
ORDER BY (toDate(ChargePeriodStart), ServiceName, SubAccountId)`

// The projection of PostgreSQL's telemetry. version = the number of the stream's batch that changed the row last, so
// that a projection may run twice, or late, and the newest state still wins.
const TELEMETRY = `
CREATE TABLE IF NOT EXISTS telemetry (
  stream_id UInt32,
  bucket_start DateTime('UTC'),
  filter_id UInt32,
  element String,
  value Decimal(38, 18),
  is_deleted UInt8,
  version UInt32
) ENGINE = ReplacingMergeTree(version)
ORDER BY (stream_id, bucket_start, filter_id, element)`

// filter_values runs parallel to the stream's filter keys; a line matches when each key's value is in its list.
const TELEMETRY_FILTER = `
CREATE TABLE IF NOT EXISTS telemetry_filter (
  stream_id UInt32,
  filter_id UInt32,
  filter_values Array(Array(String)),
  is_active UInt8,
  version UInt32
) ENGINE = ReplacingMergeTree(version)
ORDER BY (stream_id, filter_id)`

// What a run computed for a dimension and day; the pointer in PostgreSQL says which run a reader sees.
const ALLOCATION_RESULT = `
CREATE TABLE IF NOT EXISTS allocation_result (
  run_id UInt32,
  dimension_id String,
  day Date,
  period_start DateTime('UTC'),
  currency LowCardinality(String),
  element String,
  reason LowCardinality(String),
  lines UInt64,
  BilledCost Decimal(38, 18),
  EffectiveCost Decimal(38, 18),
  ListCost Decimal(38, 18),
  ContractedCost Decimal(38, 18),
  ConsumedQuantity Decimal(38, 18),
  PricingQuantity Decimal(38, 18)
) ENGINE = MergeTree
PARTITION BY toYYYYMM(day)
ORDER BY (dimension_id, day, run_id, period_start)`

export const WAREHOUSE_MIGRATIONS: WarehouseMigration[] = [
  { id: 1, statements: [COST_LINES, TELEMETRY, TELEMETRY_FILTER, ALLOCATION_RESULT] },
  { id: 3, statements: ALLOCATION_TABLES },
  { id: 4, statements: [COST_DAYS] },
  { id: 5, statements: [POOL_WEIGHTS] },
]
